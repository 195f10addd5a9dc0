/** Everything that happened to the account, one item an event, in words. */
import { useState } from 'preact/hooks';
import { Button } from '../ui/button.js';
import { Empty, ProblemNotice, Skeleton } from '../ui/feedback.js';
import { Section } from '../ui/page.js';
import { TimelineEvent } from './timelineEvent.js';
import { type Order, reaches, shownItems } from './timelineView.js';
import type { Timeline } from './useTimeline.js';

/** So many events are shown at first, and so many more at each press. */
const step = 40;

type Props = {
  readonly accountId: string;
  readonly timeline: Timeline;
  /** Later events are left out. */
  readonly upTo: number;
  readonly onRevision: (revision: number) => void;
};

export function TimelineSection({ accountId, timeline, upTo, onRevision }: Props) {
  const [order, setOrder] = useState<Order>('newest');
  const [most, setMost] = useState(step);
  const { items, complete, problem, refresh } = timeline;
  const all = complete || reaches(timeline, upTo);
  // The newest cannot be told before all are there; the oldest can.
  const ready = all || (order === 'oldest' && items.length > 0);
  const { shown, more } = shownItems(items, upTo, order, most);
  return (
    <Section
      title="What happened"
      id="timeline"
      actions={
        <Button small onClick={() => setOrder(order === 'newest' ? 'oldest' : 'newest')}>
          Show {order === 'newest' ? 'oldest' : 'newest'} first
        </Button>
      }
    >
      {problem !== undefined && <ProblemNotice problem={problem} onRetry={refresh} />}
      {!ready && problem === undefined && <Skeleton lines={12} label="Loading the timeline" />}
      {ready && shown.length === 0 && (
        <Empty title="Nothing happened yet">Each event of the account appears here.</Empty>
      )}
      {ready && shown.length > 0 && (
        <ol class="timeline" reversed={order === 'newest'}>
          {shown.map((item) => (
            <TimelineEvent key={item.revision} accountId={accountId} item={item} onRevision={onRevision} />
          ))}
        </ol>
      )}
      {all && more > 0 && (
        <div class="row">
          <Button onClick={() => setMost(most + step)}>Show {Math.min(step, more)} more</Button>
          <span class="muted">{more.toLocaleString('en')} not shown</span>
        </div>
      )}
    </Section>
  );
}
