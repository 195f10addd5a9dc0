/**
 * Events of operations: what was done with the log, not to an account. They stand in streams `ops-…`, sealed and chained
 * as all events are; no chart and no read model takes part in them.
 */
import { z } from 'zod';
import { operationsStreams } from './envelope.js';
import { id, instant, personal, sha256, text } from './schemas.js';

/** What can be exported: every event of accounts, or only those that moved the chart. */
export const exportedKinds = ['events', 'transitions'] as const;
export type ExportedKind = (typeof exportedKinds)[number];

export const exportFormats = ['ndjson', 'csv', 'parquet', 'xes'] as const;
export type ExportFormatName = (typeof exportFormats)[number];

/** The stream of exports: who took what out of the log, and when. */
export const exportsStream = `${operationsStreams}exports`;

const position = z.string().regex(/^[0-9-]{1,64}$/, { error: 'must be a position as answers give it' });
const amount = z.int().min(0);

/** How far an export came. */
const reached = { exportId: id, rows: amount, bytes: amount };

/** The only list of these events, with the schemas of their data; all are at version 1. */
export const operationCatalogue = {
  /** Recorded before the first byte leaves. */
  ExportStarted: z.strictObject({
    exportId: id,
    what: z.enum(exportedKinds),
    format: z.enum(exportFormats),
    /** By when it happened: from this instant on, and before that one. */
    from: instant.optional(),
    to: instant.optional(),
    types: z.array(z.string().max(64)).max(200).optional(),
    accountId: id.optional(),
    personalData: z.boolean(),
    /** Compulsory with personal data. */
    reason: personal(text).optional(),
    via: z.enum(['cli', 'http']),
    /** The last position of the log at its start, and so the last that it holds; absent while the log was empty. */
    upTo: position.optional(),
    /** Where an earlier download stopped, and this one goes on. */
    after: position.optional(),
  }),
  /** It goes on from here, after it was stopped or killed. */
  ExportResumed: z.strictObject(reached),
  ExportCompleted: z.strictObject({ ...reached, sha256 }),
  ExportStopped: z.strictObject({ ...reached, why: z.enum(['interrupted', 'reader_gone', 'service_stopping']) }),
  ExportFailed: z.strictObject({ ...reached, why: text }),
} as const satisfies Record<string, z.ZodType>;

export type OperationType = keyof typeof operationCatalogue;
export type OperationData<T extends OperationType> = z.infer<(typeof operationCatalogue)[T]>;

/** An event of operations, before it is sealed. */
export type OperationOf<T extends OperationType> = {
  readonly [K in T]: { readonly type: K; readonly data: OperationData<K> };
}[T];
export type Operation = OperationOf<OperationType>;

export const operationTypes = Object.keys(operationCatalogue) as readonly OperationType[];

const known: ReadonlySet<string> = new Set(operationTypes);

/** Whether a stored type is one of operations. */
export function isOperationType(type: string): type is OperationType {
  return known.has(type);
}
