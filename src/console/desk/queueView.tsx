/** The list itself: rows in sight, the focus, what arrives meanwhile, and what can be done by keyboard. */
import { useLocation } from 'preact-iso';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { newId } from '../api/newId.js';
import { problemOf } from '../api/client.js';
import { sendCommand } from '../api/commands.js';
import { session } from '../api/session.js';
import { Button } from '../ui/button.js';
import { ProblemNotice, Skeleton } from '../ui/feedback.js';
import { useKeys } from '../ui/keys.js';
import { useMedia } from '../ui/media.js';
import { useRows } from '../ui/rows.js';
import { toast } from '../ui/toast.js';
import { counted } from '../words/plain.js';
import type { Filter, ReviewCounts, ReviewLine } from './filter.js';
import { NoReviews } from './noReviews.js';
import { QueueTable } from './queueTable.js';
import { mostLines, placeIn, type Seen, useQueue } from './useQueue.js';

/** Heights of a row in pixels, as in `desk.css`: on one line, or as a card. */
const rowHeight = 52;
const cardHeight = 132;
/** What is gone is taken away once nobody has scrolled for so long, in milliseconds. */
const quiet = 400;

type QueueViewProps = {
  readonly filter: Filter;
  readonly me: string;
  /** How many lines there are, by the counts. */
  readonly expected: number | undefined;
  readonly counts: ReviewCounts | undefined;
};

export function QueueView({ filter, me, expected, counts }: QueueViewProps) {
  const { route } = useLocation();
  const place = useRef(placeIn(filter));
  const narrow = useMedia('(max-width: 59.99rem)');
  const height = narrow ? cardHeight : rowHeight;
  const [active, setActive] = useState(place.current.active);
  const seen = useRef<Seen>({ first: 0, last: -1, active, moved: 0 });
  const live = useQueue(filter, me, () => seen.current);
  const { queue, moved, leave, sweep } = live;
  const list = useRows(queue.rows.length, height, place.current.top);
  const { first, last, top } = list;
  const followed = useRef(0);
  seen.current = { first, last, active, moved: followed.current };
  const toFocus = useRef(active);
  const mayAssign = session.value?.role === 'reviewer' || session.value?.role === 'admin';

  const indexOf = (id: string | undefined): number => queue.rows.findIndex(({ line }) => line.accountId === id);
  useLayoutEffect(() => {
    list.shift(moved - followed.current);
    followed.current = moved;
  }, [moved]);
  // The focus follows the active row once that is in the page; at first, to where somebody was before.
  useLayoutEffect(() => {
    if (toFocus.current === undefined || list.scroller === null) return;
    const index = indexOf(toFocus.current);
    if (index !== -1) list.reveal(index);
    const row = list.scroller.querySelector<HTMLElement>(`[data-row="${CSS.escape(toFocus.current)}"]`);
    if (row === null) return;
    row.focus({ preventScroll: true });
    toFocus.current = undefined;
  });
  useEffect(() => {
    const timer = setTimeout(sweep, quiet);
    return () => clearTimeout(timer);
  }, [top, queue, active, sweep]);
  const here = useRef({ top, active });
  here.current = { top, active };
  useEffect(() => () => leave(here.current), [leave]);

  const goTo = (index: number): void => {
    const row = queue.rows[Math.max(0, Math.min(index, queue.rows.length - 1))];
    if (row === undefined) return;
    setActive(row.line.accountId);
    toFocus.current = row.line.accountId;
    list.reveal(Math.max(0, Math.min(index, queue.rows.length - 1)));
  };
  const step = (by: number): void => goTo(indexOf(active) === -1 ? first : indexOf(active) + by);
  const open = (): void => {
    if (active !== undefined) route(`/console/reviews/${encodeURIComponent(active)}`);
  };
  const taking = useRef(new Set<string>());
  const take = async ({ accountId }: ReviewLine): Promise<void> => {
    // A second press before the answer is no second taking.
    if (taking.current.has(accountId)) return;
    taking.current.add(accountId);
    try {
      const commandId = newId();
      await sendCommand({ accountId, command: 'assign-review', data: { reviewer: me }, commandId });
      toast(`${accountId} is yours.`);
    } catch (error) {
      toast(`${accountId}: ${problemOf(error).detail}`);
    } finally {
      taking.current.delete(accountId);
    }
  };
  const takeActive = (): void => {
    const row = queue.rows[indexOf(active)];
    if (row !== undefined) void take(row.line);
  };
  useKeys('Queue', [
    { key: 'j', does: 'Next review', run: () => step(1) },
    { key: 'k', does: 'Review before', run: () => step(-1) },
    { key: 'ArrowDown', does: 'Next review', run: () => step(1) },
    { key: 'ArrowUp', does: 'Review before', run: () => step(-1) },
    { key: 'Home', does: 'First review', run: () => goTo(0) },
    { key: 'End', does: 'Last review', run: () => goTo(queue.rows.length - 1) },
    { key: 'o', does: 'Open the review, as Enter does', run: open },
    ...(mayAssign ? [{ key: 'a', does: 'Take the review', run: takeActive }] : []),
    { key: 's', does: 'Show what arrived', run: live.showHeld },
  ]);

  if (live.problem !== undefined && queue.rows.length === 0) {
    return <ProblemNotice problem={live.problem} onRetry={live.reload} />;
  }
  if (live.loading) {
    return (
      <div class="queue-waiting">
        <Skeleton lines={24} label="Loading the queue" />
      </div>
    );
  }
  if (queue.rows.length === 0 && queue.held.length === 0 && live.complete) {
    return <NoReviews filter={filter} counts={counts} />;
  }
  const total = Math.max(expected ?? 0, queue.rows.length);
  return (
    <div class={narrow ? 'queue queue-cards' : 'queue'}>
      {queue.held.length > 0 && (
        <div class="queue-held">
          <Button small kind="primary" onClick={live.showHeld}>
            {queue.held.length} new: show
          </Button>
        </div>
      )}
      <QueueTable
        rows={queue.rows}
        list={list}
        height={height}
        total={total}
        headless={narrow}
        active={active}
        me={me}
        onActive={setActive}
        onTake={mayAssign ? take : undefined}
      />
      <p class="queue-foot small muted" role="status">
        {counted(queue.rows.length, 'review', 'reviews')}
        {live.complete
          ? ''
          : queue.rows.length >= mostLines
            ? `, the longest waiting of ${total.toLocaleString('en')}: narrow the list to see the others`
            : ', loading the rest'}
        {live.problem === undefined ? '' : ` – ${live.problem.detail}`}
      </p>
    </div>
  );
}
