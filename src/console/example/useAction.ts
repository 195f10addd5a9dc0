/** A step of the product's own: one at a time, with what went wrong. */
import { useState } from 'preact/hooks';
import { BackendError } from './backend.js';

export type Action = {
  readonly busy: boolean;
  readonly error: string | undefined;
  readonly done: string | undefined;
  /** @param work returns what to say when it is done */
  readonly run: (work: () => Promise<string | undefined>) => Promise<void>;
};

export function useAction(): Action {
  const [state, setState] = useState<Omit<Action, 'run'>>({ busy: false, error: undefined, done: undefined });
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
  return { ...state, run };
}
