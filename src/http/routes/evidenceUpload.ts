/** Uploading evidence: the bytes are kept before the event that names them is appended. */
import type { IncomingMessage } from 'node:http';
import { v4 as randomId, v5 as uuidV5 } from 'uuid';
import { z } from 'zod';
import { type CommandEnvelope, foreseeRefusal } from '../../app/handleCommand.js';
import { commandCatalogue } from '../../commands/catalogue.js';
import type { Command } from '../../commands/decide.js';
import { type EvidenceKind, inspect, mediaTypes } from '../../evidence/contentType.js';
import type { EvidenceStore, StagedEvidence } from '../../evidence/evidenceStore.js';
import { safeFileName } from '../../evidence/fileName.js';
import { id, requirement } from '../../events/schemas.js';
import { mostEvidence } from '../../policy/facts.js';
import { HttpProblem, problem, refusalProblem } from '../problem.js';
import type { Context, Route } from '../route.js';
import { accountPath, commandAnswer } from '../schemas.js';
import { receiveUpload, type Upload } from '../upload.js';
import { answerCommand, commandHeaders, envelopeOf, headersOf, rolesOf } from './commands.js';

/** Namespace of evidence ids that follow from who uploaded and with which key. */
const evidenceNamespace = '5b0a1c64-5a0e-5f0c-9d57-0f7a4a3c2e91';

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

export const uploadEvidence: Route = {
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
