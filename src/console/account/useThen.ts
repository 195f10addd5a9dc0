/** An account as it was at a revision. What was does not change, so an answer is asked for once. */
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { api, bodyOf, problemOf } from '../api/client.js';
import type { Problem } from '../api/types.js';
import { Kept, Latest } from './latest.js';
import type { Glance } from './types.js';

/** So many answers are kept, for going back and forth: some 10 KiB each. */
const answers = new Kept<Glance>(200);

const keyOf = (accountId: string, revision: number): string => `${accountId}@${revision}`;

/** Questions under way: whoever wants the same answer waits for the same one. */
const underWay = new Map<string, Promise<Glance>>();

async function ask(accountId: string, revision: number): Promise<Glance> {
  const params = { path: { accountId }, query: { revision: String(revision) } };
  return (await bodyOf(api.GET('/v1/accounts/{accountId}/history', { params }))) as unknown as Glance;
}

/** @throws {ApiProblem} when there is no answer */
async function load(accountId: string, revision: number): Promise<Glance> {
  const key = keyOf(accountId, revision);
  const known = answers.get(key);
  if (known !== undefined) return known;
  const asked = underWay.get(key) ?? ask(accountId, revision);
  underWay.set(key, asked);
  try {
    const glance = await asked;
    answers.set(key, glance);
    return glance;
  } finally {
    underWay.delete(key);
  }
}

export type Then = {
  readonly data: Glance | undefined;
  /** Why the revision cannot be shown; then there is no data, for that of another revision would pass for it. */
  readonly problem: Problem | undefined;
};

/**
 * The account at a revision; while it is asked for, as it was last shown.
 * @param revision undefined: nothing is asked
 * @param head the last revision there is
 * @returns what is known, and how to ask once more
 */
export function useThen(
  accountId: string,
  revision: number | undefined,
  head: number | undefined,
): Then & { readonly retry: () => void } {
  const [state, setState] = useState<Then>({ data: undefined, problem: undefined });
  const bounds = useRef(head);
  bounds.current = head;
  const asking = useMemo(
    () =>
      new Latest<number>(async (wanted) => {
        try {
          const data = await load(accountId, wanted);
          setState({ data, problem: undefined });
          // Most who look at a revision look at the one beside it next.
          const beside = [wanted - 1, wanted + 1].filter((one) => one >= 0 && one <= (bounds.current ?? -1));
          for (const one of beside) void load(accountId, one).catch(() => undefined);
        } catch (error) {
          setState({ data: undefined, problem: problemOf(error) });
        }
      }),
    [accountId],
  );
  const retry = (): void => {
    if (revision === undefined) return;
    setState((before) => ({ ...before, problem: undefined }));
    asking.want(revision);
  };
  useEffect(() => {
    if (revision === undefined) asking.clear();
    else retry();
  }, [asking, revision]);
  // What is known is shown at once, not after the next rendering.
  const known = revision === undefined ? undefined : answers.get(keyOf(accountId, revision));
  if (known !== undefined) return { data: known, problem: undefined, retry };
  return { ...state, data: state.data?.accountId === accountId ? state.data : undefined, retry };
}
