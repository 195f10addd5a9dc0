/** Applies events to one generation of a read model: many events, one transaction. */
import { LRUCache } from 'lru-cache';
import type { ProjectedEvent, Projection } from '../../projections/projection.js';
import type { Position, StoredEvent } from '../eventStore/eventStore.js';
import { decode } from '../events/upcast.js';
import type { Generation, ReadModelStore, RowWrite } from './store.js';

/** Rows kept in memory, so that an account's next event finds its row without reading and parsing it. */
const cachedRows = 5_000;

export class GenerationWriter<Row extends object> {
  readonly #cache = new LRUCache<string, Row>({ max: cachedRows });
  readonly #columnNames: readonly string[];

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

  /**
   * Applies events, in log order, and moves the checkpoint. An event at or before the checkpoint was applied already and
   * is left alone, so redelivery changes nothing.
   */
  apply(events: readonly StoredEvent[], checkpoint: Position | undefined): void {
    const rows = new Map<string, Row>();
    const before = this.generation.checkpoint ?? '';
    for (const stored of events) if (stored.position > before) this.#applyOne(rows, decode(stored));
    if (rows.size === 0 && checkpoint === this.generation.checkpoint) return;
    this.store.write(this.generation, this.#columnNames.length, this.#writes(rows), checkpoint);
    // Only what was committed is served from memory.
    if (this.projection.appendOnly !== true) for (const [key, row] of rows) this.#cache.set(key, row);
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

  #applyOne(rows: Map<string, Row>, event: ProjectedEvent): void {
    const key = this.projection.key(event);
    if (key === undefined) return;
    const before = this.projection.appendOnly === true ? undefined : (rows.get(key) ?? this.row(key));
    rows.set(key, this.projection.evolve(before, event));
  }

  *#writes(rows: ReadonlyMap<string, Row>): Iterable<RowWrite> {
    const columns = Object.values(this.projection.columns);
    for (const [key, row] of rows) {
      yield { key, row: JSON.stringify(row), columns: columns.map((column) => column(row)) };
    }
  }
}
