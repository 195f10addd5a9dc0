/** The shape of every projection. */
import type { EventType } from '../src/events/catalogue.js';
import type { RecordedEvent } from '../src/events/upcast.js';

/** What a projection sees of an event: values only from the event itself, never from a clock or another store. */
export type ProjectedEvent = RecordedEvent;

/** A value that a read model's column can hold. */
export type ColumnValue = string | number | null;

/**
 * A read model: rows by key, evolved one event at a time. Pure; the runner delivers each event once, in order, and keeps
 * rows and checkpoint in one transaction.
 */
export type Projection<Row extends object> = {
  /** Names the table, the metrics and the command line's argument. */
  readonly name: string;
  /** Raised when rows of an older version cannot be evolved further; the read model is then rebuilt at start. */
  readonly version: number;
  /** The events that it handles. */
  readonly types: readonly EventType[];
  /** The key of the row that an event belongs to; an event without one is left alone. */
  readonly key: (event: ProjectedEvent) => string | undefined;
  /** The row after an event. */
  readonly evolve: (row: Row | undefined, event: ProjectedEvent) => Row;
  /** Each event makes a row of its own: there is never a row before it to look for. */
  readonly appendOnly?: true;
  /** Values to filter and sort by, derived from the row. */
  readonly columns: Readonly<Record<string, (row: Row) => ColumnValue>>;
  /** Columns of each index. */
  readonly indexes: readonly (readonly string[])[];
};

/** Any projection, where its rows do not matter. */
export type AnyProjection = Projection<never>;
