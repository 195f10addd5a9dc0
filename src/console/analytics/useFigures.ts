/** Figures of a period, asked anew now and then: working them out takes the service a while on a long log. */
import { api, bodyOf } from '../api/client.js';
import { useQuery } from '../api/query.js';
import { instantsOf, type Period } from './period.js';

/** In milliseconds. */
const often = 60_000;

type Part =
  | '/v1/analytics/funnel'
  | '/v1/analytics/time-in-state'
  | '/v1/analytics/questions'
  | '/v1/analytics/decisions'
  | '/v1/analytics/weeks';

export function useFigures<P extends Part>(part: P, period: Period) {
  const query = instantsOf(period);
  return useQuery(
    `${part}?${JSON.stringify(query)}`,
    // One call for five routes of one form: the client's types know each by its own name only.
    async (signal) =>
      bodyOf(api.GET<P, { params: { query: typeof query } }>(part, { params: { query }, signal } as never)),
    { every: often },
  );
}
