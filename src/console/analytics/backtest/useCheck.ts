/** What the service says of a candidate while it is edited. */
import { useEffect, useState } from 'preact/hooks';
import { api, bodyOf, problemOf } from '../../api/client.js';
import type { Answer, Problem } from '../../api/types.js';
import { parsed } from './candidate.js';

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

/** @returns the last answer; it may be of an earlier text */
export function useCheck(text: string): Checked | undefined {
  const [checked, setChecked] = useState<Checked | undefined>(undefined);
  useEffect(() => {
    const document = parsed(text);
    if (!('value' in document) || typeof document.value !== 'object' || document.value === null) return undefined;
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
  }, [text]);
  return checked;
}
