/** Exports of the log: downloads, the record of them, and the list of who took what and when. */
import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { z } from 'zod';
import { eventTypes } from '../../events/catalogue.js';
import { exportedKinds, exportFormats, operationCatalogue, type OperationData } from '../../events/operations.js';
import { id, instant, text } from '../../events/schemas.js';
import { exportPieces, type Piece } from '../../export/exporting.js';
import { formats } from '../../export/formats/index.js';
import { exportRecordsOf, listExports, whyOf } from '../../export/records.js';
import { hasAccount } from '../../export/source.js';
import { decodeCursor, encodeCursor } from '../cursor.js';
import { HttpProblem, problem, unknownAccount } from '../problem.js';
import type { Context, Reply, Route } from '../route.js';
import { insiders, page, position, wholeNumber } from '../schemas.js';

/** Rows of a group of a download: compressing them holds up every other answer for so long. */
const rowsOfGroup = 1_000;

const exportQuery = z.strictObject({
  format: z.enum(exportFormats),
  from: instant.optional().meta({ description: 'Events that happened at this instant or later.' }),
  to: instant.optional().meta({ description: 'Events that happened before this instant.' }),
  types: z
    .string()
    .max(4_000)
    .optional()
    .meta({ description: 'Only these types, separated by commas.' })
    .transform((names) => names?.split(','))
    .pipe(z.array(z.enum(eventTypes)).optional()),
  accountId: id.optional(),
  personalData: z
    .enum(['true', 'false'])
    .optional()
    .meta({ description: '`true`: with personal data, for auditor and admin; `reason` is then required.' }),
  reason: text.optional().meta({ description: 'Why personal data is needed; it is recorded.' }),
  after: position.optional().meta({
    description:
      'Goes on after the row with this `position`, without a header: of NDJSON and CSV, with the same parameters and `upTo`.',
  }),
  upTo: position.optional().meta({
    description: 'The last position of the log that is covered; its end as it is now, unless given.',
  }),
});

type Query = z.output<typeof exportQuery>;

function invalidParameter(name: string, detail: string): HttpProblem {
  const errors = [{ in: 'query', pointer: `/${name}`, detail }];
  return new HttpProblem(problem(422, 'invalid', `/${name}: ${detail}`, { errors }));
}

/** @throws {HttpProblem} for what the parameters may not be together, or not for this role */
function assertAllowed({ principal }: Context, query: Query): void {
  const { format, personalData, reason, after, from, to } = query;
  if (personalData === 'true' && principal.type !== 'auditor' && principal.type !== 'admin') {
    const detail = 'Personal data is exported for auditor and admin only. Ask without personalData.';
    throw new HttpProblem(problem(403, 'personal_data_forbidden', detail));
  }
  if (personalData === 'true' && reason === undefined) {
    throw invalidParameter('reason', 'is required with personalData=true; it is recorded');
  }
  if (after !== undefined && !formats[format].resumableByRow) {
    throw invalidParameter('after', `cannot be used with ${format}; NDJSON and CSV go on after a row`);
  }
  if (from !== undefined && to !== undefined && from >= to) throw invalidParameter('to', 'must be later than from');
}

/**
 * A position of another form is none of this log: the log would be read from some other place, and the file be wrong.
 * @throws {HttpProblem}
 */
function assertOfThisLog(name: 'after' | 'upTo', asked: string | undefined, head: string | undefined): void {
  const formOf = (one: string): string => one.replaceAll(/\d/g, '0');
  if (asked === undefined || head === undefined || formOf(asked) === formOf(head)) return;
  throw invalidParameter(name, 'is no position of this log: give one as rows and headers have it');
}

/** What the query asks for, and what is recorded of it. */
async function startedOf({ deps, path }: Context, query: Query): Promise<OperationData<'ExportStarted'>> {
  const { store } = deps.commands;
  if (query.accountId !== undefined && !(await hasAccount(store, query.accountId))) throw unknownAccount();
  const head = await store.head();
  assertOfThisLog('after', query.after, head);
  assertOfThisLog('upTo', query.upTo, head);
  const upTo = query.upTo === undefined || (head !== undefined && head < query.upTo) ? head : query.upTo;
  return operationCatalogue.ExportStarted.parse({
    ...query,
    upTo,
    exportId: randomUUID(),
    what: path['what'],
    personalData: query.personalData === 'true',
    via: 'http',
  });
}

const contentOf = (started: OperationData<'ExportStarted'>) => ({
  'Content-Type': formats[started.format].mediaType,
  'Content-Disposition': `attachment; filename="gatehouse-${started.what}.${started.format}"`,
  'Cache-Control': 'no-store',
  'Gatehouse-Export-Id': started.exportId,
  ...(started.upTo === undefined ? {} : { 'Gatehouse-Export-Up-To': started.upTo }),
});

type Reached = OperationData<'ExportResumed'>;

/** What was written so far. */
class Written {
  readonly #sha256 = createHash('sha256');
  rows = 0;
  bytes = 0;

  add({ rows, bytes }: Piece): void {
    this.rows = rows;
    this.bytes += bytes.length;
    this.#sha256.update(bytes);
  }

  digest(): string {
    return this.#sha256.digest('hex');
  }
}

/** Writes the pieces at the reader's pace. @returns why it stopped; undefined when all of them were written */
async function writeAll(
  { deps, response }: Context,
  pieces: AsyncIterable<Piece>,
  written: Written,
  gone: AbortSignal,
): Promise<OperationData<'ExportStopped'>['why'] | undefined> {
  const signal = AbortSignal.any([gone, deps.stopping]);
  for await (const piece of pieces) {
    if (signal.aborted) break;
    written.add(piece);
    // An ended or cut connection never drains; the signal then ends the wait.
    if (piece.bytes.length > 0 && !response.write(piece.bytes)) {
      await once(response, 'drain', { signal }).catch(() => undefined);
    }
    await nextTurn();
  }
  if (!signal.aborted) return undefined;
  return deps.stopping.aborted ? 'service_stopping' : 'reader_gone';
}

async function download(context: Context): Promise<Reply> {
  const { deps, request, response, principal } = context;
  const query = context.query as Query;
  // Listened for from the beginning: a reader that left while the start was recorded is gone, too.
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  assertAllowed(context, query);
  const started = await startedOf(context, query);
  if (request.method === 'HEAD') {
    response.status(200).set(contentOf(started)).end();
    return 'streamed';
  }
  const records = exportRecordsOf(deps.commands.store, deps.commands.now);
  await records.record({ type: 'ExportStarted', data: started }, principal);
  response.status(200).set(contentOf(started));
  response.flushHeaders();
  const written = new Written();
  const reached = (): Reached => ({ exportId: started.exportId, rows: written.rows, bytes: written.bytes });
  try {
    const why = await writeAll(context, piecesOf(context, started), written, gone.signal);
    if (why === undefined) {
      // Recorded before the end of the answer, so that a download which ended well is one that is recorded.
      await records.record({ type: 'ExportCompleted', data: { ...reached(), sha256: written.digest() } }, principal);
      response.end();
    } else {
      await records.record({ type: 'ExportStopped', data: { ...reached(), why } }, principal);
      // What did not come to its end must not look as if it had.
      response.destroy();
    }
    return 'streamed';
  } catch (error) {
    const failed = { ...reached(), why: whyOf(error) };
    await records.record({ type: 'ExportFailed', data: failed }, principal).catch((second: unknown) => {
      deps.log.error({ err: second, exportId: started.exportId }, 'that an export failed could not be recorded');
    });
    // The answer has begun, so the connection is cut.
    throw error;
  }
}

function piecesOf({ deps }: Context, started: OperationData<'ExportStarted'>): AsyncIterable<Piece> {
  const { upTo, after } = started;
  const job = { store: deps.commands.store, request: started, range: { upTo }, rowsOfGroup };
  return exportPieces(job, after === undefined ? undefined : { position: after, rows: 0, bytes: 0, states: [] });
}

const exportLog: Route = {
  method: 'get',
  path: '/v1/exports/{what}',
  operationId: 'exportLog',
  tag: 'log',
  summary: 'Events of accounts, or only those that moved the chart, as a file. Each export is itself recorded.',
  description:
    'NDJSON, CSV and Parquet are in log order, XES (IEEE 1849) has a trace an account. Without `personalData=true`, ' +
    'fields that hold personal data are left out. The answer names its `Gatehouse-Export-Id` and, in ' +
    '`Gatehouse-Export-Up-To`, the end of what it covers. A download that is cut off can go on, of NDJSON and CSV: ' +
    'the same parameters, `upTo` from that header, `after` the `position` of the last whole row. Of Parquet and XES ' +
    'it begins anew; `gatehouse export` goes on in every format.',
  roles: ['analyst', 'auditor', 'admin'],
  params: z.object({ what: z.enum(exportedKinds) }),
  query: exportQuery,
  responses: {
    200: {
      description: 'The file, of the media type of its format.',
      contentType: 'application/octet-stream',
      schema: z.string().meta({ format: 'binary' }),
    },
  },
  handle: download,
};

const line = z.looseObject({
  exportId: z.string(),
  what: z.enum(exportedKinds),
  format: z.enum(exportFormats),
  personalData: z.boolean(),
  via: z.enum(['cli', 'http']),
  state: z.enum(['unfinished', 'completed', 'stopped', 'failed']),
  actor: z.object({ type: z.string(), id: z.string() }),
  startedAt: z.string(),
  endedAt: z.string().nullable(),
  rows: z.int().nullable(),
  bytes: z.int().nullable(),
  sha256: z.string().nullable(),
  why: z.string().nullable(),
});

const list: Route = {
  method: 'get',
  path: '/v1/exports',
  operationId: 'listExports',
  tag: 'log',
  summary: 'Who exported what and when, the latest first; one that is under way, or was killed, is `unfinished`.',
  roles: insiders,
  query: z.strictObject({
    limit: wholeNumber(1, 500).optional().meta({ description: 'Exports of a page; 100 unless given.' }),
    cursor: z.string().max(500).optional(),
  }),
  responses: { 200: { description: 'A page of exports.', schema: page(line).omit({ position: true }) } },
  handle: async ({ deps, query }) => {
    const limit = (query['limit'] as number | undefined) ?? 100;
    const [before] = decodeCursor(query['cursor'] as string | undefined, 1) ?? [Infinity];
    const items = await listExports(deps.commands.store, limit, Number(before));
    const last = items.at(-1);
    const next = last === undefined || items.length < limit ? null : encodeCursor([last.revision]);
    return { status: 200, body: { items, next } };
  },
};

const { ExportStarted, ...others } = operationCatalogue;
const startedThere = ExportStarted.extend({ via: z.literal('cli') }).refine(
  ({ personalData, reason }) => !personalData || reason !== undefined,
  { path: ['reason'], error: 'is required with personalData' },
);
const ofCommandLine = { ...others, ExportStarted: startedThere };
const ofType = <T extends string, S extends z.ZodType>(type: T, data: S) =>
  z.strictObject({ type: z.literal(type), data });

const recordBody = z.discriminatedUnion('type', [
  ofType('ExportStarted', ofCommandLine.ExportStarted),
  ofType('ExportResumed', ofCommandLine.ExportResumed),
  ofType('ExportCompleted', ofCommandLine.ExportCompleted),
  ofType('ExportStopped', ofCommandLine.ExportStopped),
  ofType('ExportFailed', ofCommandLine.ExportFailed),
]);

const record: Route = {
  method: 'post',
  path: '/v1/exports',
  operationId: 'recordExport',
  tag: 'log',
  summary: 'Records what became of an export that the command line makes beside the service.',
  roles: ['admin'],
  body: recordBody,
  responses: { 201: { description: 'It is recorded.', schema: z.object({ position }) } },
  handle: async ({ deps, body, principal }) => {
    const records = exportRecordsOf(deps.commands.store, deps.commands.now);
    const at = await records.record(body as z.output<typeof recordBody>, principal);
    return { status: 201, body: { position: at } };
  },
};

export const exportRoutes: readonly Route[] = [exportLog, list, record];
