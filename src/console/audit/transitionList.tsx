/** Transitions as a table: when, whose, what, from where to where, who and why; each with its raw event. */
import { useState } from 'preact/hooks';
import type { Pages } from '../api/pages.js';
import type { Transition } from '../api/types.js';
import { Badge } from '../ui/badge.js';
import { Button } from '../ui/button.js';
import { Empty, ProblemNotice, Skeleton } from '../ui/feedback.js';
import { Id } from '../ui/id.js';
import { type Column, Table } from '../ui/table.js';
import { Time } from '../ui/time.js';
import { codeWords } from '../words/status.js';
import { counted } from './findingWords.js';
import { movesOf, type State } from './moves.js';
import { RawEvent } from './rawEvent.js';

function accountAt({ accountId, revision }: Transition): string {
  return `/console/accounts/${encodeURIComponent(accountId)}?revision=${revision}`;
}

function Moves({ transition: { from, to } }: { readonly transition: Transition }) {
  const moves = movesOf(from as State | null, to as State | null);
  // An account's first event moves every region out of nothing: the state it begins in says it all.
  if (from === null) return <span class="small muted">the account begins</span>;
  if (moves.length === 0) return <span class="small muted">no state changed</span>;
  return (
    <ul class="audit-moves">
      {moves.map(({ region, from: before, to: after }) => (
        <li key={region}>
          <span class="muted">{codeWords(region)}</span>{' '}
          <span>
            {codeWords(before ?? 'none')} → <strong>{codeWords(after ?? 'none')}</strong>
          </span>
        </li>
      ))}
    </ul>
  );
}

function columnsOf(onRaw: (transition: Transition) => void): readonly Column<Transition>[] {
  return [
    {
      title: 'When',
      cell: ({ occurredAt, imported, recordedAt }) => (
        <div class="audit-when">
          <Time at={occurredAt} />
          <span class="small muted">{occurredAt.replace('T', ' ').slice(0, 19)} UTC</span>
          {imported && (
            <span class="small muted">
              brought in <Time at={recordedAt} />
            </span>
          )}
        </div>
      ),
    },
    {
      title: 'Account',
      cell: (transition) => (
        <div class="audit-account">
          <Id value={transition.accountId} href={accountAt(transition)} />
          <span class="small muted">revision {transition.revision}</span>
        </div>
      ),
    },
    {
      title: 'What',
      header: true,
      cell: (transition) => (
        <div class="audit-what">
          {codeWords(transition.type)}
          <Moves transition={transition} />
          <span class="small muted">by {codeWords(transition.command).toLowerCase()}</span>
        </div>
      ),
    },
    {
      title: 'Who and why',
      cell: ({ actor, onBehalfOf, reasons }) => (
        <div class="audit-who">
          <span class="audit-actor">
            {actor.id} <Badge>{actor.type}</Badge>
          </span>
          {onBehalfOf !== null && <span class="small muted">for {onBehalfOf}</span>}
          {reasons.length > 0 && <span>{reasons.map((reason) => codeWords(reason)).join(', ')}</span>}
        </div>
      ),
    },
    {
      title: 'Event',
      cell: (transition) => (
        <Button
          small
          aria-label={`The raw event: ${codeWords(transition.type)} of ${transition.accountId}, revision ${transition.revision}`}
          onClick={() => onRaw(transition)}
        >
          Raw
        </Button>
      ),
    },
  ];
}

export function TransitionList({
  transitions,
  filtered,
}: {
  readonly transitions: Pages<Transition>;
  /** Whether any filter is set. */
  readonly filtered: boolean;
}) {
  const { items, more, loading, problem, loadMore, retry } = transitions;
  const [raw, setRaw] = useState<Transition | undefined>(undefined);
  if (items === undefined) {
    return problem === undefined ? <Skeleton lines={14} /> : <ProblemNotice problem={problem} onRetry={retry} />;
  }
  return (
    <div class="stack audit-transitions" aria-busy={loading}>
      <Table
        cards
        caption="List of transitions"
        columns={columnsOf(setRaw)}
        rows={items}
        keyOf={({ position }) => position}
        empty={
          more ? (
            <Empty title="None found so far">Only a part of the log was looked through yet. Go on below.</Empty>
          ) : filtered ? (
            <Empty title="Nothing matches">No event meets all of these filters. Take one off to see more.</Empty>
          ) : (
            <Empty title="Nothing has happened yet">
              As soon as the first account signs up, each of its steps appears here: who, when, from where to where, and
              why.
            </Empty>
          )
        }
      />
      {problem !== undefined && <ProblemNotice problem={problem} onRetry={retry} />}
      <div class="row" role="status">
        <span class="muted">{loading ? 'Looking through the log …' : `${counted(items.length, 'event')} shown`}</span>
        {more && (
          <Button busy={loading} onClick={() => void loadMore()}>
            {items.length === 0 ? 'Go on looking' : 'Show more'}
          </Button>
        )}
      </div>
      {raw !== undefined && <RawEvent transition={raw} onClose={() => setRaw(undefined)} />}
    </div>
  );
}
