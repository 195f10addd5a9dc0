/** Transitions that meet a filter, page by page. */
import { api, bodyOf } from '../api/client.js';
import { type Pages, usePages } from '../api/pages.js';
import type { Transition } from '../api/types.js';
import { askedOf, type Filter } from './filter.js';

/** Items of an answer, and how many make a page worth showing: an answer looks only at a part of a long log. */
const limit = '100';
const enough = 50;

export type Order = 'asc' | 'desc';

export function useTransitions(filter: Filter, order: Order): Pages<Transition> {
  return usePages<Transition>(
    `transitions ${order} ${JSON.stringify(filter)}`,
    async (cursor, signal) => {
      const query = { ...askedOf(filter), order, limit, ...(cursor === null ? {} : { cursor }) };
      return bodyOf(api.GET('/v1/transitions', { params: { query }, signal }));
    },
    { enough },
  );
}
