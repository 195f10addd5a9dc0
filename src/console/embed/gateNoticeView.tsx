/** The gate's answer beside a button, asked again whenever something may have changed. */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { type Asked, gateNoticeView } from './gateView.js';
import type { AccountLink } from './link.js';
import type { Gate } from './model.js';
import { Refused } from './refused.js';
import type { Say } from './texts/texts.js';

/** An answer is believed for so long while the service cannot be asked again, in milliseconds; then it is none. */
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
  readonly onAnswer: (asked: Asked) => void;
  readonly onSlot: () => void;
};

export function GateNotice({ link, say, question, refused, onAnswer, onSlot }: GateNoticeProps) {
  const asked = useGate(link, question);
  const view = gateNoticeView(asked, say);
  const [spoken, setSpoken] = useState('');
  const before = useRef<string | undefined>(undefined);
  const slot = useRef<HTMLSlotElement>(null);
  useEffect(() => {
    slot.current?.addEventListener('slotchange', onSlot);
    return () => slot.current?.removeEventListener('slotchange', onSlot);
  }, [onSlot]);
  useEffect(() => {
    onAnswer(asked);
    if (asked === 'asking') return;
    const text = [view.text, ...view.more].join(' ');
    if (before.current !== undefined && before.current !== text) setSpoken(text);
    before.current = text;
  }, [asked, say]);
  useEffect(() => {
    // The same words once more are said only if they are another text.
    if (refused > 0) setSpoken([view.text, ...view.more].join(' ') + (refused % 2 === 0 ? ' ' : ''));
  }, [refused]);
  return (
    <div class="gate" part="gate" aria-busy={asked === 'asking'}>
      <slot ref={slot} />
      <div class={`gate-text tone-${view.tone}`} part={`gate-text ${view.allowed ? 'gate-allowed' : 'gate-denied'}`}>
        <p>{view.text}</p>
        {view.more.map((text) => (
          <p key={text} class="hint">
            {text}
          </p>
        ))}
      </div>
      <p class="visually-hidden" aria-live="polite">
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
  const answeredAt = useRef(0);

  const ask = useCallback(
    async (after: string | undefined, signal: AbortSignal): Promise<void> => {
      const query = after === undefined ? question : `${question}&after=${encodeURIComponent(after)}`;
      const onWaiting = (waiting: boolean): void => {
        if (!waiting || signal.aborted || performance.now() - answeredAt.current < believedFor) return;
        setState({ asked: 'unreachable', question });
      };
      try {
        const asked = await link.client.json<Gate>(`/gate?${query}`, { signal, onWaiting });
        if (signal.aborted) return;
        answeredAt.current = performance.now();
        setState({ asked, question });
        // Nothing else would tell when it is.
        if (asked.reasons.includes('not_up_to_date')) {
          const timer = setTimeout(() => void ask(after, signal), pauseWhileStale);
          signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
        }
      } catch (error) {
        if (signal.aborted) return;
        // Whatever it is, nobody has said yes.
        const old = performance.now() - answeredAt.current >= believedFor;
        if (error instanceof Refused || old) setState({ asked: 'unreachable', question });
      }
    },
    [link, question],
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
    const leave = link.listen({ onChange: ({ position }) => again(position), onConnection: () => again() });
    return () => {
      leave();
      gone.abort();
      latest.abort();
    };
  }, [link, ask]);
  return state.question === question ? state.asked : 'asking';
}
