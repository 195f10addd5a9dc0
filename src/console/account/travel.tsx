/** The way through an account's history: which revision the page shows, and how to get to another one. */
import { useKeys } from '../ui/keys.js';
import { Button } from '../ui/button.js';
import { Time } from '../ui/time.js';
import { actorText } from '../words/account.js';
import { eventWords } from '../words/events.js';
import { BriefTime } from './briefTime.js';
import type { TimelineItem } from './types.js';

type Props = {
  /** The revision shown; undefined for now. */
  readonly revision: number | undefined;
  /** The last revision there is. */
  readonly head: number;
  /** The event of the revision shown, once it is known. */
  readonly event: TimelineItem | undefined;
  /** What is shown is not yet that of the revision. */
  readonly busy: boolean;
  /** @param settled false while the slider is being drawn */
  readonly onRevision: (revision: number | undefined, settled: boolean) => void;
};

export function Travel({ revision, head, event, busy, onRevision }: Props) {
  const shown = revision ?? head;
  const past = revision !== undefined;
  const go = (to: number): void => onRevision(to >= head ? undefined : Math.max(0, to), true);
  useKeys('History of this account', [
    { key: '[', does: 'One event back', run: () => go(shown - 1) },
    { key: ']', does: 'One event on', run: () => go(shown + 1) },
    { key: 'n', does: 'Back to now', run: () => onRevision(undefined, true) },
  ]);
  const title = event === undefined ? '' : eventWords(event).title;
  return (
    <section class={past ? 'travel travel-past tone-wait' : 'travel tone-quiet'} aria-label="History" aria-busy={busy}>
      <div class="travel-steps">
        <Button small disabled={shown <= 0} onClick={() => go(shown - 1)} aria-label="One event back">
          ‹
        </Button>
        <label class="travel-slider">
          <span class="visually-hidden">Revision of the account</span>
          <input
            type="range"
            min={0}
            max={head}
            step={1}
            value={shown}
            aria-valuetext={`Revision ${shown} of ${head}${title === '' ? '' : `: ${title}`}`}
            onInput={({ currentTarget }) => {
              const to = Number(currentTarget.value);
              onRevision(to >= head ? undefined : to, false);
            }}
            onChange={({ currentTarget }) => go(Number(currentTarget.value))}
          />
        </label>
        <Button small disabled={shown >= head} onClick={() => go(shown + 1)} aria-label="One event on">
          ›
        </Button>
      </div>
      <p class="travel-text">
        <strong>{past ? `As it was at revision ${shown} of ${head}` : `Now, at revision ${head}`}</strong>
        {event !== undefined && (
          <>
            {' · '}
            {past ? <BriefTime at={event.occurredAt} /> : <Time at={event.occurredAt} />} · {title} ·{' '}
            {actorText(event.actor)}
          </>
        )}
      </p>
      <div class="travel-now">
        <Button small kind="primary" disabled={!past} onClick={() => onRevision(undefined, true)}>
          Back to now
        </Button>
      </div>
      <p class="visually-hidden" role="status">
        {past ? `Showing the account as it was at revision ${shown}.` : ''}
      </p>
    </section>
  );
}
