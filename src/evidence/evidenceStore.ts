/**
 * The evidence store port: where the bytes of evidence are, by their SHA-256. The log names them; it never holds them.
 * `test/evidence/contract.ts` is its definition, run on every adapter.
 */
import type { Readable } from 'node:stream';

/** Bytes that came in and lie in a local file, not yet kept: they are looked at first. */
export type StagedEvidence = {
  /** The local file, until `discard`. */
  readonly file: string;
  /** SHA-256 of the bytes, in hexadecimal. */
  readonly sha256: string;
  /** How many bytes. */
  readonly bytes: number;
  /**
   * Keeps the bytes: durable and complete when it resolves, and as young as any, also when they were there before. May
   * be called again.
   * @throws {EvidenceStoreUnavailable}
   */
  readonly keep: () => Promise<void>;
  /** Removes the local file; what was kept stays. Calling it again does nothing. */
  readonly discard: () => Promise<void>;
};

/** Bytes in the store. */
export type OpenedEvidence = { readonly bytes: number; readonly stream: Readable };

/** What the store lists: which bytes, and when they were kept last, in milliseconds since 1970. */
export type KeptEvidence = { readonly sha256: string; readonly modifiedAt: number };

export interface EvidenceStore {
  /**
   * Writes bytes to a local file as they come, a piece at a time in memory.
   * @throws whatever the source throws; nothing is left behind then
   * @throws {EvidenceStoreUnavailable} when they cannot be written
   */
  stage(source: AsyncIterable<Uint8Array>): Promise<StagedEvidence>;

  /** The bytes; undefined where there are none. @throws {EvidenceStoreUnavailable} */
  open(sha256: string): Promise<OpenedEvidence | undefined>;

  /** Whether the bytes are there. @throws {EvidenceStoreUnavailable} */
  has(sha256: string): Promise<boolean>;

  /** All that is kept, in no order. @throws {EvidenceStoreUnavailable} */
  list(): AsyncIterable<KeptEvidence>;

  /**
   * Removes bytes that were last kept before an instant (milliseconds since 1970); younger ones stay.
   * @returns whether they are gone
   * @throws {EvidenceStoreUnavailable}
   */
  remove(sha256: string, keptBefore: number): Promise<boolean>;

  /** Removes local files that were staged before an instant and never discarded. @returns how many */
  removeStaged(before: number): Promise<number>;

  /** Lets go of connections. */
  close(): void;
}

/** The store cannot be reached, read or written just now. */
export class EvidenceStoreUnavailable extends Error {
  override readonly name = 'EvidenceStoreUnavailable';
}

/** The path of bytes under a store's folder or prefix: spread over folders, so that none grows beyond measure. */
export function pathOf(sha256: string): string {
  return `${sha256.slice(0, 2)}/${sha256.slice(2, 4)}/${sha256}`;
}

/** The SHA-256 that a path ends in; undefined for a path that is none of ours. */
export function sha256Of(path: string): string | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return /^[0-9a-f]{64}$/.test(name) && path.endsWith(pathOf(name)) ? name : undefined;
}
