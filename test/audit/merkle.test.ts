/** The tree that grows leaf by leaf is the one that RFC 9162 defines by halves. */
import { createHash } from 'node:crypto';
import { type Hash, leafHash, MerkleTree } from '../../src/audit/merkle.js';

const sha256 = (...parts: Uint8Array[]): Hash => createHash('sha256').update(Buffer.concat(parts)).digest();

/** The largest power of two below a number. */
function half(count: number): number {
  let power = 1;
  while (power * 2 < count) power *= 2;
  return power;
}

/** MTH of section 2.1.1, over leaves' hashes. */
function definedRoot(leaves: readonly Hash[]): Hash {
  const [first] = leaves;
  if (first === undefined) return sha256();
  if (leaves.length === 1) return first;
  const split = half(leaves.length);
  return sha256(Buffer.of(1), definedRoot(leaves.slice(0, split)), definedRoot(leaves.slice(split)));
}

/** PATH of section 2.1.3.1. */
function definedPath(index: number, leaves: readonly Hash[]): Hash[] {
  if (leaves.length <= 1) return [];
  const split = half(leaves.length);
  const [left, right] = [leaves.slice(0, split), leaves.slice(split)];
  return index < split
    ? [...definedPath(index, left), definedRoot(right)]
    : [...definedPath(index - split, right), definedRoot(left)];
}

const leavesOf = (count: number): Hash[] => Array.from({ length: count }, (_, index) => leafHash({ index }));
const hex = (hashes: readonly Hash[]): string[] => hashes.map((hash) => hash.toString('hex'));
const sizes = Array.from({ length: 70 }, (_, size) => size);

function treeOf(leaves: readonly Hash[]): MerkleTree {
  const tree = new MerkleTree();
  for (const leaf of leaves) tree.add(leaf);
  return tree;
}

test('a leaf is hashed as canonical JSON, behind a zero byte', () => {
  const leaf = createHash('sha256').update('\0{"a":1,"b":2}').digest();
  expect(leafHash({ b: 2, a: 1 })).toEqual(leaf);
});

test('given any number of leaves, then the root is the one that is defined', () => {
  const roots = sizes.map((size) => treeOf(leavesOf(size)).root());
  expect(hex(roots)).toEqual(hex(sizes.map((size) => definedRoot(leavesOf(size)))));
});

test('given any leaf of any tree, then its proof is the one that is defined', () => {
  for (const size of sizes.slice(1)) {
    const leaves = leavesOf(size);
    const tree = new MerkleTree();
    const proofs = leaves.map((leaf) => tree.addProved(leaf));
    expect(tree.close()).toEqual(definedRoot(leaves));
    expect(proofs.map(({ path }) => hex(path))).toEqual(leaves.map((_, index) => hex(definedPath(index, leaves))));
  }
});

test('given a frontier, then a tree goes on from it as if it had never stopped', () => {
  for (const size of sizes) {
    const before = treeOf(leavesOf(size));
    const after = MerkleTree.from(size, before.frontier);
    for (const leaf of leavesOf(size + 9).slice(size)) after.add(leaf);
    expect(after.root()).toEqual(definedRoot(leavesOf(size + 9)));
  }
});

test('given a frontier of another size, then it is refused', () => {
  expect(() => MerkleTree.from(6, treeOf(leavesOf(5)).frontier.slice(1))).toThrow(RangeError);
});
