/** The shapes of requests and answers that several routes share. */
import { z } from 'zod';
import { commandNames } from '../commands/catalogue.js';
import { id, messageType, profileFields, requirement } from '../events/schemas.js';
import { channelKinds, type ActorType } from '../events/vocabulary.js';
import { recordPurposes } from '../policy/domainRecords.js';
import { gateActions, gateReasons } from '../policy/gate.js';
import { statuses } from '../policy/status.js';

export const everyone: readonly ActorType[] = [
  'product',
  'customer',
  'reviewer',
  'auditor',
  'analyst',
  'system',
  'admin',
];
export const insiders: readonly ActorType[] = ['reviewer', 'auditor', 'analyst', 'system', 'admin'];
/** Those who prove what happened. */
export const auditing: readonly ActorType[] = ['auditor', 'admin'];
/** Those who look after the service. */
export const operating: readonly ActorType[] = ['admin', 'system', 'auditor'];

export const position = z.string().regex(/^[0-9-]{1,64}$/, { error: 'must be a position as answers give it' });
export const accountPath = z.object({ accountId: id });
export const afterQuery = z.strictObject({
  after: position.optional().meta({ description: 'Wait until the answer reflects this log position.' }),
});

/** A whole number in a query string. */
export function wholeNumber(least: number, most: number) {
  return z.coerce
    .string()
    .regex(/^\d{1,9}$/, { error: 'must be a whole number' })
    .transform(Number)
    .pipe(z.int().min(least).max(most));
}

export const stateValue = z.union([z.string(), z.record(z.string(), z.unknown())]);
const commandName = z.enum(commandNames as [string, ...string[]]);
const mover = z.enum(['customer', 'reviewer', 'system']);
const missing = z.object({ requirement, awaitingActionFrom: mover });
export const status = z.enum(statuses);

/** A domain with the records to publish. */
export const domainSchema = z
  .object({
    domain: z.string(),
    state: z.enum(['pending', 'verified', 'temporaryFailure', 'failed']),
    lapsed: z.boolean(),
    text: z.string(),
    lastCheckAt: z.string().nullable(),
    records: z.array(
      z.object({
        purpose: z.enum(recordPurposes),
        type: z.enum(['TXT', 'CNAME']),
        name: z.string(),
        value: z.string().meta({ description: 'What to publish.' }),
        required: z.boolean(),
        status: z.enum(['found', 'missing', 'unchecked']),
        found: z.array(z.string()),
        hint: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'Domain' });

export const commandAnswer = z
  .object({
    accountId: z.string(),
    revision: z.int(),
    position: z.string().nullable(),
    status: status.nullable(),
    state: stateValue.optional(),
    events: z.array(z.object({ type: z.string(), id: z.string() })),
    allowedCommands: z.array(commandName),
    domain: domainSchema.optional().meta({ description: 'With AddDomain: the records to publish.' }),
  })
  .meta({ id: 'CommandAnswer' });

export const problemSchema = z
  .looseObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.string(),
    requestId: z.string().optional(),
    errors: z.array(z.object({ in: z.string(), pointer: z.string(), detail: z.string() })).optional(),
    accountStatus: status.nullable().optional(),
    allowedCommands: z.array(commandName).optional(),
    missing: z.array(missing).optional(),
  })
  .meta({ id: 'Problem', description: 'RFC 9457. `code` is for programs; `accountStatus` is the account’s status.' });

export const accountView = z
  .looseObject({
    accountId: z.string(),
    revision: z.int(),
    position: z.string().nullable(),
    status: status.nullable(),
    standing: z.string(),
    state: stateValue.optional(),
    allowedCommands: z.array(commandName),
    profile: z.looseObject({}),
    channels: z.array(z.looseObject({ channelId: z.string(), kind: z.enum(channelKinds) })),
    domains: z.array(z.looseObject({ domain: z.string(), state: z.string() })),
  })
  .meta({ id: 'Account' });

const channelVerdict = z.object({
  channelId: z.string(),
  kind: z.enum(channelKinds),
  allowed: z.boolean(),
  status: z.enum(['active', 'pending', 'rejected', 'restricted']),
  reasons: z.array(z.enum(gateReasons)),
});

export const gateQuery = z.strictObject({
  action: z.enum(gateActions),
  channelId: id.optional(),
  messageType: messageType.optional(),
  after: position.optional(),
});

export const gateDecision = z
  .object({
    action: z.enum(gateActions),
    channelId: z.string().optional(),
    allowed: z.boolean(),
    observed: z.literal(true).optional(),
    wouldAllow: z.boolean().optional(),
    status: z.enum(['active', 'pending', 'rejected', 'restricted']),
    deliveryMode: z.enum(['live', 'test', 'open', 'blocked']),
    onDenied: z.enum(['discard', 'hold']),
    constraints: z.looseObject({}).optional(),
    limits: z.looseObject({}).optional(),
    reasons: z.array(z.enum(gateReasons)),
    missing: z.array(missing),
    channels: z.array(channelVerdict),
    awaitingActionFrom: mover.nullable(),
    notices: z.array(z.literal('warned')),
    policyVersion: z.string(),
    revision: z.int().nullable(),
    position: z.string().nullable(),
  })
  .meta({ id: 'GateDecision' });

export const setupGuideSchema = z
  .looseObject({
    accountId: z.string(),
    status,
    steps: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        state: z.enum(['done', 'next', 'later', 'waiting']),
        next: z.string().nullable(),
        link: z.string(),
      }),
    ),
    notices: z.array(
      z.object({
        kind: z.string(),
        tone: z.string(),
        title: z.string(),
        text: z.string(),
        appeal: z.enum(['possible', 'under_review', 'answered']).optional(),
      }),
    ),
    questions: z.array(z.object({ requirement, reasonCode: z.string(), message: z.string() })),
    reasons: z.array(z.looseObject({ code: z.string(), message: z.string() })),
    respondBy: z.string().nullable(),
    canDo: z.array(z.enum(['request_again', 'appeal', 'answer_questions', 'request_verification'])),
    canAppeal: z.array(z.enum(['verification', 'suspension'])),
    resubmitUntil: z.string().nullable(),
    missing: z.array(missing),
    profile: z.looseObject(profileFields),
    domains: z.array(domainSchema),
    revision: z.int(),
    position: z.string(),
  })
  .meta({ id: 'SetupGuide' });

/** The guide as it is now, with what an upload may be. */
export const presentGuideSchema = setupGuideSchema
  .extend({
    evidence: z.object({
      mostBytes: z.int().meta({ description: 'The largest file, in bytes.' }),
      mediaTypes: z.array(z.string()),
    }),
  })
  .meta({ id: 'PresentSetupGuide' });

/** A page: its items, and where the next one starts. */
export function page<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), next: z.string().nullable(), position: z.string().nullable() });
}
