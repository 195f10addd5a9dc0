/** One review in the list. */
import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';
import { Badge } from '../ui/badge.js';
import { durationInWords, exactInstant, relativeInstant } from '../words/time.js';
import { statusWords } from '../words/status.js';
import { isAssignable, isOverdue, type ReviewLine } from './filter.js';
import type { Row } from './queue.js';
import { requirementWords, reviewTone, reviewWords } from './words.js';

type QueueRowProps = {
  readonly row: Row<ReviewLine>;
  readonly index: number;
  readonly height: number;
  readonly focusable: boolean;
  readonly me: string;
  /** Milliseconds since the epoch, for times that are told relative to it. */
  readonly now: number;
  readonly onActive: (accountId: string) => void;
  readonly onTake: ((line: ReviewLine) => Promise<void>) | undefined;
};

export function QueueRow({ row, index, height, focusable, me, now, onActive, onTake }: QueueRowProps) {
  const { line, gone } = row;
  const { accountId } = line;
  // While rows fly by, what is in them stays as it is.
  const cells = useMemo(
    () => <Cells line={line} gone={gone} me={me} now={now} focusable={focusable} onTake={onTake} />,
    [line, gone, me, now, focusable],
  );
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      class={gone ? 'queue-line queue-gone' : 'queue-line'}
      style={{ transform: `translateY(${index * height}px)`, height: `${height}px` }}
      onFocusIn={() => onActive(accountId)}
    >
      {cells}
    </div>
  );
}

const minute = 60_000;

/** A time of waiting; seconds do not matter. */
function waitedInWords(ms: number): string {
  return ms < minute ? 'just now' : durationInWords(Math.floor(ms / minute) * minute);
}

/** The largest part of a length of time: `6 d`. */
function roughly(ms: number): string {
  return durationInWords(Math.max(minute, ms)).split(' ').slice(0, 2).join(' ');
}

type CellsProps = Pick<QueueRowProps, 'me' | 'now' | 'focusable' | 'onTake'> & {
  readonly line: ReviewLine;
  readonly gone: boolean;
};

function Cells({ line, gone, me, now: told, focusable, onTake }: CellsProps) {
  const { accountId, company, waitingSince, decideBy, assignee } = line;
  // A line that came since then waits from now on, not from the future.
  const now = Math.max(told, Date.now());
  const late = !gone && isOverdue(line, new Date(now).toISOString());
  return (
    <>
      <span role="cell" class="queue-account">
        <a
          class="queue-link"
          data-row={accountId}
          tabIndex={focusable ? 0 : -1}
          href={`/console/reviews/${encodeURIComponent(accountId)}`}
        >
          {company ?? accountId}
        </a>
        {company !== null && <code class="muted">{accountId}</code>}
      </span>
      <span role="cell" class="queue-badges">
        {gone ? (
          <Badge>
            {line.review === null ? `Done: ${statusWords(line.status).toLowerCase()}` : 'Not in this list now'}
          </Badge>
        ) : (
          <Marks line={line} />
        )}
      </span>
      <span role="cell" class="numeric" title={waitingSince === null ? undefined : exactInstant(waitingSince)}>
        <span class="queue-name">Waiting </span>
        {waitingSince === null ? '–' : waitedInWords(now - Date.parse(waitingSince))}
      </span>
      <span role="cell" class={late ? 'queue-decide queue-late' : 'queue-decide'}>
        {decideBy === null ? (
          <span class="muted">no date</span>
        ) : (
          <time dateTime={decideBy} title={exactInstant(decideBy)}>
            {late ? `${roughly(now - Date.parse(decideBy))} overdue` : relativeInstant(decideBy, now)}
          </time>
        )}
      </span>
      <span role="cell" class="queue-with">
        {assignee === null ? (
          onTake === undefined || gone || !isAssignable(line) ? (
            <span class="muted">nobody</span>
          ) : (
            <button type="button" class="queue-take" tabIndex={focusable ? 0 : -1} onClick={() => void onTake(line)}>
              Take<span class="visually-hidden"> {accountId}</span>
            </button>
          )
        ) : assignee === me ? (
          <strong>me</strong>
        ) : (
          <code>{assignee}</code>
        )}
      </span>
      <span role="cell" class="queue-missing">
        <span class="queue-name">Missing: </span>
        {line.missing.length === 0 ? (
          <span class="muted">nothing</span>
        ) : (
          <span title={line.missing.map(requirementWords).join(', ')}>
            {line.missing.map(requirementWords).join(', ')}
          </span>
        )}
      </span>
    </>
  );
}

/** What was done, and by or to whom; the latter is not to be seen where a line has no room for it. */
function who(did: string, whom: string): ComponentChildren {
  return (
    <span title={`${did} ${whom}`}>
      {did}
      <span class="queue-who"> {whom}</span>
    </span>
  );
}

function Marks({ line }: { readonly line: ReviewLine }) {
  const { review, suspensionAppeal, appeal, proposedBy, escalatedTo } = line;
  return (
    <>
      {review !== null && <Badge tone={reviewTone(review)}>{reviewWords(review)}</Badge>}
      {appeal && <Badge tone="stop">Appeal</Badge>}
      {suspensionAppeal && review !== 'suspension_appeal' && <Badge tone="stop">Suspension appealed</Badge>}
      {proposedBy !== null && <Badge tone="ok">{who('Proposed', `by ${proposedBy}`)}</Badge>}
      {escalatedTo !== null && <Badge tone="stop">{who('Escalated', `to ${escalatedTo}`)}</Badge>}
    </>
  );
}
