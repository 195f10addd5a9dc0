/** Evidence: files that show something, listed and served with care. */
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { readAccount } from '../../app/account.js';
import { isInsider } from '../../app/answer.js';
import { mediaTypes } from '../../evidence/contentType.js';
import type { OpenedEvidence } from '../../evidence/evidenceStore.js';
import { safeFileName } from '../../evidence/fileName.js';
import { verifying } from '../../evidence/verify.js';
import { entryOf } from '../../events/record.js';
import { id, requirement } from '../../events/schemas.js';
import type { ActorType } from '../../events/vocabulary.js';
import type { Evidence } from '../../policy/facts.js';
import { HttpProblem, notFound, problem, unknownAccount } from '../problem.js';
import type { Context, Route } from '../route.js';
import { accountPath, afterQuery } from '../schemas.js';
import { uploadEvidence } from './evidenceUpload.js';

/** Who may see evidence: those who decide, those who check them, and the account itself. */
const readers: readonly ActorType[] = ['product', 'customer', 'reviewer', 'auditor', 'admin'];

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
