/** The list of accounts, page by page. It stays as it is while accounts change, and says that they did. */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { api, bodyOf, problemOf } from '../api/client.js';
import { useChanges } from '../api/live.js';
import type { Problem } from '../api/types.js';
import { addressOf, askedFor, type Filters } from './accountsView.js';
import type { AccountLine } from './types.js';

const pageSize = '50';

type State = {
  /** What the items were asked for with. */
  readonly filters: Filters;
  /** Undefined until the first answer. */
  readonly items: readonly AccountLine[] | undefined;
  readonly next: string | null;
  readonly problem: Problem | undefined;
  readonly loading: boolean;
};

/** While another list is on its way, the one before is shown, with the filters that it is of. */
export type Accounts = Pick<State, 'filters' | 'items' | 'problem' | 'loading'> & {
  readonly hasMore: boolean;
  /** Something happened to an account since the list was asked for. */
  readonly newer: boolean;
  readonly more: () => void;
  readonly refresh: () => void;
};

/** The list as it was left last: who comes back to it finds it so. */
let left: State | undefined;

const nothing = { items: undefined, next: null, problem: undefined, loading: true } as const;

/** The list as it was left, when it was this one. */
function leftOf(key: string): State | undefined {
  return left !== undefined && addressOf(left.filters) === key ? left : undefined;
}

export function useAccounts(filters: Filters): Accounts {
  const key = addressOf(filters);
  const [state, setState] = useState<State>(() => leftOf(key) ?? { ...nothing, filters });
  const [newer, setNewer] = useState(false);
  const asked = useRef<AbortController | undefined>(undefined);
  const latest = useRef(filters);
  latest.current = filters;

  const load = useCallback(async (cursor: string | undefined): Promise<void> => {
    asked.current?.abort();
    const { signal } = (asked.current = new AbortController());
    setState((known) => ({ ...known, loading: true }));
    if (cursor === undefined) setNewer(false);
    const wanted = latest.current;
    try {
      const query = { ...askedFor(wanted), limit: pageSize, cursor };
      const page = await bodyOf(api.GET('/v1/accounts', { params: { query }, signal }));
      if (signal.aborted) return;
      setState(({ items = [] }) => ({
        filters: wanted,
        items: cursor === undefined ? page.items : [...items, ...page.items],
        next: page.next,
        problem: undefined,
        loading: false,
      }));
    } catch (error) {
      if (signal.aborted) return;
      // What was found by other filters is not shown under these.
      const isSame = (known: State): boolean => addressOf(known.filters) === addressOf(wanted);
      setState((known) => ({
        ...(isSame(known) ? known : { ...nothing, filters: wanted }),
        problem: problemOf(error),
        loading: false,
      }));
    }
  }, []);

  useEffect(() => {
    // Several pages that were left stay as they are; one page is asked for again, and nobody notices.
    const known = leftOf(key);
    if (known?.items !== undefined && known.items.length > Number(pageSize)) {
      setState(known);
      setNewer(true);
    } else void load(undefined);
    return () => asked.current?.abort();
  }, [load, key]);
  useEffect(() => {
    if (!state.loading) left = state;
  }, [state]);
  // Lines that move while somebody reads them are worse than lines that are a little old.
  useChanges(() => setNewer(true));

  const { items, next, problem, loading } = state;
  const isOfKey = addressOf(state.filters) === key;
  return {
    filters: state.filters,
    items,
    problem,
    loading,
    newer: newer && items !== undefined,
    hasMore: isOfKey && next !== null,
    more: () => void load(next ?? undefined),
    refresh: () => void load(undefined),
  };
}
