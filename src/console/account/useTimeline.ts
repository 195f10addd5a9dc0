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
  const known = useRef(state);
  const asked = useRef<AbortController | undefined>(undefined);

  const load = useCallback(
    async (after?: string): Promise<void> => {
      asked.current?.abort();
      const { signal } = (asked.current = new AbortController());
      if (known.current.accountId !== accountId) known.current = nothing(accountId);
      const learn = (change: Partial<State>): void => setState((known.current = { ...known.current, ...change }));
      let { items, complete } = known.current;
      try {
        for (let more = true; more;) {
          // What happened stays as it is: only what came after the last that is known is asked for, from that one on.
          const last = items.at(-1);
          const query = { limit: pageSize, from: String(last?.revision ?? 0), after };
          const page = await bodyOf(
            api.GET('/v1/accounts/{accountId}/timeline', { params: { path: { accountId }, query }, signal }),
          );
          if (signal.aborted) return;
          const found = page.items as unknown as TimelineItem[];
          if (last !== undefined && found[0]?.id !== last.id) {
            // It is not there any more: another log is in the place of the one that was read, as after it was restored.
            [items, complete] = [[], false];
            continue;
          }
          items = [...items.slice(0, -1), ...found];
          more = page.next !== null;
          // What was complete is not taken away while it is looked whether there is more.
          complete ||= !more;
          learn({ items, complete, problem: undefined });
        }
      } catch (error) {
        if (!signal.aborted) learn({ problem: problemOf(error) });
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
