/**
 * Taking a checkpoint: what came since the last one is read and checked, then signed. The log is only read, so this works
 * beside a running service. What is wrong is not signed.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { EventStoreError, type EventStore, type StoredEvent, type Unreadable } from '../eventStore/eventStore.js';
import type { Instant } from '../events/time.js';
import { checkChain } from './checkEvent.js';
import {
  changedHeadOf,
  type Checkpoint,
  checkSignature,
  fingerprintOf,
  type LogState,
  signCheckpoint,
  type SigningKey,
  treeOf,
  UnreadableCheckpoint,
} from './checkpoint.js';
import { type Finding, Findings, type Report } from './findings.js';
import { CheckpointFolder } from './folder.js';
import { openSigningKey, pemOf, publicKeyOf } from './key.js';
import { eventLeaf, type Head, headsTree, recordedHash } from './leaves.js';
import { MerkleTree } from './merkle.js';

/** Where checkpoints are kept, and what they are signed with. */
export type CheckpointSettings = {
  readonly folder: string;
  /** The file of the private key; made at first use. */
  readonly keyFile: string;
};

export type TakeOptions = {
  readonly now: () => Instant;
  readonly signal: AbortSignal;
  /** Told now and then how many new events were gone through. */
  readonly onProgress?: (events: number) => void;
};

export type Taken =
  | { readonly kind: 'taken'; readonly checkpoint: Checkpoint; readonly file: string }
  /** Nothing came since the last one. */
  | { readonly kind: 'unchanged'; readonly checkpoint: Checkpoint; readonly file: string }
  /** There is nothing in the log. */
  | { readonly kind: 'empty' }
  | { readonly kind: 'stopped' }
  /** What is wrong with the log, the checkpoints or the key. */
  | { readonly kind: 'refused'; readonly findings: readonly Finding[]; readonly count: number };

/** So often it is tried again when another node takes one at the same time. */
const mostAttempts = 5;

/** So many events are gone through before others get their turn. */
const eventsAtATime = 100;

/**
 * Takes a checkpoint of the log as it is now.
 * @throws {UnusableKey}
 * @throws {EventStoreError}
 */
export async function takeCheckpoint(
  store: EventStore,
  settings: CheckpointSettings,
  options: TakeOptions,
): Promise<Taken> {
  const folder = new CheckpointFolder(settings.folder);
  const key = await openSigningKey(settings.keyFile);
  await folder.keepPublicKey(pemOf(key.publicKey));
  await folder.sweep(Date.parse(options.now()));
  for (let attempt = 1; ; attempt++) {
    const taken = await takeOnce(store, folder, key, options);
    if (taken !== 'taken by another') return taken;
    if (attempt >= mostAttempts) {
      const detail = 'Others took checkpoints at the same time, again and again. Try once more.';
      return { kind: 'refused', findings: [{ kind: 'checkpoint-order', detail }], count: 1 };
    }
  }
}

async function takeOnce(
  store: EventStore,
  folder: CheckpointFolder,
  key: SigningKey,
  options: TakeOptions,
): Promise<Taken | 'taken by another'> {
  const { now, signal } = options;
  const findings = new Findings();
  const refused = (): Taken => ({ kind: 'refused', findings: findings.kept, count: findings.count });
  const known = await knownState(folder, key, findings.report);
  if (known === undefined || findings.count > 0) return refused();
  const { previous } = known;
  if (previous !== undefined) await checkPlace(store, known, previous, findings.report);
  if (findings.count > 0) return refused();
  const { state, changed } = await goOn(store, known, options, findings.report);
  if (signal.aborted) return { kind: 'stopped' };
  if (findings.count > 0) return refused();
  if (changed.size === 0 || state === undefined) {
    if (previous === undefined) return { kind: 'empty' };
    return { kind: 'unchanged', checkpoint: previous, file: folder.fileOf(previous.statement.number) };
  }
  const checkpoint = await signCheckpoint(state, { previous, changed: changed.size, takenAt: now(), key });
  const heads = [...changed].map(([stream, head]) => changedHeadOf(stream, head));
  const written = await folder.write(checkpoint, heads);
  if (!written) return 'taken by another';
  return { kind: 'taken', checkpoint, file: folder.fileOf(checkpoint.statement.number) };
}

/** What the checkpoints say of the log so far. */
type Known = {
  readonly previous: Checkpoint | undefined;
  readonly tree: MerkleTree;
  readonly heads: Map<string, Head>;
};

/** The state that all checkpoints together give, held against what the last one signed; undefined when they do not. */
async function knownState(folder: CheckpointFolder, key: SigningKey, report: Report): Promise<Known | undefined> {
  const pinned = publicKeyOf((await folder.publicKey()) ?? '', `${folder.path}/public-key.pem`);
  if (fingerprintOf(pinned) !== fingerprintOf(key.publicKey)) {
    const detail =
      `The checkpoints in ${folder.path} are signed with the key ${fingerprintOf(pinned)}, not with ` +
      `${fingerprintOf(key.publicKey)}. Name that key in GATEHOUSE_CHECKPOINT_KEY, or another folder in GATEHOUSE_CHECKPOINTS.`;
    report({ kind: 'key', detail });
    return undefined;
  }
  const heads = new Map<string, Head>();
  let previous: Checkpoint | undefined;
  for (const number of await folder.numbers()) {
    const expected: number = (previous?.statement.number ?? 0) + 1;
    if (number !== expected) {
      const detail = `Checkpoint ${expected} is missing. Put it back from a copy, or name a new folder.`;
      report({ kind: 'checkpoint-missing', checkpoint: expected, detail });
      return undefined;
    }
    previous = await addHeads(folder, number, heads, report);
    if (previous === undefined) return undefined;
  }
  if (previous === undefined) return { previous, tree: new MerkleTree(), heads };
  return trusted({ previous, heads }, key, report);
}

/** Adds the heads of one checkpoint to those before it; undefined when its file cannot be read. */
async function addHeads(
  folder: CheckpointFolder,
  number: number,
  heads: Map<string, Head>,
  report: Report,
): Promise<Checkpoint | undefined> {
  try {
    return await folder.read(number, ({ stream, revision, hash }) => heads.set(stream, { revision, hash }));
  } catch (error) {
    if (!(error instanceof UnreadableCheckpoint)) throw error;
    report({ kind: 'checkpoint', checkpoint: number, detail: error.message });
    return undefined;
  }
}

/** Builds on nothing but what was signed: the signature, and that all heads and the frontier give the signed roots. */
async function trusted(
  { previous, heads }: { previous: Checkpoint; heads: Map<string, Head> },
  key: SigningKey,
  report: Report,
): Promise<Known | undefined> {
  if (!checkSignature(previous, key.publicKey, report)) return undefined;
  const { number, headsRoot, streams } = previous.statement;
  const tree = treeOf(previous);
  if (tree === undefined) {
    report({ kind: 'log-root', checkpoint: number, detail: 'Its frontier does not give the root that it signed.' });
  }
  if (heads.size !== streams || (await headsTree(heads)).root().toString('hex') !== headsRoot) {
    report({
      kind: 'heads-root',
      checkpoint: number,
      detail: 'The heads up to it do not give the root that it signed.',
    });
    return undefined;
  }
  return tree === undefined ? undefined : { previous, tree, heads };
}

/** Whether the last event that was signed still stands where it did: a log cut or restored from a backup has another there. */
async function checkPlace(store: EventStore, { heads }: Known, previous: Checkpoint, report: Report): Promise<void> {
  const { lastStream } = previous;
  const { number, position } = previous.statement;
  const head = heads.get(lastStream);
  const found = head === undefined ? undefined : await firstOf(store, lastStream, head);
  if (found !== undefined && found.position === position && recordedHash(found) === head?.hash) return;
  const detail =
    `The log does not hold the last event that checkpoint ${number} covers (${lastStream} revision ${head?.revision}, ` +
    `position ${position}): it was cut, altered, restored from an older backup, or moved to another store. ` +
    'gatehouse audit verify says more. For a log that was restored or moved, name a new folder in GATEHOUSE_CHECKPOINTS.';
  report({ kind: 'cut', checkpoint: number, position, stream: lastStream, detail });
}

async function firstOf(store: EventStore, stream: string, { revision }: Head): Promise<StoredEvent | undefined> {
  try {
    for await (const event of store.read(stream, { from: revision })) return event;
  } catch (error) {
    // What is there cannot be read: it is not what was signed, either.
    if (!(error instanceof EventStoreError) || error.retryable) throw error;
  }
  return undefined;
}

type GoneOn = { readonly state: LogState | undefined; readonly changed: ReadonlyMap<string, Head> };

/** Reads what came since, each event checked against the one before it in its stream. */
async function goOn(
  store: EventStore,
  { previous, tree, heads }: Known,
  { signal, onProgress }: TakeOptions,
  report: Report,
): Promise<GoneOn> {
  const changed = new Map<string, Head>();
  let state: LogState | undefined;
  let log = previous?.statement.log;
  const after = previous === undefined ? {} : { after: previous.statement.position };
  const onUnreadable = ({ why: detail, ...place }: Unreadable): void =>
    report({ kind: 'unreadable', ...place, detail });
  for await (const event of store.readAll({ ...after, signal, onUnreadable })) {
    const { stream, revision, position } = event;
    checkChain(event, heads.get(stream), report);
    const head = { revision, hash: recordedHash(event) };
    heads.set(stream, head);
    changed.set(stream, head);
    tree.add(eventLeaf(event));
    log ??= event.id;
    state = { log, position, lastStream: stream, tree, heads };
    if (tree.size % eventsAtATime !== 0) continue;
    onProgress?.(tree.size);
    await nextTurn();
  }
  return { state, changed };
}
