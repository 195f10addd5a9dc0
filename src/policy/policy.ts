/** Policy as data: what a provider may change without changing what history means. */
import { z } from 'zod';
import { abuseKinds, askedRequirements, contactRoles, internalReasonCodes, reasonCodes } from '../events/vocabulary.js';
import { count, hostname, id, reasonCode, requirement, text } from '../events/schemas.js';

const question = z.strictObject({ requirement, message: text });

/** What the customer is told of, each in a mail of its own. */
export const mailTemplates = [
  'request_received',
  'information_requested',
  'information_reminder',
  'expired',
  'approved',
  'rejected',
  'revoked',
  'warned',
  'suspended',
] as const;
export type MailTemplate = (typeof mailTemplates)[number];

/** What a verified account may change so that somebody looks again. */
export const reReviewCauses = ['website', 'message_types', 'domain', 'channel_kind'] as const;
export type ReReviewCause = (typeof reReviewCauses)[number];

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'must be a time of day such as 09:00' });

const screening = z.strictObject({
  /** Whether a request with nothing but passed checks is approved without a person. */
  automaticApproval: z.boolean(),
  /** Failed checks with these reason codes go to a person, whatever else could be asked of the customer. */
  toReview: z.array(reasonCode),
  /** How long one check may take before it counts as unknown. */
  checkWithinSeconds: count,
  /** DNS blocklists of domains (DNSBL zones); none are asked unless the provider names some, as most need an agreement. */
  domainBlocklists: z.array(hostname),
  /** Mail providers that anybody can open an address at. */
  freeMailDomains: z.array(hostname),
});

const workingHours = z.strictObject({
  /** An IANA time zone, such as Europe/Berlin. */
  timeZone: z.string().min(1).max(64),
  /** Days of the week, 1 (Monday) to 7 (Sunday). */
  days: z.array(z.int().min(1).max(7)).min(1).max(7),
  from: clockTime,
  to: clockTime,
  /** Days on which nobody works, such as 2026-12-25. */
  holidays: z.array(z.iso.date()).max(400),
});

const threshold = z.strictObject({
  kind: z.enum(abuseKinds),
  /** Signals below this rate are only recorded; without it every signal of the kind counts. */
  rateAtLeast: z.number().min(0).optional(),
  consequence: z.enum(['warn', 're_review', 'suspend']),
  reasonCode,
  customerMessage: text,
});

const providerRecords = z.strictObject({
  /** The name that senders' SPF records must include. */
  spfInclude: hostname.optional(),
  /** A CNAME for bounces: `<label>.<domain>` must point to the target. */
  returnPath: z.strictObject({ label: z.string().regex(/^[a-z0-9-]{1,63}$/), target: hostname }).optional(),
});

/**
 * The policy document, as published in the log. Times are minutes, hours or days as their names say. Parts that came
 * later have defaults, so that every document ever published can be read.
 */
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
    /** Whether a compulsory second person rules out automatic approval, too. */
    secondPersonForAutomatic: z.boolean().default(false),
    /** A request waits for a decision at most so many working hours; after that it is overdue. */
    decideWithinWorkingHours: count.default(16),
    workingHours: workingHours.default({
      timeZone: 'UTC',
      days: [1, 2, 3, 4, 5],
      from: '09:00',
      to: '17:00',
      holidays: [],
    }),
    /** Whose attention an overdue review is brought to. */
    escalateTo: id.default('review-lead'),
  }),
  information: z.strictObject({
    respondWithinDays: count,
    /** Reminders so many days before the time to answer runs out. */
    remindBeforeDays: z.array(count).max(10).default([7, 1]),
  }),
  rejection: z.strictObject({ resubmitWithinDays: count }),
  domains: z.strictObject({
    /** A verified domain lapses after so many failed checks in a row… */
    lapseAfterFailures: count,
    /** … over at least so long. */
    lapseAfterHours: count,
    /** How often a domain that is not verified yet is looked at; less often the longer it takes. */
    checkEveryMinutes: count.default(15),
    /** How often a verified domain is looked at again. */
    recheckEveryHours: count.default(24),
    /** What this provider needs in a sender's DNS beside the proof of ownership and the DKIM key. */
    provider: providerRecords.default({}),
  }),
  screening: screening.default({
    automaticApproval: true,
    toReview: [],
    checkWithinSeconds: 10,
    domainBlocklists: [],
    freeMailDomains: [],
  }),
  reReview: z
    .strictObject({ on: z.array(z.enum(reReviewCauses)), reviewWithinDays: count })
    .default({ on: [], reviewWithinDays: 5 }),
  abuse: z.strictObject({ thresholds: z.array(threshold).max(50) }).default({ thresholds: [] }),
  mail: z
    .strictObject({ recipients: z.partialRecord(z.enum(mailTemplates), z.array(z.enum(contactRoles)).max(3)) })
    .default({ recipients: {} }),
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
  review: {
    secondPerson: false,
    secondPersonForAutomatic: false,
    decideWithinWorkingHours: 16,
    workingHours: { timeZone: 'UTC', days: [1, 2, 3, 4, 5], from: '09:00', to: '17:00', holidays: [] },
    escalateTo: 'review-lead',
  },
  information: { respondWithinDays: 30, remindBeforeDays: [7, 1] },
  rejection: { resubmitWithinDays: 90 },
  domains: { lapseAfterFailures: 3, lapseAfterHours: 72, checkEveryMinutes: 15, recheckEveryHours: 24, provider: {} },
  screening: {
    automaticApproval: true,
    toReview: [...internalReasonCodes, 'free_email_provider', 'domain_recently_registered', 'duplicate_account'],
    checkWithinSeconds: 10,
    domainBlocklists: [],
    freeMailDomains: [
      'aol.com',
      'gmail.com',
      'gmx.de',
      'gmx.net',
      'googlemail.com',
      'hotmail.com',
      'icloud.com',
      'live.com',
      'mail.com',
      'mail.ru',
      'me.com',
      'msn.com',
      'outlook.com',
      'proton.me',
      'protonmail.com',
      'qq.com',
      't-online.de',
      'web.de',
      'yahoo.com',
      'yandex.ru',
      'zoho.com',
    ],
  },
  reReview: { on: ['website', 'message_types', 'domain', 'channel_kind'], reviewWithinDays: 5 },
  abuse: {
    // The rates are those at which mailbox providers begin to act: Gmail and Yahoo ask senders to stay below 0.3 %
    // complaints (Google's e-mail sender guidelines), SES reviews accounts at 5 % bounces and pauses at 10 %.
    thresholds: [
      {
        kind: 'complaints',
        rateAtLeast: 0.003,
        consequence: 'suspend',
        reasonCode: 'complaint_rate_high',
        customerMessage: 'Too many people marked your messages as spam. Please check whom you write to, and why.',
      },
      {
        kind: 'complaints',
        rateAtLeast: 0.001,
        consequence: 'warn',
        reasonCode: 'complaint_rate_high',
        customerMessage: 'More people than usual mark your messages as spam. Please check whom you write to, and why.',
      },
      {
        kind: 'bounces',
        rateAtLeast: 0.1,
        consequence: 'suspend',
        reasonCode: 'bounce_rate_high',
        customerMessage: 'Too many of your messages could not be delivered. Please clean your list.',
      },
      {
        kind: 'bounces',
        rateAtLeast: 0.05,
        consequence: 'warn',
        reasonCode: 'bounce_rate_high',
        customerMessage: 'Many of your messages cannot be delivered. Please clean your list.',
      },
      {
        kind: 'credentials',
        consequence: 'suspend',
        reasonCode: 'credentials_compromised',
        customerMessage:
          'Somebody else seems to use your account. We stopped sending to protect you; please change your keys.',
      },
      {
        kind: 'spam_trap',
        consequence: 're_review',
        reasonCode: 'spam_trap_hit',
        customerMessage:
          'Some of your addresses were never given to you by their owners. Please tell us where your list comes from.',
      },
      {
        kind: 'report',
        consequence: 're_review',
        reasonCode: 'other',
        customerMessage: 'We received a report about your messages, and take another look.',
      },
      {
        kind: 'volume',
        consequence: 're_review',
        reasonCode: 'volume_anomaly',
        customerMessage: 'You send much more than usual, and we take another look.',
      },
    ],
  },
  mail: {
    recipients: {
      request_received: ['requester', 'owner'],
      information_requested: ['requester', 'owner', 'technical'],
      information_reminder: ['requester', 'owner', 'technical'],
      approved: ['requester', 'owner'],
      rejected: ['requester', 'owner'],
      revoked: ['requester', 'owner'],
      warned: ['requester', 'owner'],
      suspended: ['requester', 'owner'],
    },
  },
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
