/** Lists that come in pages: the first ones when the question changes, further ones when they are asked for. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { problemOf } from './client.js';
import { gather, type Gathered } from './gather.js';
import type { Problem } from './types.js';

export type Pages<Item> = {
  /** Undefined before the first answer. */
  readonly items: readonly Item[] | undefined;
  /** There may be more. */
  readonly more: boolean;
  readonly loading: boolean;
  readonly problem: Problem | undefined;
  readonly loadMore: () => Promise<void>;
  /** Begins anew, what is shown stays until the answer is there. */
  readonly reload: () => Promise<void>;
  /** Asks once more what was asked last: the first pages, or the next ones. */
  readonly retry: () => Promise<void>;
};

export type PagesOptions = {
  /** Pages that hold less are followed by the next ones at once. */
  readonly enough?: number;
  /** Asks again every so many milliseconds while the page is in front, and only the first page is shown. */
  readonly every?: number;
};

type State<Item> = {
  readonly key: string;
  readonly items: readonly Item[] | undefined;
  readonly next: string | null;
  readonly pages: number;
  readonly loading: boolean;
  readonly problem: Problem | undefined;
};

function nothing<Item>(key: string): State<Item> {
  return { key, items: undefined, next: null, pages: 0, loading: true, problem: undefined };
}

/**
 * @param key names the list: another key is another list
 * @param load asks for the page that begins at a cursor
 */
export function usePages<Item>(
  key: string,
  load: (cursor: string | null, signal: AbortSignal) => Promise<Gathered<Item>>,
  { enough = 1, every }: PagesOptions = {},
): Pages<Item> {
  const [state, setState] = useState<State<Item>>(nothing(key));
  const latest = useRef({ state, load });
  latest.current = { state, load };
  const asked = useRef<AbortController | undefined>(undefined);
  const again = useRef<() => Promise<void>>(async () => undefined);
  const ask = async (before: readonly Item[], from: string | null, pages: number, quietly = false): Promise<void> => {
    again.current = async () => ask(before, from, pages);
    asked.current?.abort();
    const { signal } = (asked.current = new AbortController());
    const update = (change: Partial<State<Item>>): void => {
      if (!signal.aborted)
        setState((current) => ({ ...(current.key === key ? current : nothing<Item>(key)), ...change }));
    };
    // A problem that is still there is not told anew each time that it is looked again.
    update(quietly ? { loading: true } : { loading: true, problem: undefined });
    try {
      const { items, next } = await gather((cursor) => latest.current.load(cursor, signal), from, enough);
      update({ items: [...before, ...items], next, pages, loading: false, problem: undefined });
    } catch (error) {
      update({ loading: false, problem: problemOf(error) });
    }
  };
  const reload = async (): Promise<void> => ask([], null, 1);
  useEffect(() => {
    void reload();
    return () => asked.current?.abort();
  }, [key]);
  useEffect(() => {
    if (every === undefined) return undefined;
    const timer = setInterval(() => {
      const { pages, loading } = latest.current.state;
      if (document.visibilityState === 'visible' && pages <= 1 && !loading) void ask([], null, 1, true);
    }, every);
    return () => clearInterval(timer);
  }, [key, every]);
  const shown = state.key === key ? state : nothing<Item>(key);
  return {
    items: shown.items,
    more: shown.next !== null,
    loading: shown.loading,
    problem: shown.problem,
    loadMore: async () => ask(shown.items ?? [], shown.next, shown.pages + 1),
    reload,
    retry: async () => again.current(),
  };
}
