/** Applies events to one generation of a read model: many events, one transaction. */
import { LRUCache } from 'lru-cache';
import type { Projection } from '../../projections/projection.js';
import type { Position, StoredEvent } from '../eventStore/eventStore.js';
import { decode } from '../events/upcast.js';
import type { Generation, ReadModelStore, RowWrite } from './store.js';

/** Rows kept in memory, so that an account's next event finds its row without reading and parsing it. */
const cachedRows = 5_000;

export class GenerationWriter<Row extends object> {
  readonly #cache = new LRUCache<string, Row>({ max: cachedRows });
  readonly #columnNames: readonly string[];
  /** Rows evolved and not yet written: nobody but this writer sees them. */
  #dirty = new Map<string, Row>();

  constructor(
    readonly store: ReadModelStore,
    readonly projection: Projection<Row>,
    readonly generation: Generation,
  ) {
    this.#columnNames = Object.keys(projection.columns);
  }

  get checkpoint(): Position | undefined {
    return this.generation.checkpoint;
  }

  /** Rows that wait to be written. */
  get dirtyRows(): number {
    return this.#dirty.size;
  }

  /**
   * Evolves the row of an event. One at or before the checkpoint was applied already and is left alone, so redelivery
   * changes nothing.
   */
  absorb(stored: StoredEvent): void {
    if (stored.position <= (this.generation.checkpoint ?? '')) return;
    const event = decode(stored);
    const key = this.projection.key(event);
    if (key === undefined) return;
    const before = this.projection.appendOnly === true ? undefined : (this.#dirty.get(key) ?? this.row(key));
    this.#dirty.set(key, this.projection.evolve(before, event));
  }

  /** Writes what was evolved, and the position that it reflects, in one transaction. */
  flush(checkpoint: Position | undefined): void {
    const rows = this.#dirty;
    if (rows.size === 0 && checkpoint === this.generation.checkpoint) return;
    this.store.write(this.generation, this.#columnNames, this.#writes(rows), checkpoint);
    this.#dirty = new Map();
    // Only what was committed is served from memory.
    if (this.projection.appendOnly !== true) for (const [key, row] of rows) this.#cache.set(key, row);
  }

  /** Forgets what was evolved and not written, to take the events again after a failure. */
  discard(): void {
    this.#dirty = new Map();
  }

  /** One row, as committed. */
  row(key: string): Row | undefined {
    const known = this.#cache.get(key);
    if (known !== undefined) return known;
    const text = this.store.get(this.generation, key);
    if (text === undefined) return undefined;
    const row = JSON.parse(text) as Row;
    this.#cache.set(key, row);
    return row;
  }

  *#writes(rows: ReadonlyMap<string, Row>): Iterable<RowWrite> {
    const columns = Object.values(this.projection.columns);
    for (const [key, row] of rows) {
      yield { key, row: JSON.stringify(row), columns: columns.map((column) => column(row)) };
    }
  }
}
