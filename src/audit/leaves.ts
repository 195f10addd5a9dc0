/** What the two trees of a checkpoint are made of: every event of the log, and the last event of every stream. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Revision, StoredEvent } from '../eventStore/eventStore.js';
import { type Hash, leafHash, MerkleTree } from './merkle.js';

/** The last event of a stream: its revision and its hash. */
export type Head = { readonly revision: Revision; readonly hash: string };

/**
 * The heads of all streams, in the order in which the streams began. That order never changes as the log grows; names in
 * order of the alphabet would have to be sorted anew for every checkpoint, with millions of accounts.
 */
export type Heads = ReadonlyMap<string, Head>;

/** An event's recorded hash; an empty text where there is none. */
export function recordedHash({ metadata }: Pick<StoredEvent, 'metadata'>): string {
  const { hash } = metadata;
  return typeof hash === 'string' ? hash : '';
}

/** The leaf of an event in the log's tree: its place, its id, and the hash that covers all of it. */
export function eventLeaf({ position, stream, revision, id, ...event }: StoredEvent): Hash {
  return leafHash({ position, stream, revision, id, hash: recordedHash(event) });
}

/** The leaf of a stream in the tree of heads. */
export function headLeaf(stream: string, { revision, hash }: Head): Hash {
  return leafHash({ stream, revision, hash });
}

/** So many leaves are hashed before others get their turn. */
const leavesAtATime = 500;

/** The tree over all heads. */
export async function headsTree(heads: Heads): Promise<MerkleTree> {
  const tree = new MerkleTree();
  for (const [stream, head] of heads) {
    tree.add(headLeaf(stream, head));
    if (tree.size % leavesAtATime === 0) await nextTurn();
  }
  return tree;
}
