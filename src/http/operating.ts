/** What operators are shown of the node itself: its processes, its store, its settings. */
import type { ConsumerGroups } from '../eventStore/consumerGroups.js';
import type { Instant } from '../events/time.js';

/** A process of the product, as it is built into this node. */
export type KnownProcess = {
  readonly name: string;
  /** Whether it runs here. */
  readonly runsHere: boolean;
  /** Whether events are given to it: one whose effect fails again and again is parked. */
  readonly takesEvents: boolean;
  /** Why it cannot run as things are configured; null where it can. */
  readonly unavailable: string | null;
};

export type Operating = {
  readonly processes: readonly KnownProcess[];
  /** Opened when it is first asked for. */
  readonly groups: () => ConsumerGroups;
  readonly store: {
    readonly kind: 'embedded' | 'eventStoreDb';
    /** The file, or scheme and hosts: never a user or a password. */
    readonly described: string;
    /** The size of its files on disk; undefined where it is not on this node. */
    readonly bytes: () => Promise<number | undefined>;
  };
  /** Settings that matter when something is looked into, none of them secret. */
  readonly settings: Readonly<Record<string, string | number>>;
  readonly startedAt: Instant;
};
