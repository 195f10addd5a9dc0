/** What every part of an element is given. */
import { createContext } from 'preact';
import { useContext, useRef, useState } from 'preact/hooks';
import { useDraft } from '../ui/draft.js';
import type { AccountLink } from './link.js';
import { newId } from '../api/newId.js';
import { explain, type Explained } from './problems.js';
import { problemOf, Refused } from './refused.js';
import type { Say } from './texts/texts.js';

export type Shared = {
  readonly link: AccountLink;
  readonly say: Say;
  /** Told to those who do not see the page, when they have time. */
  readonly announce: (text: string) => void;
  /** The level of the element's own heading. */
  readonly level: number;
  /** Where to go when what had the focus is gone. */
  readonly focusNotices: () => void;
};

export const SharedContext = createContext<Shared | undefined>(undefined);

export function useShared(): Shared {
  const shared = useContext(SharedContext);
  if (shared === undefined) throw new Error('outside of an element');
  return shared;
}

/** What somebody typed for this account, kept in the tab until it was sent. */
export function useAccountDraft<Value>(name: string, initial: Value) {
  const { link } = useShared();
  return useDraft(`embed:${link.client.url('')}:${name}`, initial);
}

type CommandAnswer = { readonly position: string | null };

export type Sending = {
  readonly busy: boolean;
  /** The service is away; what was sent is tried again. */
  readonly waiting: boolean;
  readonly problem: Explained | undefined;
  /** Sends a command once, however often it has to be tried. @returns whether it was accepted */
  readonly send: (command: string, data: object) => Promise<boolean>;
  readonly setProblem: (problem: Explained | undefined) => void;
  /** Takes back what was said at a field, once somebody does something about it. */
  readonly touched: (...pointers: readonly string[]) => void;
};

/** Sending one command of a form. */
export function useSending(): Sending {
  const { link, say } = useShared();
  const [busy, setBusy] = useState(false);
  const [waiting, setWaiting] = useState(false);
  const [problem, setProblem] = useState<Explained | undefined>(undefined);
  const intent = useRef<{ readonly text: string; readonly id: string } | undefined>(undefined);

  const send = async (command: string, data: object): Promise<boolean> => {
    const text = command + JSON.stringify(data);
    // The same data once more is the same intent: it is done once, even if its first answer was lost.
    if (intent.current?.text !== text) intent.current = { text, id: newId() };
    setBusy(true);
    setProblem(undefined);
    try {
      const onWaiting = setWaiting;
      const answer = await link.client.command<CommandAnswer>(command, data, intent.current.id, { onWaiting });
      intent.current = undefined;
      link.changed(answer.position);
      return true;
    } catch (error) {
      setProblem(explain(problemOf(error), say));
      // What was refused may be refused for what has happened meanwhile.
      if (error instanceof Refused) link.changed(null);
      return false;
    } finally {
      setBusy(false);
      setWaiting(false);
    }
  };
  const touched = (...pointers: readonly string[]): void => {
    if (problem === undefined || !pointers.some((pointer) => problem.fields[pointer] !== undefined)) return;
    const left = Object.entries(problem.fields).filter(([pointer]) => !pointers.includes(pointer));
    const isSettled = left.length === 0 && problem.text === undefined;
    setProblem(isSettled ? undefined : { ...problem, fields: Object.fromEntries(left) });
  };
  return { busy, waiting, problem, send, setProblem, touched };
}
