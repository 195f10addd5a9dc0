/** Policy as data: what a provider may change without changing what history means. */
import { z } from 'zod';
import { askedRequirements, reasonCodes } from '../events/vocabulary.js';
import { count, id, requirement, text } from '../events/schemas.js';

const question = z.strictObject({ requirement, message: text });

/** The policy document, as published in the log. Times are minutes, hours or days as their names say. */
export const policyDocument = z.strictObject({
  version: id,
  request: z.strictObject({
    /** Fields of the request form that this policy makes compulsory for approval. */
    ask: z.array(z.enum(askedRequirements)),
    /** Screening that has not completed after so long goes to a person. */
    screenWithinMinutes: count,
  }),
  review: z.strictObject({
    /** Whether a person's approval always needs another person's proposal first. */
    secondPerson: z.boolean(),
  }),
  information: z.strictObject({ respondWithinDays: count }),
  rejection: z.strictObject({ resubmitWithinDays: count }),
  domains: z.strictObject({
    /** A verified domain lapses after so many failed checks in a row… */
    lapseAfterFailures: count,
    /** … over at least so long. */
    lapseAfterHours: count,
  }),
  testSends: z.strictObject({ recipients: z.literal('own'), perDay: count }),
  /** What screening asks the customer for a failed check with this reason code. */
  questions: z.partialRecord(z.enum(reasonCodes), question),
});

export type PolicyDocument = z.infer<typeof policyDocument>;

/** A policy as it was in force: the document and the SHA-256 of its canonical JSON. */
export type Policy = { readonly version: string; readonly hash: string; readonly document: PolicyDocument };

/** The policy that the first start publishes. */
export const builtInPolicy: PolicyDocument = {
  version: 'built-in-1',
  request: { ask: [], screenWithinMinutes: 15 },
  review: { secondPerson: false },
  information: { respondWithinDays: 30 },
  rejection: { resubmitWithinDays: 90 },
  domains: { lapseAfterFailures: 3, lapseAfterHours: 72 },
  testSends: { recipients: 'own', perDay: 100 },
  questions: {
    website_inaccessible: {
      requirement: 'company_website',
      message: 'We could not open your website. Which address shows your company to visitors?',
    },
    website_password_protected: {
      requirement: 'company_website',
      message: 'Your website asks for a password. Please open it, or tell us how we can see it.',
    },
    website_under_construction: {
      requirement: 'company_website',
      message: 'Your website is still being built. Is there another page that shows what your company does?',
    },
    website_domain_mismatch: {
      requirement: 'company_website',
      message: 'Your website and your sending domain differ. How do they belong together?',
    },
    domain_unverified: {
      requirement: 'domain_verified',
      message: 'The DNS records of your sending domain are not in place yet. Please publish them.',
    },
    opt_in_unclear: {
      requirement: 'subscription_process',
      message: 'How do people agree to receive your messages?',
    },
    opt_in_evidence_missing: {
      requirement: 'subscription_process',
      message: 'Please send a screenshot of the form with which people sign up for your messages.',
    },
    sample_missing: {
      requirement: 'sample_message',
      message: 'Please show us one message as you will send it.',
    },
    unsubscribe_missing: {
      requirement: 'sample_message',
      message: 'Your sample message has no unsubscribe link. Please add one and show us the message again.',
    },
    postal_address_missing: {
      requirement: 'sample_message',
      message: 'Your sample message has no postal address. Please add one and show us the message again.',
    },
    incomplete_information: {
      requirement: 'use_case',
      message: 'Please tell us a little more about what you will send, and to whom.',
    },
  },
};
