/** A review as somebody reads it: it stays as it is while they read, and says when something has come in since. */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { api, bodyOf, problemOf } from '../api/client.js';
import type { CommandAnswer } from '../api/commands.js';
import { useChanges } from '../api/live.js';
import { pause } from '../api/pause.js';
import type { Answer, Problem, ReviewPage } from '../api/types.js';
import { bearsOnDecision, besides, changedParts, type Part } from './changes.js';

/** An event of the account, as reviewers see it. */
export type TimelineItem = {
  readonly revision: number;
  readonly type: string;
  readonly occurredAt: string;
  readonly actor: { readonly type: string; readonly id: string };
  readonly data: Readonly<Record<string, unknown>>;
};

export type OpenReview = {
  /** What is shown, and what decisions are pinned to. */
  readonly review: ReviewPage | undefined;
  readonly problem: Problem | undefined;
  /** What came in since and bears on a decision; it is not shown yet. */
  readonly news: readonly TimelineItem[];
  /** The parts of the page that the last news changed. */
  readonly marked: ReadonlySet<Part>;
  readonly showNews: () => void;
  readonly unmark: () => void;
  /**
   * Asks anew, and takes over what there is; what others did meanwhile is marked.
   * @param done a command of one's own that it must reflect
   */
  readonly refresh: (done?: CommandAnswer) => Promise<void>;
  /** Looks whether something came in. @param atLeast a revision that the service has named: it is waited for */
  readonly look: (atLeast?: number) => Promise<void>;
  /** While a command of one's own is under way, its events are no news. */
  readonly hold: <T>(work: () => Promise<T>) => Promise<T>;
};

/** Changes that come together are looked at together. In milliseconds. */
const together = 150;

async function ask(accountId: string, after: string | undefined): Promise<ReviewPage> {
  const query = after === undefined ? {} : { after };
  return bodyOf<Answer<'/v1/reviews/{accountId}'>>(
    api.GET('/v1/reviews/{accountId}', { params: { path: { accountId }, query } }),
  );
}

/** How often, and after how many milliseconds, it is asked again for a revision that the read model is to reach. */
const patience = { times: 12, pause: 150 } as const;

async function askUntil(accountId: string, after: string | undefined, atLeast: number): Promise<ReviewPage> {
  let review = await ask(accountId, after);
  for (let times = 0; review.revision < atLeast && times < patience.times; times++) {
    await pause(patience.pause);
    review = await ask(accountId, after);
  }
  return review;
}

/** So many events are asked for at once. */
const mostEvents = 200;

/** The account's events from a revision on, the oldest first; the first 200 of them. */
export async function eventsFrom(accountId: string, from: number, after?: string): Promise<TimelineItem[]> {
  const query = { from: String(from), limit: String(mostEvents), ...(after === undefined ? {} : { after }) };
  const body = await bodyOf<Answer<'/v1/accounts/{accountId}/timeline'>>(
    api.GET('/v1/accounts/{accountId}/timeline', { params: { path: { accountId }, query } }),
  );
  return body.items as unknown as TimelineItem[];
}

type State = Pick<OpenReview, 'review' | 'problem' | 'news' | 'marked'> & { readonly latest?: ReviewPage | undefined };

const nothing: State = { review: undefined, problem: undefined, news: [], marked: new Set<Part>() };

export function useReview(accountId: string): OpenReview {
  const [state, setState] = useState<State>(nothing);
  const shown = useRef<ReviewPage | undefined>(undefined);
  shown.current = state.review;
  const held = useRef({ works: 0, missed: false });
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const heardTo = useRef<string | undefined>(undefined);

  const refresh = useCallback(
    async (done?: CommandAnswer) => {
      const before = shown.current?.revision ?? Infinity;
      try {
        const review = await ask(accountId, done?.position ?? undefined);
        const events = review.revision > before ? await eventsFrom(accountId, before + 1, review.position) : [];
        const others = besides(events, done);
        const changed = bearsOnDecision(others) ? changedParts(others) : [];
        setState((old) => ({ ...nothing, review, marked: new Set([...old.marked, ...changed]) }));
      } catch (error) {
        setState((old) => ({ ...old, problem: problemOf(error) }));
      }
    },
    [accountId],
  );

  const look = useCallback(
    async (atLeast = 0) => {
      const before = shown.current;
      if (before === undefined) return refresh();
      try {
        const latest = await askUntil(accountId, heardTo.current, atLeast);
        if (latest.revision <= before.revision || shown.current !== before) return undefined;
        const events = await eventsFrom(accountId, before.revision + 1, latest.position);
        const news = events.filter(({ revision }) => revision <= latest.revision);
        setState((old) => {
          if (old.review !== before) return old;
          // What did not fit in may bear on it.
          return events.length === mostEvents || bearsOnDecision(news)
            ? { ...old, latest, news }
            : { ...old, review: latest, latest: undefined, news: [] };
        });
      } catch {
        // It is asked again at the next change; until then a decision is still held against what was read.
      }
      return undefined;
    },
    [accountId, refresh],
  );

  useEffect(() => {
    void refresh();
    return () => clearTimeout(timer.current);
  }, [refresh]);
  useChanges((told) => {
    if (told !== 'missed' && told.accountId !== accountId) return;
    if (told !== 'missed') heardTo.current = told.position;
    if (held.current.works > 0) {
      held.current.missed = true;
      return;
    }
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      void look();
    }, together);
  });

  const hold = useCallback(
    async <T>(work: () => Promise<T>): Promise<T> => {
      held.current.works += 1;
      try {
        return await work();
      } finally {
        held.current.works -= 1;
        if (held.current.works === 0 && held.current.missed) {
          held.current.missed = false;
          void look();
        }
      }
    },
    [look],
  );
  const showNews = useCallback(() => {
    setState(({ latest, news, ...old }) =>
      latest === undefined ? { ...old, news } : { ...nothing, review: latest, marked: changedParts(news) },
    );
  }, []);
  const unmark = useCallback(() => setState((old) => ({ ...old, marked: nothing.marked })), []);
  const { review, problem, news, marked } = state;
  return { review, problem, news, marked, showNews, unmark, refresh, look, hold };
}
