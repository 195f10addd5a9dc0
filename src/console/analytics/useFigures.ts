/** Figures of a period, asked anew now and then: working them out takes the service a while on a long log. */
import { api, bodyOf } from '../api/client.js';
import { type Query, useQuery } from '../api/query.js';
import { instantsOf, type Period } from './period.js';

/** In milliseconds. */
const often = 60_000;

type Asked = { readonly params: { readonly query: ReturnType<typeof instantsOf> }; readonly signal: AbortSignal };

/** Each part of the figures, and how it is asked for. */
const parts = {
  funnel: async (asked: Asked) => bodyOf(api.GET('/v1/analytics/funnel', asked)),
  timeInState: async (asked: Asked) => bodyOf(api.GET('/v1/analytics/time-in-state', asked)),
  questions: async (asked: Asked) => bodyOf(api.GET('/v1/analytics/questions', asked)),
  decisions: async (asked: Asked) => bodyOf(api.GET('/v1/analytics/decisions', asked)),
  weeks: async (asked: Asked) => bodyOf(api.GET('/v1/analytics/weeks', asked)),
};
type Parts = typeof parts;

export type Figures<P extends keyof Parts> = Awaited<ReturnType<Parts[P]>>;

export function useFigures<P extends keyof Parts>(part: P, period: Period): Query<Figures<P>> {
  const query = instantsOf(period);
  const load = async (signal: AbortSignal): Promise<Figures<P>> =>
    (await parts[part]({ params: { query }, signal })) as Figures<P>;
  return useQuery(`analytics ${part} ${JSON.stringify(query)}`, load, { every: often });
}
