/** The zod building blocks of event and command data: what an id, an address, a text is. */
import { z } from 'zod';
import { toInstant } from './time.js';
import { channelKinds, contactRoles, messageTypes, reasonCodes, requirements } from './vocabulary.js';

/** Most characters of a free text. */
export const longestText = 4_000;

const loneSurrogate = /\p{Surrogate}/u;

/** Text that is well-formed Unicode: anything else could not be hashed and stored as the same bytes everywhere. */
export function wellFormed<T extends z.ZodType<string>>(schema: T) {
  return schema.refine((value) => !loneSurrogate.test(value), { error: 'must be well-formed Unicode' });
}

/**
 * Marks personal data, so that one codec can find it in any event (and, later, encrypt it per account).
 */
export function personal<T extends z.ZodType>(schema: T): T {
  return schema.meta({ ...schema.meta(), personalData: true });
}

/** An id that somebody else chose: never an e-mail address, so that ids are no personal data. */
export const id = z
  .string()
  .regex(/^[A-Za-z0-9._:#-]{1,128}$/, { error: 'must be 1 to 128 characters of A-Z a-z 0-9 . _ : # -' });

/** A free text: not empty, at most 4,000 characters. */
export const text = wellFormed(z.string().trim().min(1).max(longestText));

/** A short text: a name or a title. */
export const shortText = wellFormed(z.string().trim().min(1).max(256));

export const email = wellFormed(z.email().max(254));

/** An http or https address. */
export const webAddress = wellFormed(z.url({ protocol: /^https?$/ }).max(2_048));

/** A host name, kept in lower case without the final dot. */
export const hostname = z
  .string()
  .max(254)
  .overwrite((value) => value.toLowerCase().replace(/\.$/, ''))
  .regex(/^(?=.{1,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/, {
    error: 'must be a host name such as mail.example.com',
  });

/** A date-time of RFC 3339, kept in UTC with milliseconds. */
export const instant = z.iso
  .datetime({ offset: true })
  .overwrite((value) => toInstant(value) ?? value)
  .refine((value) => toInstant(value) !== undefined, { error: 'must be a date and time that exists' });

/** A locale such as `en` or `de-CH` (BCP 47, the common part). */
export const locale = z.string().regex(/^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/, {
  error: 'must be a language tag such as en or de-CH',
});

export const count = z.int().min(1);
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/, { error: 'must be 64 hexadecimal digits in lower case' });
export const channelKind = z.enum(channelKinds);
export const messageType = z.enum(messageTypes);
export const requirement = z.enum(requirements);
export const reasonCode = z.enum(reasonCodes);

/** A list without surprises: bounded, so that an event stays far below what a store takes in one append. */
export function listOf<T extends z.ZodType>(item: T, most: number) {
  return z.array(item).max(most);
}

/** Why a decision was taken, with the words for the customer. */
export const reason = z.strictObject({
  code: reasonCode,
  requirement: requirement.optional(),
  customerMessage: personal(text),
});

export const reasons = z.array(reason).min(1).max(20);

export const technicalContact = z.strictObject({ name: personal(shortText), email: personal(email) });

/** What the account says of its business; every field optional here. */
export const profileFields = {
  website: webAddress.optional(),
  technicalContact: technicalContact.optional(),
  useCase: personal(text).optional(),
  audience: personal(text).optional(),
  messageTypes: z.array(messageType).min(1).max(messageTypes.length).optional(),
  subscriptionProcess: personal(text).optional(),
};

/** The message that shows what will be sent: one made in the workspace, or an attached screenshot or PDF. */
export const sampleMessage = z.union([z.strictObject({ messageId: id }), z.strictObject({ evidenceId: id })]);

/** What the sample was when the request was made, so that nobody can change it afterwards. */
export const pinnedSample = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('message'),
    messageId: id,
    name: personal(shortText),
    subject: personal(text).optional(),
    body: personal(text).optional(),
    previewUrl: personal(webAddress).optional(),
  }),
  z.strictObject({
    kind: z.literal('evidence'),
    evidenceId: id,
    sha256,
    mediaType: shortText,
    evidenceKind: z.enum(['screenshot', 'pdf', 'text']),
  }),
]);

/** One DNS record as a check expected and found it. */
export const dnsRecord = z.strictObject({
  type: shortText,
  name: shortText,
  expected: text,
  found: listOf(text, 50),
  ok: z.boolean(),
  /** It could not be looked up: that it was not found says nothing. */
  unavailable: z.literal(true).optional(),
});

/** What one screening check saw. `unknown` means that it could not run: it never approves and never rejects. */
export const finding = z.strictObject({
  check: shortText,
  outcome: z.enum(['pass', 'fail', 'unknown']),
  reasonCode: reasonCode.optional(),
  /** Quotes what the check looked at: a website, a message, what a customer wrote. */
  detail: personal(text).optional(),
});

/** One thing that a reviewer asks the customer for. */
export const item = z.strictObject({ requirement, reasonCode, message: personal(text) });

/** The customer's answer to one item: a text, evidence, or why it cannot be provided. */
export const answer = z
  .strictObject({
    requirement,
    text: personal(text).optional(),
    evidenceId: id.optional(),
    cannotProvide: personal(text).optional(),
  })
  .refine((value) => (value.text ?? value.evidenceId ?? value.cannotProvide) !== undefined, {
    error: 'must have text, evidenceId or cannotProvide',
  });

/** What an approval covers; a part left out is not limited. */
export const scope = z.strictObject({
  messageTypes: z.array(messageType).min(1).max(messageTypes.length).optional(),
  channelKinds: z.array(channelKind).min(1).max(channelKinds.length).optional(),
  /** How much may be sent: `perDay`, `perMonth`, or whatever else the provider counts. */
  limits: z.record(id, count).optional(),
});

export const contact = z.strictObject({
  email: personal(email),
  name: personal(shortText).optional(),
  roles: z.array(z.enum(contactRoles)).max(contactRoles.length),
  locale: locale.optional(),
});
