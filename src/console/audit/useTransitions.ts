/** Transitions that meet a filter, page by page. */
import { useState } from 'preact/hooks';
import { api, bodyOf } from '../api/client.js';
import { type Pages, usePages } from '../api/pages.js';
import type { Transition } from '../api/types.js';
import { askedOf, type Filter } from './filter.js';

/** Items of an answer, and how many make a page worth showing: an answer looks only at a part of a long log. */
const limit = '100';
const enough = 50;

export type Order = 'asc' | 'desc';
export type Transitions = Pages<Transition> & {
  /** Up to where in the log everything is shown, or comes with further pages; undefined before the first answer. */
  readonly upTo: string | undefined;
};

export function useTransitions(filter: Filter, order: Order): Transitions {
  const [upTo, setUpTo] = useState<string | undefined>(undefined);
  const pages = usePages<Transition>(
    `transitions ${order} ${JSON.stringify(filter)}`,
    async (cursor, signal) => {
      const query = { ...askedOf(filter), order, limit, ...(cursor === null ? {} : { cursor }) };
      const page = await bodyOf(api.GET('/v1/transitions', { params: { query }, signal }));
      // Of the latest first, further pages are older ones: what came since the first page is not among them.
      if (cursor === null || order === 'asc') setUpTo(page.position ?? '');
      return page;
    },
    { enough },
  );
  return { ...pages, upTo };
}
