/** The shapes in which reviews are told to reviewers. */
import { z } from 'zod';
import { reviewStates } from '../../projections/reviewQueue.js';
import { commandNames } from '../commands/catalogue.js';
import { refusalCodes } from '../commands/refusal.js';
import { eventCatalogue } from '../events/catalogue.js';
import {
  answer,
  channelKind,
  contact,
  dnsRecord,
  finding,
  item,
  profileFields,
  reason,
  requirement,
  scope,
} from '../events/schemas.js';
import { statuses } from '../policy/status.js';

const missing = z.object({ requirement, awaitingActionFrom: z.enum(['customer', 'reviewer', 'system']) });

const round = z.object({
  askedAt: z.string(),
  askedBy: z.string(),
  items: z.array(item),
  respondBy: z.string(),
  outcome: z.enum(['open', 'answered', 'cancelled', 'expired']),
  closedAt: z.string().optional(),
  answers: z.array(answer).optional(),
  via: z.enum(['email', 'phone', 'ticket']).optional(),
});

const decision = z.object({
  kind: z.enum(['rejected', 'revoked']),
  by: z.string(),
  at: z.string(),
  reasons: z.array(reason),
  retryable: z.boolean(),
  resubmitUntil: z.string().optional(),
  windowClosed: z.boolean(),
  appeal: z.enum(['none', 'open', 'used']),
});

const domain = z.looseObject({
  state: z.enum(['pending', 'verified', 'temporaryFailure', 'failed']),
  lapsed: z.boolean(),
  lastCheck: z
    .object({
      outcome: z.enum(['verified', 'failed', 'temporary_failure']),
      records: z.array(dnsRecord),
      at: z.string(),
    })
    .optional(),
});

const { AppealSubmitted, AbuseSignalRecorded, EvidenceAttached, MessageCreated, ScreeningCompleted } = eventCatalogue;

/** One review, whether it waits or not. */
export const reviewSchema = z
  .looseObject({
    accountId: z.string(),
    revision: z.int(),
    position: z.string(),
    company: z.string().nullable(),
    status: z.enum(statuses).nullable(),
    review: z.enum(reviewStates).nullable().meta({ description: 'Null: it waits for no reviewer.' }),
    suspensionAppeal: z.boolean(),
    waitingSince: z.string().nullable(),
    decideBy: z.string().nullable(),
    overdue: z.boolean(),
    respondBy: z.string().nullable(),
    reviewBy: z.string().nullable(),
    requests: z.int(),
    requestedAt: z.string().nullable(),
    requestPolicy: z.string().nullable(),
    assignee: z.string().nullable(),
    escalations: z.array(z.object({ at: z.string(), by: z.string(), to: z.string(), reason: z.string() })),
    owner: z.object({ email: z.string().nullable(), holder: z.string().nullable(), signedUpAt: z.string().nullable() }),
    contacts: z.array(contact),
    form: eventCatalogue.VerificationRequested.data.nullable().meta({ description: 'As it was sent.' }),
    profile: z.object(profileFields).meta({ description: 'What the account says of itself now.' }),
    messages: z.array(MessageCreated.data),
    channels: z.record(z.string(), z.object({ kind: channelKind, domain: z.string().optional() })),
    domains: z.record(z.string(), domain),
    evidence: z.array(EvidenceAttached.data.extend({ attachedAt: z.string(), attachedBy: z.string() })),
    findings: z.array(finding),
    recommendation: ScreeningCompleted.data.shape.recommendation.nullable(),
    missing: z.array(missing).meta({ description: 'What is missing for approval.' }),
    waived: z.array(requirement),
    rounds: z.array(round),
    questionsUnreachable: z
      .boolean()
      .meta({ description: 'No mail with the questions went out; the time to answer stands still.' }),
    unreachableContacts: z.array(z.string()).meta({ description: 'Addresses that the last mail did not reach.' }),
    proposal: z.object({ by: z.string(), at: z.string(), note: z.string().nullable() }).nullable(),
    decision: decision.nullable().meta({ description: 'The rejection or revocation that stands, or is appealed.' }),
    decisions: z.array(z.object({ type: z.string(), at: z.string(), by: z.string(), reasons: z.array(reason) })),
    scope: scope.nullable(),
    appeals: z.array(z.object({ against: AppealSubmitted.data.shape.against, statement: z.string(), at: z.string() })),
    standing: z.object({
      state: z.enum(['none', 'good', 'warned', 'suspended', 'closed']),
      since: z.string().nullable(),
      reasons: z.array(reason),
      appeal: z.enum(['none', 'unappealed', 'appealed', 'upheld']),
    }),
    signals: z.array(AbuseSignalRecorded.data.extend({ at: z.string() })),
    notes: z.array(z.object({ at: z.string(), by: z.string(), event: z.string(), text: z.string() })),
    mailReference: z.string().meta({ description: 'As it stands in mails to this account.' }),
  })
  .meta({ id: 'Review' });

const commandName = z.enum(commandNames as [string, ...string[]]);

/** One review with what the reader may do about it. */
export const reviewPageSchema = reviewSchema
  .extend({
    policyVersion: z.string(),
    secondPerson: z.object({
      compulsory: z.boolean(),
      proposedBy: z.string().nullable(),
      proposedAt: z.string().nullable(),
    }),
    allowedCommands: z.array(commandName),
    refusedCommands: z.array(z.object({ command: commandName, code: z.enum(refusalCodes), detail: z.string() })),
  })
  .meta({ id: 'ReviewPage' });
