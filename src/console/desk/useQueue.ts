/** The queue as the server has it: loaded page after page, and kept up to date by what the server tells. */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { api, bodyOf, problemOf } from '../api/client.js';
import { useChanges } from '../api/live.js';
import type { Answer, Problem } from '../api/types.js';
import { addressOf, belongs, type Filter, questionOf, type ReviewLine } from './filter.js';
import { emptyQueue, type Moved, type Queue, type Sight, swept, withHeld, withNews, withPage } from './queue.js';

/** The first page comes at once; the others hold more. */
const firstPage = 100;
const nextPage = 1_000;
/** Most lines kept in the page: some 20 MB. Whoever has more of them narrows the list. */
export const mostLines = 20_000;
/** Most accounts that are asked for by name; with more news the list is loaded anew. */
const mostNews = 100;
/** How often those are looked for that became overdue, in milliseconds. */
const untilOverdue = 60_000;
/** News that come together are asked for together. In milliseconds. */
const together = 120;

const now = (): string => new Date().toISOString();

/** Where somebody was in a list that they left, by its address. */
export type Place = { readonly top: number; readonly active: string | undefined };
type Remembered = { readonly queue: Queue<ReviewLine>; readonly place: Place };
const remembered = new Map<string, Remembered>();
const mostRemembered = 3;
let lastList: string | undefined;

/** The list that was looked at last, to go on in it from a review. */
export function listBefore(): Queue<ReviewLine> | undefined {
  return lastList === undefined ? undefined : remembered.get(lastList)?.queue;
}

/** Its address. */
export function listAddress(): string {
  return lastList ?? '/console/reviews';
}

/** Going back to the list leads to this account, which was gone on to from there. */
export function goOnWith(accountId: string): void {
  const one = lastList === undefined ? undefined : remembered.get(lastList);
  if (lastList === undefined || one === undefined) return;
  remembered.set(lastList, { ...one, place: { ...one.place, active: accountId } });
}

function remember(address: string, one: Remembered): void {
  remembered.delete(address);
  remembered.set(address, one);
  const [oldest] = remembered.keys();
  if (remembered.size > mostRemembered && oldest !== undefined) remembered.delete(oldest);
}

export function placeIn(filter: Filter): Place {
  return remembered.get(addressOf(filter))?.place ?? { top: 0, active: undefined };
}

async function page(filter: Filter, me: string, limit: number, cursor: string | undefined, signal: AbortSignal) {
  const query = { ...questionOf(filter, me), limit: String(limit), ...(cursor === undefined ? {} : { cursor }) };
  return bodyOf<Answer<'/v1/review-lines'>>(api.GET('/v1/review-lines', { params: { query }, signal }));
}

async function linesOf(accounts: readonly string[], after: string | undefined): Promise<ReviewLine[]> {
  const query = { accounts: accounts.join(','), ...(after === undefined ? {} : { after }) };
  return (await bodyOf<Answer<'/v1/review-lines'>>(api.GET('/v1/review-lines', { params: { query } }))).items;
}

export type LiveQueue = {
  readonly queue: Queue<ReviewLine>;
  /** By how many rows what is in sight has moved since the list was opened, whatever was scrolled. */
  readonly moved: number;
  /** The first page is still on its way. */
  readonly loading: boolean;
  /** Every line is there; else more are on their way, or there are more than are kept. */
  readonly complete: boolean;
  readonly problem: Problem | undefined;
  readonly reload: () => void;
  readonly showHeld: () => void;
  /** Takes away what is gone and out of sight. */
  readonly sweep: () => void;
  /** Remembers where somebody is in the list. */
  readonly leave: (place: Place) => void;
};

type State = Pick<LiveQueue, 'queue' | 'moved' | 'loading' | 'complete' | 'problem'>;

/** What somebody sees just now: rows, the account that has the focus, and which moves were followed by then. */
export type Seen = Sight & { readonly active: string | undefined; readonly moved: number };

export function useQueue(filter: Filter, me: string, inSight: () => Seen): LiveQueue {
  const address = addressOf(filter);
  const before = remembered.get(address)?.queue;
  const [state, setState] = useState<State>(() => ({
    queue: before ?? emptyQueue(),
    moved: 0,
    loading: before === undefined,
    complete: false,
    problem: undefined,
  }));
  const loadedTo = useRef<ReviewLine | undefined>(undefined);
  const loading = useRef<AbortController | undefined>(undefined);
  const sight = useRef(inSight);
  sight.current = inSight;
  const latest = useRef(state.queue);
  latest.current = state.queue;

  const move = useCallback(
    (change: (queue: Queue<ReviewLine>, seen: Seen) => Moved<ReviewLine>) =>
      setState((old) => {
        const seen = sight.current();
        // Moves that the view has not followed yet: what is in sight is further down by them.
        const ahead = old.moved - seen.moved;
        const { queue, by } = change(old.queue, { ...seen, first: seen.first + ahead, last: seen.last + ahead });
        return queue === old.queue ? old : { ...old, queue, moved: old.moved + by };
      }),
    [],
  );
  const hear = useCallback(
    (news: readonly ReviewLine[], until?: ReviewLine) => {
      const at = now();
      move((queue, seen) => withNews(queue, news, (line) => belongs(line, filter, me, at), seen, until));
    },
    [address, me, move],
  );

  const reload = useCallback(() => {
    loading.current?.abort();
    const mine = new AbortController();
    loading.current = mine;
    void loadAll(mine.signal);

    /** What was on the list and is on no page any more has left it, unless it came while the pages were read. */
    async function leftBehind(seen: ReadonlySet<string>, old: Queue<ReviewLine>): Promise<void> {
      const missing = old.rows.map(({ line }) => line.accountId).filter((id) => !seen.has(id));
      for (let from = 0; from < missing.length && !mine.signal.aborted; from += mostNews) {
        hear(await linesOf(missing.slice(from, from + mostNews), undefined));
      }
    }

    async function loadAll(signal: AbortSignal): Promise<void> {
      const seen = new Set<string>();
      const old = latest.current;
      const isFirst = old.rows.length === 0;
      setState((one) => ({ ...one, complete: false }));
      let next: string | undefined;
      try {
        do {
          const { items, next: more } = await page(filter, me, next === undefined ? firstPage : nextPage, next, signal);
          if (signal.aborted) return;
          for (const { accountId } of items) seen.add(accountId);
          loadedTo.current = items.at(-1) ?? loadedTo.current;
          next = more ?? undefined;
          const complete = next === undefined;
          // On a list that somebody looks at, a page is news of its lines.
          if (!isFirst) hear(items);
          setState((one) => ({
            ...one,
            queue: isFirst ? withPage(one.queue, items) : one.queue,
            loading: false,
            problem: undefined,
            complete,
          }));
        } while (next !== undefined && seen.size < mostLines);
        if (next === undefined) loadedTo.current = undefined;
        await leftBehind(seen, old);
      } catch (error) {
        if (!signal.aborted) setState((one) => ({ ...one, loading: false, problem: problemOf(error) }));
      }
    }
  }, [address, me, hear]);

  useEffect(() => {
    lastList = address;
    reload();
    return () => loading.current?.abort();
  }, [reload]);
  useNews(reload, (news) => hear(news, loadedTo.current));
  useEffect(() => {
    if (filter.tab !== 'overdue') return undefined;
    // Time alone makes a review overdue; nothing happens that the server would tell.
    const timer = setInterval(reload, untilOverdue);
    return () => clearInterval(timer);
  }, [reload]);

  const leave = useCallback((place: Place) => remember(address, { queue: latest.current, place }), [address]);
  const sweep = useCallback(() => move((queue, seen) => swept(queue, seen, seen.active)), [move]);
  const showHeld = useCallback(() => move((queue) => ({ queue: withHeld(queue), by: 0 })), [move]);
  return { ...state, reload, showHeld, sweep, leave };
}

/** Asks for the lines of the accounts that something happened to. */
function useNews(reload: () => void, hear: (news: readonly ReviewLine[]) => void): void {
  const waiting = useRef({ ids: new Set<string>(), position: undefined as string | undefined });
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const latest = useRef({ reload, hear });
  latest.current = { reload, hear };

  const ask = async (): Promise<void> => {
    timer.current = undefined;
    const { ids, position } = waiting.current;
    waiting.current = { ids: new Set(), position: undefined };
    if (ids.size > mostNews) {
      latest.current.reload();
      return;
    }
    try {
      latest.current.hear(await linesOf([...ids], position));
    } catch {
      // What these accounts are now is not known: the list is asked for as a whole.
      latest.current.reload();
    }
  };
  useChanges((told) => {
    if (told === 'missed') {
      latest.current.reload();
      return;
    }
    waiting.current.ids.add(told.accountId);
    waiting.current.position = told.position;
    timer.current ??= setTimeout(() => void ask(), together);
  });
  useEffect(() => () => clearTimeout(timer.current), []);
}
