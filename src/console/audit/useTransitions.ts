/** Transitions page by page: the first ones when the filter changes, further ones when they are asked for. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { api, bodyOf, problemOf } from '../api/client.js';
import type { Problem, Transition } from '../api/types.js';
import { askedOf, type Filter } from './filter.js';
import { gather } from './gather.js';

/** Items of an answer, and how many make a page worth showing. */
const limit = '100';
const enough = 50;

export type Order = 'asc' | 'desc';

export type Transitions = {
  /** Undefined before the first answer. */
  readonly items: readonly Transition[] | undefined;
  /** There may be more. */
  readonly more: boolean;
  readonly loading: boolean;
  readonly problem: Problem | undefined;
  readonly loadMore: () => Promise<void>;
  readonly reload: () => Promise<void>;
};

type State = {
  readonly items: readonly Transition[] | undefined;
  readonly next: string | null;
  readonly loading: boolean;
  readonly problem: Problem | undefined;
};

const nothing: State = { items: undefined, next: null, loading: true, problem: undefined };

export function useTransitions(filter: Filter, order: Order): Transitions {
  const [state, setState] = useState<State>(nothing);
  const asked = useRef<AbortController | undefined>(undefined);
  const load = async (before: readonly Transition[] | undefined, from: string | null): Promise<void> => {
    asked.current?.abort();
    const { signal } = (asked.current = new AbortController());
    setState(({ items, next }) => ({ items, next, loading: true, problem: undefined }));
    try {
      const page = async (cursor: string | null) => {
        const query = { ...askedOf(filter), order, limit, ...(cursor === null ? {} : { cursor }) };
        return bodyOf(api.GET('/v1/transitions', { params: { query }, signal }));
      };
      const { items, next } = await gather(page, from, enough);
      if (!signal.aborted) setState({ items: [...(before ?? []), ...items], next, loading: false, problem: undefined });
    } catch (error) {
      if (!signal.aborted) setState(({ items, next }) => ({ items, next, loading: false, problem: problemOf(error) }));
    }
  };
  const first = async (): Promise<void> => load(undefined, null);
  const key = `${order} ${JSON.stringify(filter)}`;
  useEffect(() => {
    void first();
    return () => asked.current?.abort();
  }, [key]);
  return {
    items: state.items,
    more: state.next !== null,
    loading: state.loading,
    problem: state.problem,
    loadMore: async () => load(state.items, state.next),
    reload: first,
  };
}
