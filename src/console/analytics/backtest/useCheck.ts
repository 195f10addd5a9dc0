/** What the service says of a candidate while it is edited. */
import { useEffect, useState } from 'preact/hooks';
import { api, bodyOf, problemOf } from '../../api/client.js';
import type { Answer, Problem } from '../../api/types.js';
import { isRecord, parsed } from './candidate.js';

type Check = Answer<'/v1/policies/check', 'post'>;

export type Checked = {
  /** The text that this is said of. */
  readonly text: string;
  readonly check?: Check;
  /** Why it could not be checked. */
  readonly problem?: Problem;
};

/** It waits so long after the last key, in milliseconds. */
const pause = 350;

/** @returns the last answer, which may be of an earlier text; and what asks once more, where it could not be checked */
export function useCheck(text: string): readonly [checked: Checked | undefined, again: () => void] {
  const [checked, setChecked] = useState<Checked | undefined>(undefined);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    const document = parsed(text);
    if (!('value' in document) || !isRecord(document.value)) return undefined;
    const gone = new AbortController();
    const ask = async (): Promise<void> => {
      try {
        const body = document.value as Record<string, never>;
        const check = await bodyOf(api.POST('/v1/policies/check', { body, signal: gone.signal }));
        setChecked({ text, check });
      } catch (error) {
        if (!gone.signal.aborted) setChecked({ text, problem: problemOf(error) });
      }
    };
    const timer = setTimeout(() => void ask(), pause);
    return () => {
      clearTimeout(timer);
      gone.abort();
    };
  }, [text, attempt]);
  return [checked, () => setAttempt((count) => count + 1)];
}
