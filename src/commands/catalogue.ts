/**
 * The only list of commands: who sends each, with which data. Routes, validation, the OpenAPI document and the command
 * file are derived from it.
 */
import { z } from 'zod';
import { eventCatalogue } from '../events/catalogue.js';
import {
  answer,
  channelKind,
  contact,
  dnsRecord,
  email,
  finding,
  hostname,
  id,
  instant,
  item,
  listOf,
  personal,
  profileFields,
  reasons,
  requirement,
  sampleMessage,
  scope,
  shortText,
  text,
} from '../events/schemas.js';
import type { ActorType } from '../events/vocabulary.js';
import { dkimKeyData, dkimName, longestName, ownershipLabel } from '../policy/domainRecords.js';

type Definition<S extends z.ZodType> = {
  /** Whose command it is. `admin` may send whatever a reviewer may, and `product` whatever the customer may. */
  readonly actors: readonly ActorType[];
  /** One sentence for the reader of the API. */
  readonly summary: string;
  readonly data: S;
};

function by<S extends z.ZodType>(actors: readonly ActorType[], summary: string, data: S): Definition<S> {
  return { actors, summary, data };
}

const nothing = z.strictObject({});
const note = text.optional();
const answers = z.array(answer).min(1).max(40);

/** An e-mail channel sends from a domain; other kinds have none. */
const channel = z
  .strictObject({ channelId: id, kind: channelKind, domain: hostname.optional() })
  .refine((value) => value.kind !== 'email' || value.domain !== undefined, {
    path: ['domain'],
    error: 'is required for an email channel',
  })
  .refine((value) => value.kind === 'email' || value.domain === undefined, {
    path: ['domain'],
    error: 'is only for an email channel',
  });

/** Most characters of the data of a DKIM key; that of an RSA key with 4,096 bits has 736. */
const longestKey = 2_000;

const dkim = z.strictObject({
  selector: shortText.regex(/^[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,61}[A-Za-z0-9_])?$/, {
    error: 'must be the selector alone, such as s1: letters, digits, - and . in it',
  }),
  publicKey: text.refine(
    (key) => /^[^;=]+=*$/.test(dkimKeyData(key).data) && dkimKeyData(key).data.length <= longestKey,
    {
      error: 'must be the public key in base64, with or without its PEM lines',
    },
  ),
});

/** A domain whose records have names that fit into the DNS. */
const domainToAdd = z
  .strictObject({ domain: hostname, dkim: dkim.optional() })
  .refine(({ domain }) => `${ownershipLabel}.${domain}`.length <= longestName, {
    path: ['domain'],
    error: `is too long: ${ownershipLabel}.<domain> must fit into ${longestName} characters`,
  })
  .refine((value) => value.dkim === undefined || dkimName(value.domain, value.dkim).length <= longestName, {
    path: ['dkim', 'selector'],
    error: `is too long: <selector>._domainkey.<domain> must fit into ${longestName} characters`,
  });

export const commandCatalogue = {
  SignUp: by(
    ['product'],
    'An account was opened with the provider.',
    z.strictObject({
      holder: z.enum(['business', 'individual']).default('business'),
      company: personal(shortText).optional(),
      ownerEmail: personal(email),
      locale: eventCatalogue.AccountSignedUp.data.shape.locale,
    }),
  ),
  UpdateContacts: by(
    ['product', 'customer'],
    'Replaces the list of people who are told about verification.',
    z.strictObject({ contacts: listOf(contact, 50) }),
  ),
  UpdateBusinessProfile: by(
    ['product', 'customer'],
    'Says or corrects what the business does; fields left out stay as they are.',
    z.strictObject(profileFields),
  ),
  RecordPeopleAdded: by(['product'], 'People were added to the workspace.', eventCatalogue.PeopleAdded.data),
  RecordEventsReceived: by(['product'], 'The workspace received events.', eventCatalogue.EventsReceived.data),
  ConfigureChannel: by(['product'], 'A messaging channel was configured, or configured otherwise.', channel),
  RemoveChannel: by(['product'], 'A messaging channel was removed.', z.strictObject({ channelId: id })),
  AddDomain: by(['product', 'customer'], 'A sending domain was added.', domainToAdd),
  RemoveDomain: by(['product', 'customer'], 'A sending domain was removed.', z.strictObject({ domain: hostname })),
  RecordDomainCheck: by(
    ['system'],
    'What a check of a domain’s DNS records found.',
    z.strictObject({
      domain: hostname,
      outcome: z.enum(['verified', 'failed', 'temporary_failure']),
      records: listOf(dnsRecord, 50),
    }),
  ),
  RecordMessageCreated: by(['product'], 'A message was created in the workspace.', eventCatalogue.MessageCreated.data),
  AttachEvidence: by(
    ['product', 'customer'],
    'A screenshot, PDF or text was attached to show something.',
    eventCatalogue.EvidenceAttached.data,
  ),
  RequestVerification: by(
    ['customer'],
    'Asks the provider to allow sending. Website, technical contact and use case are needed, here or in the profile.',
    z.strictObject({ ...profileFields, sampleMessage: sampleMessage.optional() }),
  ),
  WithdrawVerification: by(
    ['customer'],
    'Takes the request (or the appeal under review) back.',
    z.strictObject({ reason: personal(text).optional() }),
  ),
  CompleteScreening: by(
    ['system'],
    'What the automatic checks saw, and what they recommend.',
    z.strictObject({
      policyVersion: id,
      findings: listOf(finding, 100),
      recommendation: z.enum(['approve', 'review', 'request_information']),
    }),
  ),
  SkipScreening: by(
    ['system', 'reviewer'],
    'Sends the request to a person without waiting for the checks.',
    z.strictObject({ reason: text }),
  ),
  AssignReview: by(['reviewer'], 'Gives the review to a reviewer.', z.strictObject({ reviewer: id })),
  ReleaseReview: by(['reviewer'], 'Gives the review back to the queue.', nothing),
  EscalateReview: by(
    ['reviewer', 'system'],
    'Brings the review to somebody’s attention.',
    z.strictObject({ to: id, reason: text }),
  ),
  RequestInformation: by(
    ['reviewer'],
    'Asks the customer for something that is missing or unclear.',
    z.strictObject({ items: z.array(item).min(1).max(20), respondBy: instant.optional(), internalNote: note }),
  ),
  CancelInformationRequest: by(
    ['reviewer'],
    'Takes the questions back; the review goes on.',
    z.strictObject({ reason: text }),
  ),
  SubmitInformation: by(
    ['customer'],
    'Answers every open question: with a text, evidence, or why it cannot be provided.',
    z.strictObject({ answers }),
  ),
  RecordCustomerReply: by(
    ['reviewer'],
    'Records answers that the customer gave by e-mail, phone or ticket.',
    z.strictObject({ answers, via: z.enum(['email', 'phone', 'ticket']), reference: shortText.optional() }),
  ),
  ExpireInformationRequest: by(['system'], 'The time to answer has run out.', nothing),
  CloseResubmissionWindow: by(['system'], 'The time to request again has run out.', nothing),
  WaiveRequirement: by(
    ['reviewer'],
    'Decides that a requirement need not be met in this review.',
    z.strictObject({ requirement, reason: text }),
  ),
  ProposeApproval: by(['reviewer'], 'Proposes approval to a second person.', z.strictObject({ note })),
  WithdrawProposal: by(['reviewer'], 'Takes one’s own proposal back.', nothing),
  ApproveVerification: by(
    ['reviewer'],
    'Verifies the account, wholly or within a scope.',
    z.strictObject({ note, scope: scope.optional() }),
  ),
  RejectVerification: by(
    ['reviewer'],
    'Refuses the request, with reasons for the customer.',
    z.strictObject({ reasons, retryable: z.boolean(), resubmitUntil: instant.optional(), internalNote: note }),
  ),
  RevokeVerification: by(
    ['reviewer'],
    'Takes a verification away, with reasons for the customer.',
    z.strictObject({ reasons, retryable: z.boolean(), internalNote: note }),
  ),
  OpenReReview: by(
    ['reviewer', 'system'],
    'Looks at a verified account again; it goes on sending meanwhile.',
    z.strictObject({ reasons, reviewBy: instant.optional(), internalNote: note }),
  ),
  ConfirmVerification: by(['reviewer'], 'Ends a re-review: the account stays verified.', z.strictObject({ note })),
  SubmitAppeal: by(
    ['customer'],
    'Appeals against a rejection, a revocation or a suspension; once each.',
    // What the appeal must meet, and by when, is not the customer's to say.
    eventCatalogue.AppealSubmitted.data.omit({ approvalRequirements: true, decideBy: true }),
  ),
  DismissAppeal: by(
    ['reviewer'],
    'Upholds a suspension against the appeal.',
    z.strictObject({ reasons, internalNote: note }),
  ),
  RecordAbuseSignal: by(
    ['product', 'system'],
    'Something speaks against how the account sends.',
    eventCatalogue.AbuseSignalRecorded.data,
  ),
  WarnAccount: by(
    ['reviewer', 'system'],
    'Warns the account; it goes on sending.',
    z.strictObject({ reasons, internalNote: note }),
  ),
  SuspendAccount: by(
    ['reviewer', 'system'],
    'Stops the account’s sending, whatever its verification.',
    z.strictObject({ reasons, internalNote: note, holdUntil: instant.optional() }),
  ),
  ReinstateAccount: by(['reviewer'], 'Ends a warning or a suspension.', z.strictObject({ note: text })),
  CloseAccount: by(
    ['product', 'customer', 'reviewer'],
    'Closes the account for ever.',
    z.strictObject({ cause: z.enum(['customer', 'provider']), reason: text }),
  ),
  GrandfatherAccount: by(
    ['admin'],
    'Verifies an account that the provider already trusts, without a review.',
    z.strictObject({ verifiedSince: instant, basis: text }),
  ),
  RecordNotification: by(
    ['system'],
    'What the customer was told, or could not be told.',
    z.strictObject({
      template: shortText,
      contact: personal(email),
      outcome: z.enum(['sent', 'failed']),
      detail: text.optional(),
    }),
  ),
} as const satisfies Record<string, Definition<z.ZodType>>;

export type CommandName = keyof typeof commandCatalogue;
/** A command's data, checked and normalised. */
export type CommandData<C extends CommandName> = z.output<(typeof commandCatalogue)[C]['data']>;
/** A command's data as it may be sent. */
export type CommandInput<C extends CommandName> = z.input<(typeof commandCatalogue)[C]['data']>;

/** Every command, in the order of an account's life. */
export const commandNames = Object.keys(commandCatalogue) as readonly CommandName[];

/** Whether a name is one of our commands'. */
export function isCommandName(name: string): name is CommandName {
  return Object.hasOwn(commandCatalogue, name);
}

/** Whether a role may send a command: its actor, an admin for a reviewer, the product for the customer. */
export function maySend(role: ActorType, command: CommandName): boolean {
  const actors: readonly ActorType[] = commandCatalogue[command].actors;
  return (
    actors.includes(role) ||
    (role === 'admin' && actors.includes('reviewer')) ||
    (role === 'product' && actors.includes('customer'))
  );
}

/** The path segment of a command: `RequestVerification` is `request-verification`. */
export function kebabName(command: CommandName): string {
  return command.replaceAll(/(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, '-').toLowerCase();
}
