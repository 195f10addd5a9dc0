/** Looking for rows without holding anybody up: window by window, with a turn for others between, and with an end. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Generation, ReadModelStore, RowScan, Scanned } from './store.js';

/** A read model as its runner has it; a rebuild exchanges the generation, with the same keys. */
type Searched = { readonly store: ReadModelStore; readonly generation: Generation };

export type Search = RowScan & {
  /** Most rows to look at in all. What is found by then is the answer, and `next` says where to go on. */
  readonly most: number;
};

/** Rows that meet every condition, as many as the limit says, and where the next search goes on. */
export async function search(model: Searched, { most, ...scan }: Search): Promise<Scanned> {
  const rows: string[] = [];
  let next = scan.after;
  for (let looked = 0; looked < most; looked += scan.window) {
    // The generation is asked for anew: a rebuilt one may serve since the window before.
    const found = model.store.scan(model.generation, { ...scan, after: next, limit: scan.limit - rows.length });
    rows.push(...found.rows);
    next = found.next;
    if (next === undefined || rows.length === scan.limit) break;
    await nextTurn();
  }
  return { rows, next };
}
