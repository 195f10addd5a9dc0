/** Questions to the API as a component asks them: what was known is shown until the next answer is there. */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { problemOf } from './client.js';
import { type Told, useChanges } from './live.js';
import type { Problem } from './types.js';

export type Query<Data> = {
  /** The last answer; undefined until there is one. */
  readonly data: Data | undefined;
  /** When the last answer came, in milliseconds since 1970; undefined before it came. */
  readonly answeredAt: number | undefined;
  /** Why the last question was not answered. */
  readonly problem: Problem | undefined;
  /** A question is under way. */
  readonly loading: boolean;
  /** Asks again. @returns when the answer is there */
  readonly refresh: () => Promise<void>;
};

export type QueryOptions = {
  /** Asks again when this is so of a change that the server tells of. `missed` counts as one. */
  readonly when?: (told: Told) => boolean;
  /** Asks again every so many milliseconds while the page is in front. */
  readonly every?: number;
};

/** So many answers are kept for going back to a page that was left. */
const mostKept = 50;
const kept = new Map<string, unknown>();

function keep(key: string, value: unknown): void {
  kept.delete(key);
  kept.set(key, value);
  const [oldest] = kept.keys();
  if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
}

/** Changes that come together are answered by one question. In milliseconds. */
const together = 120;

type State<Data> = {
  readonly key: string;
  readonly data: Data | undefined;
  readonly answeredAt: number | undefined;
  readonly problem: Problem | undefined;
  readonly loading: boolean;
  /** Something happened since the question that is under way was asked. */
  readonly again: boolean;
};

const unanswered = { answeredAt: undefined, problem: undefined, loading: true, again: false };

/**
 * Asks `load` when the component is shown, when `key` changes, and as the options say.
 * @param key names the question: the same key, the same answer
 * @param load is given a signal that aborts when the answer is not wanted any more
 */
export function useQuery<Data>(
  key: string,
  load: (signal: AbortSignal) => Promise<Data>,
  { when, every }: QueryOptions = {},
): Query<Data> {
  const [, render] = useState(0);
  const state = useRef<State<Data> | undefined>(undefined);
  // Another question begins with what was last known of it.
  if (state.current?.key !== key) state.current = { ...unanswered, key, data: kept.get(key) as Data | undefined };
  const asked = useRef<AbortController | undefined>(undefined);
  const latest = useRef(load);
  latest.current = load;

  const refresh = useCallback(async (): Promise<void> => {
    const before = state.current;
    // Whoever still holds the one of another question does not give up this one.
    if (before?.key !== key) return;
    asked.current?.abort();
    const mine = new AbortController();
    asked.current = mine;
    state.current = { ...before, loading: true, again: false };
    const answer = await latest.current(mine.signal).then(
      (data) => ({ data, answeredAt: Date.now(), problem: undefined }),
      (error: unknown) => ({ problem: problemOf(error) }),
    );
    const now = state.current;
    if (mine.signal.aborted || now.key !== key) return;
    if ('data' in answer) keep(key, answer.data);
    state.current = { ...now, ...answer, loading: false };
    render((count) => count + 1);
    if (now.again) setTimeout(() => mine.signal.aborted || void refresh(), together);
  }, [key]);
  /** Asks again, once the question that is under way is answered: if each gave up the one before, none would ever be. */
  const refreshSoon = useCallback(async (): Promise<void> => {
    if (state.current?.key === key && state.current.loading) state.current = { ...state.current, again: true };
    else await refresh();
  }, [key, refresh]);

  useEffect(() => {
    void refresh();
    return () => asked.current?.abort();
  }, [refresh]);
  useRefreshWhen(refreshSoon, when);
  useRefreshEvery(refreshSoon, every);

  const { data, answeredAt, problem, loading } = state.current;
  return { data, answeredAt, problem, loading, refresh };
}

function useRefreshWhen(refresh: () => Promise<void>, when: QueryOptions['when']): void {
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useChanges((told) => {
    if (when?.(told) !== true || timer.current !== undefined) return;
    timer.current = setTimeout(() => {
      timer.current = undefined;
      void refresh();
    }, together);
  });
  useEffect(() => () => clearTimeout(timer.current), []);
}

function useRefreshEvery(refresh: () => Promise<void>, every: number | undefined): void {
  useEffect(() => {
    if (every === undefined) return undefined;
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') void refresh();
    }, every);
    return () => clearInterval(timer);
  }, [refresh, every]);
}

/** For `when`: a change of this account. */
export function ofAccount(accountId: string): (told: Told) => boolean {
  return (told) => told === 'missed' || told.accountId === accountId;
}
