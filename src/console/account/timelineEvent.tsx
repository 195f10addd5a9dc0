/** One event in words, with the raw one a press away. */
import { useState } from 'preact/hooks';
import { Time } from '../ui/time.js';
import { actorText } from '../words/account.js';
import { eventWords } from '../words/events.js';
import { RawEventView } from './rawEvent.js';
import { movesOf } from './timelineView.js';
import type { TimelineItem } from './types.js';

type Props = {
  readonly accountId: string;
  readonly item: TimelineItem;
  readonly onRevision: (revision: number) => void;
};

export function TimelineEvent({ accountId, item, onRevision }: Props) {
  const [open, setOpen] = useState(false);
  const { revision, type, occurredAt, actor, onBehalfOf, imported } = item;
  const { title, details, tone } = eventWords(item);
  const moves = movesOf(item);
  return (
    <li class={`event tone-${tone}`}>
      <div class="event-head">
        <p class="event-title">{title}</p>
        <p class="event-when small muted">
          <Time at={occurredAt} /> · {actorText(actor)}
          {onBehalfOf !== null && ` for ${onBehalfOf}`}
          {imported && ' · brought in later'}
        </p>
      </div>
      {details.length > 0 && (
        <dl class="event-details">
          {details.map(({ label, text }, index) => (
            <div key={`${index} ${label ?? ''}`}>
              {label !== undefined && <dt>{label}</dt>}
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
      )}
      {moves.length > 0 && (
        <ul class="event-moves small">
          {moves.map(({ part, from, to }) => (
            <li key={part}>
              {part}: {from} → {to}
            </li>
          ))}
        </ul>
      )}
      <p class="event-links small">
        <button type="button" class="link" onClick={() => onRevision(revision)}>
          Revision {revision}
        </button>
        <button type="button" class="link" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? 'Hide raw event' : 'Raw event'}
          <span class="visually-hidden"> of revision {revision}</span>
        </button>
        <code class="muted">{type}</code>
      </p>
      {open && <RawEventView accountId={accountId} revision={revision} />}
    </li>
  );
}
