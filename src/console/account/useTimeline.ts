/** All events of an account, page by page, and those that come while it is shown. */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { api, bodyOf, problemOf } from '../api/client.js';
import { ofAccount } from '../api/query.js';
import { useChanges } from '../api/live.js';
import type { Problem } from '../api/types.js';
import type { TimelineItem } from './types.js';

/** Events of a page: as many as the API gives at once. A page more is a question more, and one after the other. */
const pageSize = '1000';

export type Timeline = {
  /** The earliest first. */
  readonly items: readonly TimelineItem[];
  /** All that there are; until then more is on its way. */
  readonly complete: boolean;
  readonly problem: Problem | undefined;
  readonly refresh: () => void;
};

type State = {
  readonly accountId: string;
  readonly items: readonly TimelineItem[];
  readonly complete: boolean;
  readonly problem: Problem | undefined;
};

const nothing = (accountId: string): State => ({ accountId, items: [], complete: false, problem: undefined });

export function useTimeline(accountId: string): Timeline {
  const [state, setState] = useState<State>(nothing(accountId));
  /** Where the last page began that was full before it: what comes later is on it, or after it. */
  const full = useRef<{ readonly accountId: string; readonly cursor: string | undefined; readonly before: number }>({
    accountId,
    cursor: undefined,
    before: 0,
  });
  const asked = useRef<AbortController | undefined>(undefined);

  const load = useCallback(
    async (after?: string): Promise<void> => {
      asked.current?.abort();
      const { signal } = (asked.current = new AbortController());
      if (full.current.accountId !== accountId) full.current = { accountId, cursor: undefined, before: 0 };
      try {
        for (let more = true; more;) {
          const { cursor, before } = full.current;
          const query = { limit: pageSize, cursor, after };
          const page = await bodyOf(
            api.GET('/v1/accounts/{accountId}/timeline', { params: { path: { accountId }, query }, signal }),
          );
          if (signal.aborted) return;
          const items = page.items as unknown as TimelineItem[];
          const complete = page.next === null;
          setState((shown) => {
            const known = shown.accountId === accountId ? shown : nothing(accountId);
            const all = [...known.items.slice(0, before), ...items];
            // What was complete is not taken away while it is looked whether there is more.
            const wasComplete = known.complete && known.items.length <= all.length;
            return { accountId, items: all, complete: complete || wasComplete, problem: undefined };
          });
          if (page.next !== null) full.current = { accountId, cursor: page.next, before: before + items.length };
          more = !complete;
        }
      } catch (error) {
        if (!signal.aborted) setState((known) => ({ ...known, accountId, problem: problemOf(error) }));
      }
    },
    [accountId],
  );

  useEffect(() => {
    void load();
    return () => asked.current?.abort();
  }, [load]);
  useChanges((told) => {
    // What was told of is in the log; the timeline may be a moment behind it.
    if (ofAccount(accountId)(told)) void load(told === 'missed' ? undefined : told.position);
  });

  const { items, complete, problem } = state.accountId === accountId ? state : nothing(accountId);
  return { items, complete, problem, refresh: () => void load() };
}
