/**
 * A Merkle tree as in RFC 9162, section 2.1 (SHA-256; leaves are hashed with a 0x00 before them, nodes with a 0x01, so that
 * neither passes for the other), grown leaf by leaf. What is kept are the roots of its complete subtrees, one for each bit
 * of its size: O(log n), whatever the log's length. A tree can go on growing from them.
 */
import { hash as digest } from 'node:crypto';
import canonicalize from 'canonicalize';

/** A SHA-256. */
export type Hash = Buffer;

/** The way from a leaf to the root: its number in the tree, and the hashes beside the way, from the leaf up. */
export type InclusionProof = { readonly index: number; readonly path: Hash[] };

const leafMark = Buffer.of(0);
const nodeMark = Buffer.of(1);

function sha256(...parts: readonly Uint8Array[]): Hash {
  return digest('sha256', Buffer.concat(parts), 'buffer');
}

/** The hash of a leaf: of its canonical JSON (RFC 8785). */
export function leafHash(leaf: unknown): Hash {
  return sha256(leafMark, Buffer.from(canonicalize(leaf) ?? ''));
}

/** A complete subtree, with the proofs that are being made of leaves in it. */
type Peak = { readonly hash: Hash; readonly proofs: readonly InclusionProof[] };

export class MerkleTree {
  /** The roots of the complete subtrees, the largest first. */
  #peaks: Peak[] = [];
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** The roots of its complete subtrees in hexadecimal, the largest first: what it goes on from. */
  get frontier(): string[] {
    return this.#peaks.map(({ hash }) => hash.toString('hex'));
  }

  /**
   * A tree as it was at a size.
   * @throws {RangeError} when so many leaves do not have so many complete subtrees
   */
  static from(size: number, frontier: readonly string[]): MerkleTree {
    if (bitsOf(size) !== frontier.length) throw new RangeError(`${size} leaves have not ${frontier.length} subtrees`);
    const tree = new MerkleTree();
    tree.#size = size;
    tree.#peaks = frontier.map((text) => ({ hash: Buffer.from(text, 'hex'), proofs: [] }));
    return tree;
  }

  add(leaf: Hash): void {
    this.#push({ hash: leaf, proofs: [] });
  }

  /** Adds a leaf whose inclusion is to be proved; the proof is complete after `close`. */
  addProved(leaf: Hash): InclusionProof {
    const proof: InclusionProof = { index: this.#size, path: [] };
    this.#push({ hash: leaf, proofs: [proof] });
    return proof;
  }

  /** The root over all leaves; of none, the hash of nothing. */
  root(): Hash {
    const hashes = this.#peaks.map(({ hash }) => hash);
    return hashes.length === 0 ? sha256() : hashes.reduceRight((right, left) => sha256(nodeMark, left, right));
  }

  /** Ends the tree: the proofs begun in it lead to this root. */
  close(): Hash {
    while (this.#peaks.length > 1) this.#join();
    return this.root();
  }

  #push(peak: Peak): void {
    this.#peaks.push(peak);
    this.#size += 1;
    // Two subtrees of one size become one of twice the size: as often as the new size has zero bits at its end.
    for (let rest = this.#size; rest % 2 === 0; rest /= 2) this.#join();
  }

  /** Makes one subtree of the last two. */
  #join(): void {
    const [left, right] = this.#peaks.splice(-2);
    if (left === undefined || right === undefined) throw new Error('two subtrees are joined, and there are fewer');
    for (const { path } of left.proofs) path.push(right.hash);
    for (const { path } of right.proofs) path.push(left.hash);
    this.#peaks.push({
      hash: sha256(nodeMark, left.hash, right.hash),
      proofs: left.proofs.length === 0 ? right.proofs : [...left.proofs, ...right.proofs],
    });
  }
}

/** How many bits of a number are 1. */
function bitsOf(size: number): number {
  return size.toString(2).replaceAll('0', '').length;
}
