/** The last verification: begun, followed while it runs, cancelled. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { api, bodyOf, problemOf } from '../api/client.js';
import { type Query, useQuery } from '../api/query.js';
import type { Problem } from '../api/types.js';
import type { Verification } from './findingWords.js';

/** How often a running verification is looked at, in milliseconds; and how often one is looked for that others began. */
const followEvery = 500;
const lookEvery = 15_000;

/** One was begun, or has ended, since this window last looked. */
const quicker: ReadonlySet<string> = new Set(['already_verifying', 'not_running']);

export type Verifying = {
  /** The running one, or the last one that ended; undefined where there was none since the service started. */
  readonly last: Verification | undefined;
  readonly query: Query<readonly Verification[]>;
  /** Why the last one could not be begun or cancelled. */
  readonly problem: Problem | undefined;
  /** The beginning or the cancelling is under way. */
  readonly busy: boolean;
  readonly start: () => Promise<void>;
  readonly cancel: () => Promise<void>;
};

/** @param onEnd told when a verification that was seen running has ended */
export function useVerification(onEnd: (ended: Verification) => void): Verifying {
  const [running, setRunning] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  const followed = useRef<string | undefined>(undefined);
  const query = useQuery(
    'verifications',
    async (signal) => (await bodyOf(api.GET('/v1/verifications', { signal }))).items,
    { every: running ? followEvery : lookEvery },
  );
  const last = query.data?.[0];
  useEffect(() => {
    setRunning(last?.state === 'running');
    if (last?.state === 'running') followed.current = last.id;
    else if (last !== undefined && followed.current === last.id) {
      followed.current = undefined;
      onEnd(last);
    }
  }, [last?.id, last?.state]);

  const attempt = async (work: () => Promise<unknown>): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    try {
      await work();
    } catch (error) {
      const why = problemOf(error);
      // Somebody was quicker: what is asked for happens, and is shown.
      if (!quicker.has(why.code)) setProblem(why);
    }
    await query.refresh();
    setBusy(false);
  };
  return {
    last,
    query,
    problem,
    busy,
    start: async () => attempt(async () => bodyOf(api.POST('/v1/verifications', { body: {} }))),
    cancel: async () => {
      if (last === undefined) return;
      const params = { path: { verificationId: last.id } };
      await attempt(async () => bodyOf(api.DELETE('/v1/verifications/{verificationId}', { params })));
    },
  };
}
