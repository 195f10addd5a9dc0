/**
 * The list of reviews as somebody works through it: it follows what happens elsewhere without moving what they look at.
 * Lines come in the queue's order. A line that has left the queue stays, marked as gone, until it is out of sight; one
 * that would push in among those in sight waits until it is asked for.
 */

/** What the list needs to know of a line. */
export type Line = {
  readonly accountId: string;
  readonly waitingSince: string | null;
  readonly revision: number;
};

export type Row<L extends Line> = { readonly line: L; readonly gone: boolean };

export type Queue<L extends Line> = {
  readonly rows: readonly Row<L>[];
  /** Arrivals that wait to be shown. */
  readonly held: readonly L[];
};

/** The rows in sight: indices of the first and the last. */
export type Sight = { readonly first: number; readonly last: number };

/** A list after a change, and by how many rows what was in sight moved down (negative: up). */
export type Moved<L extends Line> = { readonly queue: Queue<L>; readonly by: number };

export function emptyQueue<L extends Line>(): Queue<L> {
  return { rows: [], held: [] };
}

/** The order of the queue: the longest waiting first. */
function compare(one: Line, other: Line): number {
  const [a, b] = [one.waitingSince ?? '', other.waitingSince ?? ''];
  if (a !== b) return a < b ? -1 : 1;
  return one.accountId < other.accountId ? -1 : one.accountId > other.accountId ? 1 : 0;
}

/** Where a line belongs among rows. */
function placeOf<L extends Line>(rows: readonly Row<L>[], line: L): number {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const row = rows[middle];
    if (row !== undefined && compare(row.line, line) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The list with another page of it; what is known already is brought up to date. */
export function withPage<L extends Line>(queue: Queue<L>, items: readonly L[]): Queue<L> {
  const known = new Map(queue.rows.map((row, index) => [row.line.accountId, index]));
  const rows = [...queue.rows];
  const fresh: Row<L>[] = [];
  for (const line of items) {
    const index = known.get(line.accountId);
    if (index !== undefined && rows[index]?.line.waitingSince === line.waitingSince)
      rows[index] = { line, gone: false };
    else if (index === undefined) fresh.push({ line, gone: false });
  }
  const last = rows.at(-1);
  const first = fresh[0];
  const follows = last === undefined || first === undefined || compare(last.line, first.line) < 0;
  const all = [...rows, ...fresh];
  return { ...queue, rows: follows ? all : all.toSorted((one, other) => compare(one.line, other.line)) };
}

/**
 * The list after news of some accounts.
 * @param news their lines as they are now
 * @param belongs whether a line is still one of this list
 * @param loadedTo the last line that was loaded, while more are on their way: what comes after it comes by itself
 */
export function withNews<L extends Line>(
  queue: Queue<L>,
  news: readonly L[],
  belongs: (line: L) => boolean,
  sight: Sight,
  loadedTo?: L,
): Moved<L> {
  const byId = new Map(news.map((line) => [line.accountId, line]));
  const rows = queue.rows.map((row) => {
    const line = byId.get(row.line.accountId);
    if (line === undefined || line.revision < row.line.revision) return row;
    byId.delete(line.accountId);
    const stays = belongs(line);
    // It keeps its place, also when it has come back with another time of waiting.
    return { line: { ...line, waitingSince: row.line.waitingSince }, gone: !stays };
  });
  const known = new Set(rows.map(({ line }) => line.accountId));
  let held = queue.held.flatMap((line) => {
    const now = byId.get(line.accountId) ?? line;
    byId.delete(line.accountId);
    return belongs(now) ? [now] : [];
  });
  let by = 0;
  for (const line of byId.values()) {
    if (known.has(line.accountId) || !belongs(line)) continue;
    if (loadedTo !== undefined && compare(line, loadedTo) > 0) continue;
    const place = placeOf(rows, line);
    const inSight = place > sight.first + by && place <= sight.last + by;
    if (inSight) {
      held = [...held, line];
      continue;
    }
    rows.splice(place, 0, { line, gone: false });
    if (place <= sight.first + by) by += 1;
  }
  return { queue: { rows, held }, by };
}

/** The list without the gone lines that are out of sight. @param kept a line that stays, because the focus is on it */
export function swept<L extends Line>(queue: Queue<L>, sight: Sight, kept: string | undefined): Moved<L> {
  let by = 0;
  const rows = queue.rows.filter((row, index) => {
    const inSight = index >= sight.first && index <= sight.last;
    const stays = !row.gone || inSight || row.line.accountId === kept;
    if (!stays && index < sight.first) by -= 1;
    return stays;
  });
  return rows.length === queue.rows.length ? { queue, by: 0 } : { queue: { ...queue, rows }, by };
}

/** The list with what was held back, in its places, and without what is gone. */
export function withHeld<L extends Line>({ rows, held }: Queue<L>): Queue<L> {
  const all = [...rows.filter(({ gone }) => !gone), ...held.map((line) => ({ line, gone: false }))];
  return { rows: all.toSorted((one, other) => compare(one.line, other.line)), held: [] };
}

/** The account after (or before) this one in the list, leaving out what is gone. */
export function neighbour<L extends Line>({ rows }: Queue<L>, accountId: string, step: 1 | -1): string | undefined {
  let index = rows.findIndex(({ line }) => line.accountId === accountId);
  if (index === -1) return undefined;
  for (index += step; index >= 0 && index < rows.length; index += step) {
    const row = rows[index];
    if (row?.gone === false) return row.line.accountId;
  }
  return undefined;
}
