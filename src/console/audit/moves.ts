/** What an event did to the chart, state by state. */

/** A state as the chart gives it: a name, or a name for each region below. */
export type State = string | { readonly [region: string]: State };

/** One place in the chart where the state is another one than before; `from` is null where there was none. */
export type Move = { readonly region: string; readonly from: string | null; readonly to: string | null };

function entries(state: State | null | undefined): readonly (readonly [string, State])[] {
  return typeof state === 'object' && state !== null ? Object.entries(state) : [];
}

/** The outermost name of a state: `pendingReview` of `{pendingReview: {…}}`; null where it has several regions or none. */
function nameOf(state: State | null | undefined): string | null {
  if (typeof state === 'string') return state;
  const parts = entries(state);
  return parts.length === 1 ? (parts[0]?.[0] ?? null) : null;
}

function movesWithin(region: string, from: State | undefined, to: State | undefined): Move[] {
  const [before, after] = [nameOf(from), nameOf(to)];
  const name = before ?? after;
  if (before !== after) return [{ region, from: before, to: after }];
  if (name === null) return regionsOf(from, to);
  // The same state, and something in one of its parts.
  const below = (state: State | undefined): State | undefined => (typeof state === 'object' ? state[name] : undefined);
  return regionsOf(below(from), below(to));
}

function regionsOf(from: State | null | undefined, to: State | null | undefined): Move[] {
  if (typeof from === 'string' || typeof to === 'string') {
    return from === to ? [] : [{ region: '', from: nameOf(from), to: nameOf(to) }];
  }
  const [before, after] = [new Map(entries(from)), new Map(entries(to))];
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((region) =>
    movesWithin(region, before.get(region), after.get(region)),
  );
}

const importance = ['verification', 'standing'];

/**
 * The places in the chart that an event changed, verification and standing first.
 * @param from null for an account's first event
 */
export function movesOf(from: State | null, to: State | null): readonly Move[] {
  const rank = ({ region }: Move): number => importance.indexOf(region) + 1 || importance.length + 1;
  return regionsOf(from, to).toSorted((a, b) => rank(a) - rank(b));
}
