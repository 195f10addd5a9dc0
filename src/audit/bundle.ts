/**
 * A bundle: one account's events with the proof that they are in the log, in this order, and all of them. Who has it and the
 * public key needs neither the log nor Gatehouse: `verifyBundle.mjs` beside this file checks it by itself.
 */
import type { EventStore, Position, StoredEvent } from '../eventStore/eventStore.js';
import { accountStream, policyStream } from '../events/envelope.js';
import type { Checkpoint, Statement } from './checkpoint.js';
import type { Finding } from './findings.js';
import { eventLeaf, headLeaf, type Head, recordedHash } from './leaves.js';
import { type InclusionProof, MerkleTree } from './merkle.js';

export const bundleFormat = 'gatehouse-bundle-1';

/** A proof as it is written: hashes in hexadecimal, from the leaf up. */
type WrittenProof = { readonly index: number; readonly path: readonly string[] };

/** An event as it is stored, and its way to the root of the log's tree. */
type ProvedEvent = Omit<StoredEvent, 'stream'> & { readonly proof: WrittenProof };

export type Bundle = {
  readonly format: typeof bundleFormat;
  readonly account: string;
  readonly checkpoint: { readonly statement: Statement; readonly signature: string };
  /** PEM. */
  readonly publicKey: string;
  /** The way of the account's last event to the root of the tree of heads: there is none after it. */
  readonly head: WrittenProof;
  /** All events of the account up to the checkpoint. */
  readonly events: readonly ProvedEvent[];
  /** The published policies that the events name: what was in force. */
  readonly policies: readonly ProvedEvent[];
  /** Events of the account since the checkpoint: how many, and not more, for nothing proves them. */
  readonly uncovered: number;
};

export type BundleRequest = {
  readonly accountId: string;
  readonly checkpoint: Checkpoint;
  /** PEM. */
  readonly publicKey: string;
  readonly signal: AbortSignal;
  readonly onProgress?: (events: number) => void;
};

export type Bundled =
  | { readonly kind: 'bundled'; readonly bundle: Bundle }
  /** The account has no event up to the checkpoint. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'stopped' }
  /** The log is not the one that was signed; what differs. */
  | { readonly kind: 'differs'; readonly finding: Finding };

/** An event with its proof, while that is being made. */
type Proving = { readonly event: StoredEvent; readonly proof: InclusionProof };

/** Makes an account's bundle, in one reading of the log. @throws {EventStoreError} */
export async function bundleOf(store: EventStore, request: BundleRequest): Promise<Bundled> {
  const { accountId, checkpoint, publicKey, signal } = request;
  const { statement, signature } = checkpoint;
  const read = await readLog(store, request);
  if (signal.aborted) return { kind: 'stopped' };
  const differing = differenceFrom(statement, read);
  if (differing !== undefined) return { kind: 'differs', finding: differing };
  const stream = accountStream(accountId);
  const head = proofOfHead(read.heads, stream);
  if (head === undefined) return { kind: 'nothing' };
  if (head.root !== statement.headsRoot) {
    const detail = 'The heads of the log are not those that this checkpoint signed. gatehouse audit verify says more.';
    return { kind: 'differs', finding: { kind: 'heads-root', checkpoint: statement.number, detail } };
  }
  const events = read.proving.filter(({ event }) => event.stream === stream);
  const named = new Set(events.map(({ event }) => event.metadata['policyVersion']));
  const policies = read.proving.filter(
    ({ event }) => event.stream === policyStream && named.has(event.data['version'] ?? null),
  );
  const bundle: Bundle = {
    format: bundleFormat,
    account: accountId,
    checkpoint: { statement, signature },
    publicKey,
    head: written(head.proof),
    events: events.map(proved),
    policies: policies.map(proved),
    uncovered: read.uncovered,
  };
  return { kind: 'bundled', bundle };
}

type LogRead = {
  readonly events: number;
  readonly last: Position | undefined;
  /** In hexadecimal. */
  readonly root: string;
  readonly heads: ReadonlyMap<string, Head>;
  /** Events of the account, and policies. */
  readonly proving: readonly Proving[];
  readonly uncovered: number;
};

/** Reads the log up to the checkpoint, and counts what the account has after it. */
async function readLog(
  store: EventStore,
  { accountId, checkpoint, signal, onProgress }: BundleRequest,
): Promise<LogRead> {
  const { position } = checkpoint.statement;
  const stream = accountStream(accountId);
  const tree = new MerkleTree();
  const heads = new Map<string, Head>();
  const proving: Proving[] = [];
  let last: Position | undefined;
  for await (const event of store.readAll({ signal })) {
    if (event.position > position) break;
    const leaf = eventLeaf(event);
    if (event.stream === stream || event.stream === policyStream) proving.push({ event, proof: tree.addProved(leaf) });
    else tree.add(leaf);
    heads.set(event.stream, { revision: event.revision, hash: recordedHash(event) });
    last = event.position;
    onProgress?.(tree.size);
  }
  let uncovered = 0;
  const from = (heads.get(stream)?.revision ?? -1) + 1;
  for await (const event of store.read(stream, { from, signal })) if (event.position > position) uncovered += 1;
  const events = tree.size;
  return { events, last, root: tree.close().toString('hex'), heads, proving, uncovered };
}

function differenceFrom({ number, events, position, logRoot }: Statement, read: LogRead): Finding | undefined {
  if (read.events === events && read.last === position && read.root === logRoot) return undefined;
  const detail = 'The log is not the one that this checkpoint was taken of. gatehouse audit verify says more.';
  return { kind: 'log-root', checkpoint: number, position, detail };
}

function proofOfHead(
  heads: ReadonlyMap<string, Head>,
  wanted: string,
): { readonly proof: InclusionProof; readonly root: string } | undefined {
  const tree = new MerkleTree();
  let proof: InclusionProof | undefined;
  for (const [stream, head] of heads) {
    if (stream === wanted) proof = tree.addProved(headLeaf(stream, head));
    else tree.add(headLeaf(stream, head));
  }
  const root = tree.close().toString('hex');
  return proof === undefined ? undefined : { proof, root };
}

function proved({ event, proof }: Proving): ProvedEvent {
  const { position, revision, id, type, data, metadata } = event;
  return { position, revision, id, type, data, metadata, proof: written(proof) };
}

function written({ index, path }: InclusionProof): WrittenProof {
  return { index, path: path.map((hash) => hash.toString('hex')) };
}
