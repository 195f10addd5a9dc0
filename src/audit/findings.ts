/** What an audit finds: each finding names its kind, where it is, and what is wrong there. */
import type { Position, Revision } from '../eventStore/eventStore.js';

/** What can be found. */
export const findingKinds = [
  /** The store finds fault with its own file. */
  'store',
  /** The log cannot be read, from some place on. */
  'log',
  /** A stored event cannot be read, or is not written as it was. */
  'unreadable',
  /** A position does not come after the one before. */
  'position',
  /** A stream of a name that no stream of this product has. */
  'stream',
  /** A revision is missing, or there twice. */
  'revision',
  /** An event's hash is not that of its content. */
  'hash',
  /** An event's id does not follow from its hash. */
  'id',
  /** An event does not chain to the one before it in its stream. */
  'chain',
  /** Data that the catalogue does not allow. */
  'schema',
  /** A published policy whose hash is not that of its document. */
  'policy',
  /** The chart refuses an event, or leads elsewhere than the event says. */
  'chart',
  /** A checkpoint's file cannot be read, or is not as it was written. */
  'checkpoint',
  /** A number is missing in the sequence of checkpoints. */
  'checkpoint-missing',
  /** A checkpoint's signature is not that of the key. */
  'signature',
  /** A checkpoint is signed by another key than the one it is checked with. */
  'key',
  /** A checkpoint does not follow from the one before it. */
  'checkpoint-order',
  /** The log does not begin with the event that the checkpoint's log began with. */
  'other-log',
  /** The log ends before a checkpoint does. */
  'cut',
  /** The events up to a checkpoint are not those that it was taken of. */
  'log-root',
  /** A stream's head is not what a checkpoint recorded. */
  'head',
  /** The heads up to a checkpoint are not those that it signed. */
  'heads-root',
] as const;
export type FindingKind = (typeof findingKinds)[number];

export type Finding = {
  readonly kind: FindingKind;
  readonly position?: Position;
  readonly stream?: string;
  readonly revision?: Revision;
  /** The number of a checkpoint. */
  readonly checkpoint?: number;
  readonly detail: string;
};

/** Takes a finding. */
export type Report = (finding: Finding) => void;

/** So many findings are kept; the rest is counted, for a log of another product may have one in every event. */
export const mostFindings = 1_000;

/** Keeps the first findings, and counts all of them. */
export class Findings {
  readonly #kept: Finding[] = [];
  #count = 0;

  /** All that were reported, also those that were not kept. */
  get count(): number {
    return this.#count;
  }

  get kept(): readonly Finding[] {
    return this.#kept;
  }

  readonly report: Report = (finding) => {
    this.#count += 1;
    if (this.#kept.length < mostFindings) this.#kept.push(finding);
  };
}

/** A finding on one line: kind, place, detail. */
export function findingLine({ kind, position, stream, revision, checkpoint, detail }: Finding): string {
  const place = [
    stream === undefined ? undefined : `${stream}${revision === undefined ? '' : ` revision ${revision}`}`,
    position === undefined ? undefined : `position ${position}`,
    checkpoint === undefined ? undefined : `checkpoint ${checkpoint}`,
  ].filter((part) => part !== undefined);
  return `${[kind, ...place].join(' · ')}: ${detail}`;
}
