/** Evidence: files that show something, uploaded, listed and served with care. */
import type { IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { v4 as randomId, v5 as uuidV5 } from 'uuid';
import { z } from 'zod';
import { readAccount } from '../../app/account.js';
import { isInsider } from '../../app/answer.js';
import { type CommandEnvelope, foreseeRefusal } from '../../app/handleCommand.js';
import { commandCatalogue } from '../../commands/catalogue.js';
import type { Command } from '../../commands/decide.js';
import { type EvidenceKind, inspect, mediaTypes } from '../../evidence/contentType.js';
import type { EvidenceStore, OpenedEvidence, StagedEvidence } from '../../evidence/evidenceStore.js';
import { safeFileName } from '../../evidence/fileName.js';
import { verifying } from '../../evidence/verify.js';
import { entryOf } from '../../events/record.js';
import { id, requirement } from '../../events/schemas.js';
import type { ActorType } from '../../events/vocabulary.js';
import { type Evidence, mostEvidence } from '../../policy/facts.js';
import { HttpProblem, notFound, problem, refusalProblem, unknownAccount } from '../problem.js';
import type { Context, Route } from '../route.js';
import { accountPath, afterQuery, commandAnswer } from '../schemas.js';
import { receiveUpload, type Upload } from '../upload.js';
import { answerCommand, commandHeaders, envelopeOf, headersOf, rolesOf } from './commands.js';

/** Namespace of evidence ids that follow from who uploaded and with which key. */
const evidenceNamespace = '5b0a1c64-5a0e-5f0c-9d57-0f7a4a3c2e91';

/** Who may see evidence: those who decide, those who check them, and the account itself. */
const readers: readonly ActorType[] = ['product', 'customer', 'reviewer', 'auditor', 'admin'];

const uploadFields = z.strictObject({
  evidenceId: id.optional().meta({ description: 'Made from the sender and the Idempotency-Key when absent.' }),
  requirement: requirement.optional().meta({ description: 'What the file is to show.' }),
});

const uploadAnswer = commandAnswer
  .extend({ evidenceId: z.string(), sha256: z.string(), bytes: z.int(), mediaType: z.string() })
  .meta({ id: 'UploadAnswer' });

/** @throws {HttpProblem} when the command would be refused */
async function refuseEarly({ deps, principal }: Context, envelope: CommandEnvelope, isWhole: boolean): Promise<void> {
  const refused = await foreseeRefusal(deps.commands, envelope, isWhole);
  if (refused === undefined) return;
  deps.metrics.commands.inc({ command: envelope.command.name, outcome: refused.code });
  throw refusalProblem(refused, principal.type);
}

/** What is known of the command before the file is: enough to tell whether the account takes any at all. */
function commandToCome(context: Context): CommandEnvelope {
  const kind: EvidenceKind = 'text';
  const nothing = { evidenceId: '-', kind, fileName: '-', mediaType: '-', bytes: 1, sha256: '-' };
  return envelopeOf(context, context.path['accountId'] ?? '', 'AttachEvidence', nothing);
}

/** The command that attaches a file. @throws {HttpProblem} 415 for a type that is not taken */
async function commandFor(
  context: Context,
  envelope: CommandEnvelope,
  { fields, fileName, staged }: Upload<z.output<typeof uploadFields>>,
) {
  const found = await inspect(staged.file);
  if (found.kind === 'refused') {
    const detail = `Evidence is PNG, JPEG, WebP, PDF or plain text (UTF-8), whatever its name; ${found.reason}.`;
    const extra = { accepted: Object.keys(mediaTypes) };
    throw new HttpProblem(problem(415, 'unsupported_evidence', detail, extra));
  }
  const key = headersOf(context)['idempotency-key'];
  const derived = key === undefined ? randomId() : uuidV5(`${context.principal.id}\n${key}`, evidenceNamespace);
  const { kind, mediaType } = found;
  const data = commandCatalogue.AttachEvidence.data.parse({
    evidenceId: fields.evidenceId ?? derived,
    kind,
    fileName: safeFileName(fileName, mediaType),
    mediaType,
    bytes: staged.bytes,
    sha256: staged.sha256,
    ...(fields.requirement === undefined ? {} : { requirement: fields.requirement }),
  });
  return { data, envelope: { ...envelope, command: { ...envelope.command, data } as Command } };
}

/** The bytes first, then the event that names them; and the bytes once more, should somebody have swept them meanwhile. */
async function attach(context: Context, envelope: CommandEnvelope, staged: StagedEvidence, store: EvidenceStore) {
  await staged.keep();
  const answer = await answerCommand(context, envelope);
  if (!(await store.has(staged.sha256))) await staged.keep();
  return answer;
}

const uploadEvidence: Route = {
  method: 'post',
  path: '/v1/accounts/{accountId}/evidence',
  operationId: 'attachEvidence',
  tag: 'evidence',
  summary: 'Uploads a screenshot, a PDF or a text and attaches it to the account.',
  description:
    'One file: PNG, JPEG, WebP, PDF or plain text in UTF-8. What it is follows from its content, not from its name. ' +
    `Evidence can be attached to an account ${mostEvidence} times (409 \`too_much_evidence\` after that).`,
  roles: rolesOf('AttachEvidence'),
  params: accountPath,
  headers: commandHeaders,
  form: uploadFields,
  responses: {
    200: { description: 'Attached; also for a repeated upload, which gives its first result.', schema: uploadAnswer },
  },
  handle: async (context) => {
    const { request, deps } = context;
    const { store, mostBytes } = deps.evidence;
    const toCome = commandToCome(context);
    await refuseEarly(context, toCome, false);
    const upload = await receiveUpload(request as IncomingMessage, uploadFields, store, mostBytes);
    try {
      const { data, envelope } = await commandFor(context, toCome, upload);
      await refuseEarly(context, envelope, true);
      const { evidenceId, sha256, bytes, mediaType } = data;
      const answer = await attach(context, envelope, upload.staged, store);
      return { ...answer, body: { ...answer.body, evidenceId, sha256, bytes, mediaType } };
    } finally {
      await upload.staged.discard();
    }
  },
};

/** Bytes, as OpenAPI names them. */
const binary = z.string().meta({ override: { type: 'string', format: 'binary' } });

const evidenceItem = z.object({
  evidenceId: z.string(),
  kind: z.enum(['screenshot', 'pdf', 'text']),
  fileName: z.string(),
  mediaType: z.string(),
  bytes: z.int(),
  sha256: z.string(),
  requirement: requirement.nullable(),
  attachedAt: z.string(),
  attachedBy: z.string().optional(),
});

function itemOf(evidenceId: string, evidence: Evidence, role: ActorType): z.input<typeof evidenceItem> {
  const { kind, fileName, mediaType, bytes, sha256, at, by } = evidence;
  return {
    evidenceId,
    kind,
    fileName,
    mediaType,
    bytes,
    sha256,
    requirement: evidence.requirement ?? null,
    attachedAt: at,
    ...(isInsider(role) ? { attachedBy: by.at(-1) ?? '' } : {}),
  };
}

/** The account's evidence, folded from its stream: never stale. @throws {HttpProblem} 404 */
async function evidenceOf({ deps, path }: Context): Promise<Readonly<Record<string, Evidence>>> {
  const account = await readAccount(deps.commands.store, path['accountId'] ?? '');
  if (account.revision === -1) throw unknownAccount();
  return account.snapshot.context.facts.evidence;
}

const listEvidence: Route = {
  method: 'get',
  path: '/v1/accounts/{accountId}/evidence',
  operationId: 'listEvidence',
  tag: 'evidence',
  summary: 'The account’s evidence, the oldest first, folded from its stream: never stale.',
  roles: readers,
  params: accountPath,
  query: afterQuery,
  responses: { 200: { description: 'Evidence.', schema: z.object({ items: z.array(evidenceItem) }) } },
  handle: async (context) => {
    const found = Object.entries(await evidenceOf(context));
    const items = found.map(([evidenceId, evidence]) => itemOf(evidenceId, evidence, context.principal.type));
    return { status: 200, body: { items: items.sort((a, b) => (a.attachedAt < b.attachedAt ? -1 : 1)) } };
  },
};

/** Opens the bytes that an event names. @throws {HttpProblem} 404 when the store has lost them, 500 when they changed */
async function openBytes({ deps }: Context, { sha256, bytes }: Evidence): Promise<OpenedEvidence> {
  const opened = await deps.evidence.store.open(sha256);
  if (opened === undefined) {
    const detail =
      'The bytes of this evidence are not in the evidence store. Restore the store from its backup, or ask for the file ' +
      'again; evidence that came with imported history has no bytes here.';
    throw notFound(detail, 'evidence_missing');
  }
  if (opened.bytes === bytes) return opened;
  opened.stream.destroy();
  deps.log.error({ sha256, expected: bytes, found: opened.bytes }, 'evidence in the store is damaged');
  throw new HttpProblem(problem(500, 'evidence_damaged', 'The stored bytes are not those that were attached.'));
}

/** Nothing in a file is ever shown, run or guessed at by the browser on our account. */
function headersFor({ mediaType, bytes, sha256 }: Evidence): Record<string, string> {
  return {
    'Content-Type': Object.hasOwn(mediaTypes, mediaType) ? mediaType : 'application/octet-stream',
    'Content-Length': String(bytes),
    'Content-Security-Policy': "sandbox; default-src 'none'",
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'private, no-store',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'ETag': `"${sha256}"`,
  };
}

const showEvidence: Route = {
  method: 'get',
  path: '/v1/accounts/{accountId}/evidence/{evidenceId}',
  operationId: 'getEvidence',
  tag: 'evidence',
  summary: 'The bytes of one piece of evidence, as a download.',
  roles: readers,
  params: accountPath.extend({ evidenceId: id }),
  query: afterQuery,
  responses: {
    200: { description: 'The bytes.', contentType: 'application/octet-stream', schema: binary },
  },
  handle: async (context) => {
    const { response, request, deps, path } = context;
    const evidence = entryOf(await evidenceOf(context), path['evidenceId'] ?? '');
    if (evidence === undefined) throw notFound('The account has no such evidence.', 'unknown_evidence');
    const { stream } = await openBytes(context, evidence);
    response.attachment(safeFileName(evidence.fileName, evidence.mediaType)).set(headersFor(evidence));
    if (request.method === 'HEAD') {
      stream.destroy();
      response.end();
      return 'streamed';
    }
    await pipeline(stream, verifying(evidence.sha256), response).catch((error: unknown) => {
      // The connection is cut by then. A reader who left is no matter.
      const left = error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';
      if (!left) deps.log.error({ err: error, sha256: evidence.sha256 }, 'evidence could not be served to its end');
    });
    return 'streamed';
  },
};

export const evidenceRoutes: readonly Route[] = [uploadEvidence, listEvidence, showEvidence];
