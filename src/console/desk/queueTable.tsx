/** The rows in sight, as a table to whoever hears it read. */
import { useEffect, useState } from 'preact/hooks';
import type { Rows } from '../ui/rows.js';
import type { ReviewLine } from './filter.js';
import type { Row } from './queue.js';
import { QueueRow } from './queueRow.js';

/** Rows kept ready above and below those in sight. What is in sight never goes blank without them: see `useRows`. */
const ahead = 2;
/** Times in the rows are told anew so often, in milliseconds. */
const tellTimes = 30_000;

const titles = ['Account', 'State', 'Waiting', 'Decide', 'With', 'Missing'];

type QueueTableProps = {
  readonly rows: readonly Row<ReviewLine>[];
  readonly list: Rows;
  /** Of a row, in pixels. */
  readonly height: number;
  /** How many rows there are with those that are not loaded. */
  readonly total: number;
  /** Cards name what they hold; there are no columns to name. */
  readonly headless: boolean;
  /** The account that has the focus, or had it last. */
  readonly active: string | undefined;
  readonly me: string;
  readonly onActive: (accountId: string) => void;
  readonly onTake: ((line: ReviewLine) => Promise<void>) | undefined;
};

type Placed = { readonly row: Row<ReviewLine>; readonly index: number };

/** The rows in the page: those in sight, a few around them, and the active one wherever it is scrolled to. */
function placed(rows: readonly Row<ReviewLine>[], { first, last }: Rows, activeIndex: number): Placed[] {
  const [from, to] = [Math.max(0, first - ahead), Math.min(rows.length - 1, last + ahead)];
  const shown = rows.slice(from, to + 1).map((row, index) => ({ row, index: from + index }));
  const active = rows[activeIndex];
  if (active === undefined || (activeIndex >= from && activeIndex <= to)) return shown;
  const one = { row: active, index: activeIndex };
  return activeIndex < from ? [one, ...shown] : [...shown, one];
}

export function QueueTable({ rows, list, height, total, headless, active, me, onActive, onTake }: QueueTableProps) {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), tellTimes);
    return () => clearInterval(timer);
  }, []);
  const activeIndex = rows.findIndex(({ line }) => line.accountId === active);
  const focusable = activeIndex === -1 ? rows[list.first]?.line.accountId : active;
  return (
    <div role="table" aria-label="Reviews, the longest waiting first" aria-rowcount={total + 1} class="queue-table">
      <div role="rowgroup" class={headless ? 'visually-hidden' : 'queue-head'}>
        <div role="row" aria-rowindex={1} class="queue-line">
          {titles.map((title) => (
            <span key={title} role="columnheader">
              {title}
            </span>
          ))}
        </div>
      </div>
      <div role="rowgroup" class="queue-scroll" ref={list.attach} onScroll={list.onScroll}>
        <div role="presentation" class="queue-space" style={{ height: `${rows.length * height}px` }}>
          <div role="presentation" class="queue-seen" style={{ height: `${list.seen}px` }}>
            <div role="presentation" style={{ transform: `translateY(${-list.top}px)` }}>
              {placed(rows, list, activeIndex).map(({ row, index }) => (
                <QueueRow
                  key={row.line.accountId}
                  row={row}
                  index={index}
                  height={height}
                  focusable={row.line.accountId === focusable}
                  me={me}
                  now={now}
                  onActive={onActive}
                  onTake={onTake}
                />
              ))}
            </div>
          </div>
        </div>
      </div>
    </div>
  );
}
