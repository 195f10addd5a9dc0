/** Schemas of what the audit answers over HTTP. */
import { z } from 'zod';
import { findingKinds } from '../audit/findings.js';
import { verifyPhases } from '../audit/verify.js';
import { actorTypes } from '../events/vocabulary.js';
import { verificationStates } from './auditDesk.js';

export const findingSchema = z
  .object({
    kind: z.enum(findingKinds),
    position: z.string().optional(),
    stream: z.string().optional(),
    accountId: z.string().optional().meta({ description: 'Whose stream it is.' }),
    revision: z.int().optional(),
    checkpoint: z.int().optional().meta({ description: 'The number of a checkpoint.' }),
    detail: z.string(),
  })
  .meta({ id: 'AuditFinding' });

export const verificationSchema = z
  .object({
    id: z.string(),
    state: z.enum(verificationStates),
    startedBy: z.object({ type: z.enum(actorTypes), id: z.string() }),
    startedAt: z.string(),
    finishedAt: z.string().nullable(),
    phase: z.enum(verifyPhases).nullable().meta({
      description:
        '`events`: each event and the checkpoints · `store`: the store’s own file · `chart`: the statechart.',
    }),
    done: z.int().meta({ description: 'Events that this phase has gone through.' }),
    total: z.int().nullable().meta({ description: 'Of so many, about; null where nobody knows.' }),
    error: z.string().nullable().meta({ description: 'Why it failed: it says nothing of the log.' }),
    result: z
      .object({
        clean: z.boolean().meta({ description: 'It went to its end, and nothing was found.' }),
        complete: z.boolean(),
        events: z.int(),
        streams: z.int(),
        checkpoints: z.int(),
        verifiedTo: z.string().nullable().meta({
          description: 'The position of the newest checkpoint up to which the log and all checkpoints agree.',
        }),
        uncovered: z.int().meta({ description: 'Events after it, for which no checkpoint vouches yet.' }),
        found: z.int().meta({ description: 'How many findings there are; not all of them are listed.' }),
        findings: z.array(findingSchema),
      })
      .nullable(),
  })
  .meta({ id: 'Verification' });

export const checkpointSchema = z
  .object({
    number: z.int(),
    file: z.string(),
    takenAt: z.string().nullable(),
    position: z.string().nullable().meta({ description: 'The position of the last event that it covers.' }),
    events: z.int().nullable(),
    streams: z.int().nullable(),
    key: z.string().nullable().meta({ description: 'The fingerprint of the key that it is signed with.' }),
    previous: z.string().nullable().meta({ description: 'The hash of the one before; null in the first.' }),
    problem: z.string().nullable().meta({ description: 'Why its file cannot be read.' }),
  })
  .meta({ id: 'Checkpoint' });
