/** The gate's answer beside a button, asked again whenever something may have changed. */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { type Asked, gateNoticeView } from './gateView.js';
import type { AccountLink } from './link.js';
import type { Gate } from './model.js';
import { Refused } from './refused.js';
import type { Say } from './texts/texts.js';

/** An answer is believed for so long while the one to the next question is on its way, in milliseconds; then it is none. */
const believedFor = 10_000;
/** How long until it is asked again where the service was not up to date, in milliseconds. */
const pauseWhileStale = 1_000;

export type GateNoticeProps = {
  readonly link: AccountLink;
  readonly say: Say;
  /** As the gate's query. */
  readonly question: string;
  /** Counts presses on what is guarded that were not let through: each is answered. */
  readonly refused: number;
  /** The whole of what is asked: of which account, and where. */
  readonly about: string;
  readonly onAnswer: (asked: Asked, about: string) => void;
  readonly onSlot: () => void;
};

export function GateNotice({ link, say, question, refused, about, onAnswer, onSlot }: GateNoticeProps) {
  const asked = useGate(link, question);
  const view = gateNoticeView(asked, say);
  const [spoken, setSpoken] = useState('');
  const before = useRef<string | undefined>(undefined);
  const said = useRef(refused);
  const slot = useRef<HTMLSlotElement>(null);
  useEffect(() => {
    slot.current?.addEventListener('slotchange', onSlot);
    return () => slot.current?.removeEventListener('slotchange', onSlot);
  }, [onSlot]);
  useEffect(() => {
    onAnswer(asked, about);
    if (asked === 'asking') return;
    const text = [view.text, ...view.more].join(' ');
    if (before.current !== undefined && before.current !== text) setSpoken(text);
    before.current = text;
  }, [asked, say, about]);
  useEffect(() => {
    // The same words once more are said only if they are another text.
    if (refused === said.current) return;
    said.current = refused;
    setSpoken([view.text, ...view.more].join(' ') + (refused % 2 === 0 ? ' ' : ''));
  }, [refused]);
  return (
    <div class="gate" part="gate" aria-busy={asked === 'asking'}>
      <slot ref={slot} />
      <div
        class={`gate-text tone-${view.tone}`}
        part={`gate-text ${view.allowed ? 'gate-allowed' : 'gate-denied'}`}
        lang={say.lang}
        dir={say.dir}
      >
        <p>{view.text}</p>
        {view.more.map((text) => (
          <p key={text} class="hint">
            {text}
          </p>
        ))}
      </div>
      <p class="visually-hidden" aria-live="polite" lang={say.lang}>
        {spoken}
      </p>
    </div>
  );
}

function useGate(link: AccountLink, question: string): Asked {
  const [state, setState] = useState<{ readonly asked: Asked; readonly question: string }>({
    asked: 'asking',
    question,
  });
  /** Runs from the first question that was not answered. */
  const doubt = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const settle = useCallback(
    (asked: Asked) => {
      clearTimeout(doubt.current);
      doubt.current = undefined;
      setState({ asked, question });
    },
    [question],
  );

  const ask = useCallback(
    async (after: string | undefined, signal: AbortSignal): Promise<void> => {
      const query = after === undefined ? question : `${question}&after=${encodeURIComponent(after)}`;
      doubt.current ??= setTimeout(() => settle('unreachable'), believedFor);
      try {
        const asked = await link.client.json<Gate>(`/gate?${query}`, { signal });
        if (signal.aborted) return;
        settle(asked);
        // Nothing else would tell when it is.
        if (asked.reasons.includes('not_up_to_date')) {
          const timer = setTimeout(() => void ask(after, signal), pauseWhileStale);
          signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
        }
      } catch (error) {
        // Whatever it is, nobody has said yes. Where nothing was said, what was known holds until it is too old.
        if (!signal.aborted && error instanceof Refused) settle('unreachable');
      }
    },
    [link, question, settle],
  );

  useEffect(() => {
    const gone = new AbortController();
    let latest = new AbortController();
    // Only the latest answer counts: an older one may be of before.
    const again = (after?: string): void => {
      latest.abort();
      latest = new AbortController();
      gone.signal.addEventListener('abort', () => latest.abort(), { once: true, signal: latest.signal });
      void ask(after, latest.signal);
    };
    again();
    const leave = link.listen({
      onChange: ({ position }) => again(position),
      onConnection: () => again(),
      onAway: () => settle('asking'),
    });
    return () => {
      leave();
      gone.abort();
      latest.abort();
      clearTimeout(doubt.current);
      doubt.current = undefined;
    };
  }, [link, ask, settle]);
  return state.question === question ? state.asked : 'asking';
}
