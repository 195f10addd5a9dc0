/** The guide and the account as they are now, asked again whenever something may have changed. */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { Asked } from './client.js';
import type { AccountLink } from './link.js';
import type { OwnAccount, Problem, SetupGuide } from './model.js';
import { problemOf, Refused } from './refused.js';

export type Own = { readonly guide: SetupGuide; readonly account: OwnAccount };
export type OwnState = {
  readonly own: Own | undefined;
  readonly problem: Problem | undefined;
  readonly connected: boolean;
};

type Loading = Required<Pick<Asked, 'signal' | 'onWaiting'>>;

async function load({ client }: AccountLink, after: string | undefined, asked: Loading): Promise<Own> {
  const query = after === undefined ? '' : `?after=${encodeURIComponent(after)}`;
  const [guide, account] = await Promise.all([
    client.json<SetupGuide>(`/setup-guide${query}`, asked),
    client.json<OwnAccount>('', asked),
  ]);
  return { guide, account };
}

/** @param onOwn told of each answer */
export function useOwnAccount(link: AccountLink, onOwn: (own: Own) => void): OwnState {
  const [state, setState] = useState<OwnState>({ own: undefined, problem: undefined, connected: true });
  const told = useRef(onOwn);
  told.current = onOwn;
  const asking = useRef<{ running: boolean; again: boolean; after: string | undefined }>({
    running: false,
    again: false,
    after: undefined,
  });

  const refresh = useCallback(
    async (after: string | undefined, signal: AbortSignal): Promise<void> => {
      const asked = asking.current;
      // Everything up to the furthest position; several changes that come together are asked for once.
      if (after !== undefined && (asked.after === undefined || after > asked.after)) asked.after = after;
      asked.again = true;
      if (asked.running) return;
      asked.running = true;
      while (asked.again && !signal.aborted) {
        asked.again = false;
        try {
          const onWaiting = (waiting: boolean): void => {
            if (waiting && !signal.aborted) setState((before) => ({ ...before, connected: false }));
          };
          const own = await load(link, asked.after, { signal, onWaiting });
          if (signal.aborted) break;
          // The stream may take a little longer to be there again; this answer says that the service is.
          setState({ own, problem: undefined, connected: true });
          told.current(own);
        } catch (error) {
          if (signal.aborted) break;
          const problem = problemOf(error);
          // What was shown stays while the service is away; it is replaced by what the service says.
          setState((before) => ({
            ...before,
            problem,
            own: error instanceof Refused && problem.status === 403 ? undefined : before.own,
          }));
        }
      }
      asked.running = false;
    },
    [link],
  );

  useEffect(() => {
    const gone = new AbortController();
    asking.current = { running: false, again: false, after: undefined };
    setState({ own: undefined, problem: undefined, connected: link.connected });
    void refresh(undefined, gone.signal);
    const leave = link.listen({
      onChange: ({ position }) => void refresh(position, gone.signal),
      onConnection: (connected) => setState((before) => ({ ...before, connected })),
    });
    return () => {
      leave();
      gone.abort();
    };
  }, [link, refresh]);
  return state;
}
