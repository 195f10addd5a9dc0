/**
 * A checkpoint: what the log was at one position, signed. The statement is what is signed (Ed25519 over its canonical JSON);
 * what stands beside it serves the next checkpoint and the one who looks for what was altered, and is held against it.
 */
import { createHash, type KeyObject, sign, verify } from 'node:crypto';
import canonicalize from 'canonicalize';
import { z } from 'zod';
import { hashOf } from '../app/seal.js';
import type { Report } from './findings.js';
import { type Head, type Heads, headsTree } from './leaves.js';
import { MerkleTree } from './merkle.js';

export const checkpointFormat = 'gatehouse-checkpoint-1';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.number().int().min(1);

const statement = z.strictObject({
  format: z.literal(checkpointFormat),
  /** 1, 2, 3, …: a missing one shows. */
  number: count,
  takenAt: z.iso.datetime({ precision: 3 }),
  /** The id of the log's first event: which log this is. */
  log: z.uuid(),
  /** The position of the last event that it covers. */
  position: z.string().regex(/^[0-9-]+$/),
  events: count,
  streams: count,
  /** Of the tree over all events, in log order. */
  logRoot: sha256,
  /** Of the tree over the last event of every stream, in the order in which the streams began. */
  headsRoot: sha256,
  /** The SHA-256 of the canonical JSON of the statement before; null in the first. */
  previous: sha256.nullable(),
  /** The SHA-256 of the public key (SPKI, DER) that it is signed with. */
  key: sha256,
});

const checkpoint = z.strictObject({
  statement,
  signature: z.string().regex(/^[0-9a-f]{128}$/),
  /** The complete subtrees of the log's tree, from which the next checkpoint goes on. */
  frontier: z.array(sha256).max(64),
  /** The stream of the last event. */
  lastStream: z.string().min(1),
  /** How many heads follow: those of the streams that changed since the checkpoint before. */
  heads: count,
});

const changedHead = z.strictObject({
  stream: z.string().min(1),
  revision: z.number().int().min(0),
  hash: z.string(),
});

export type Statement = z.infer<typeof statement>;
export type Checkpoint = z.infer<typeof checkpoint>;
/** A stream that changed since the checkpoint before, with its new head. */
export type ChangedHead = z.infer<typeof changedHead>;

/** A line of a checkpoint's file that is not as this product writes it. */
export class UnreadableCheckpoint extends Error {
  override readonly name = 'UnreadableCheckpoint';
}

/** A line's value; what reads the same but is written otherwise is none. @throws {UnreadableCheckpoint} */
function lineOf<T>(schema: z.ZodType<T>, line: string, what: string): T {
  try {
    const parsed = schema.parse(JSON.parse(line));
    if (JSON.stringify(parsed) === line) return parsed;
  } catch {
    // Said below.
  }
  throw new UnreadableCheckpoint(`${what} is not as it was written.`);
}

/** The first line of a checkpoint's file. @throws {UnreadableCheckpoint} */
export function readCheckpoint(line: string): Checkpoint {
  return lineOf(checkpoint, line, 'Its first line');
}

/** A further line of a checkpoint's file. @throws {UnreadableCheckpoint} */
export function readHead(line: string): ChangedHead {
  return lineOf(changedHead, line, 'A line of its heads');
}

/** What a checkpoint is taken of: the log up to its last event. */
export type LogState = {
  /** The id of the log's first event. */
  readonly log: string;
  readonly position: string;
  readonly lastStream: string;
  readonly tree: MerkleTree;
  readonly heads: Heads;
};

/** The pair of keys that checkpoints are signed with. */
export type SigningKey = { readonly privateKey: KeyObject; readonly publicKey: KeyObject };

/** The fingerprint of a public key: the SHA-256 of its SPKI in DER. */
export function fingerprintOf(publicKey: KeyObject): string {
  return createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('hex');
}

/** What the next checkpoint calls this one. */
export function digestOf(one: Checkpoint): string {
  return hashOf(one.statement);
}

/** Signs what a log is now. @param changed how many streams changed since the checkpoint before */
export async function signCheckpoint(
  { log, position, lastStream, tree, heads }: LogState,
  {
    previous,
    changed,
    takenAt,
    key,
  }: { previous?: Checkpoint | undefined; changed: number; takenAt: string; key: SigningKey },
): Promise<Checkpoint> {
  const headsRoot = (await headsTree(heads)).root().toString('hex');
  const signed: Statement = {
    format: checkpointFormat,
    number: (previous?.statement.number ?? 0) + 1,
    takenAt,
    log,
    position,
    events: tree.size,
    streams: heads.size,
    logRoot: tree.root().toString('hex'),
    headsRoot,
    previous: previous === undefined ? null : digestOf(previous),
    key: fingerprintOf(key.publicKey),
  };
  const signature = sign(null, bytesOf(signed), key.privateKey).toString('hex');
  return { statement: signed, signature, frontier: tree.frontier, lastStream, heads: changed };
}

function bytesOf(signed: Statement): Buffer {
  return Buffer.from(canonicalize(signed) ?? '');
}

/** Whether a checkpoint is signed by this key. Reports what is not. */
export function checkSignature(
  { statement: signed, signature }: Checkpoint,
  publicKey: KeyObject,
  report: Report,
): boolean {
  const place = { checkpoint: signed.number };
  const fingerprint = fingerprintOf(publicKey);
  if (signed.key !== fingerprint) {
    report({ kind: 'key', ...place, detail: `It names the key ${signed.key}; it is checked with ${fingerprint}.` });
    return false;
  }
  if (verify(null, bytesOf(signed), publicKey, Buffer.from(signature, 'hex'))) return true;
  report({ kind: 'signature', ...place, detail: 'Its signature is not that of the key over its statement.' });
  return false;
}

/** Whether a checkpoint follows from the one before it. Reports what does not. */
export function checkOrder(one: Checkpoint, before: Checkpoint | undefined, report: Report): void {
  const { number, previous, log, position, events, streams } = one.statement;
  const found = (detail: string): void => report({ kind: 'checkpoint-order', checkpoint: number, detail });
  if (before === undefined) {
    if (number === 1 && previous !== null) found('It is the first, and names one before it.');
    return;
  }
  const { statement: earlier } = before;
  // With one missing between them, what it follows from is not here.
  if (number === earlier.number + 1 && previous !== digestOf(before)) {
    found(`It does not follow from checkpoint ${earlier.number} as that is now.`);
  }
  if (log !== earlier.log) found('It is of another log than the one before it.');
  if (position <= earlier.position || events <= earlier.events || streams < earlier.streams) {
    found('It covers no more than the one before it.');
  }
}

/** The log's tree as a checkpoint leaves it; undefined where what is written beside the statement does not give its root. */
export function treeOf({ statement: { events, logRoot }, frontier }: Checkpoint): MerkleTree | undefined {
  try {
    const tree = MerkleTree.from(events, frontier);
    return tree.root().toString('hex') === logRoot ? tree : undefined;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** A head as it stands in the file. */
export function changedHeadOf(stream: string, { revision, hash }: Head): ChangedHead {
  return { stream, revision, hash };
}
