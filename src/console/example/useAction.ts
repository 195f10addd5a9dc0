/** A step of the product's own: one at a time, with what went wrong. */
import { useCallback, useState } from 'preact/hooks';
import { BackendError } from './backend.js';

export type Action = {
  readonly busy: boolean;
  readonly error: string | undefined;
  readonly done: string | undefined;
  /** @param work returns what to say when it is done */
  /** Forgets what was said of the last one. */
  readonly reset: () => void;
  readonly run: (work: () => Promise<string | undefined>) => Promise<void>;
};

const idle: Omit<Action, 'run' | 'reset'> = { busy: false, error: undefined, done: undefined };

export function useAction(): Action {
  const [state, setState] = useState(idle);
  const run = async (work: () => Promise<string | undefined>): Promise<void> => {
    if (state.busy) return;
    setState({ busy: true, error: undefined, done: undefined });
    try {
      setState({ busy: false, error: undefined, done: await work() });
    } catch (error) {
      const text = error instanceof BackendError ? error.message : 'This did not work. Please try again.';
      setState({ busy: false, error: text, done: undefined });
    }
  };
  const reset = useCallback(() => setState(idle), []);
  return { ...state, run, reset };
}
