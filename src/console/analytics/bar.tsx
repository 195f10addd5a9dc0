/** Bars in tables: the length says how much at a glance, the figure beside it exactly. */
import { number, type TimeScale } from './figures.js';

type BarProps = {
  readonly value: number;
  /** The value of a whole bar. */
  readonly of: number;
  /** Which of the colours for plots. */
  readonly colour?: 1 | 2 | 3;
};

/** A figure with its bar. */
export function Bar({ value, of, colour = 1 }: BarProps) {
  return (
    <span class="bar">
      <span class="bar-value numeric">{number(value)}</span>
      <span class="bar-track" aria-hidden="true">
        <span class={`bar-fill bar-fill-${colour}`} style={{ width: `${of === 0 ? 0 : (100 * value) / of}%` }} />
      </span>
    </span>
  );
}

type Summary = {
  readonly count: number;
  readonly median: number | null;
  readonly p90: number | null;
  readonly p99: number | null;
};

/** How long something took, on a scale: a dot at the median, a bar to nine of ten, a line to ninety-nine of a hundred. */
export function Spread({
  summary: { median, p90, p99 },
  scale,
}: {
  readonly summary: Summary;
  readonly scale: TimeScale;
}) {
  if (median === null || p90 === null || p99 === null) return <span class="muted">–</span>;
  const [from, nine, most] = [median, p90, p99].map((ms) => 100 * scale.at(ms)) as [number, number, number];
  return (
    <span class="spread" aria-hidden="true">
      {scale.ticks.map(({ label, at }) => (
        <span key={label} class="spread-tick" style={{ left: `${100 * at}%` }} />
      ))}
      <span class="spread-line" style={{ left: `${from}%`, width: `${most - from}%` }} />
      <span class="spread-bar" style={{ left: `${from}%`, width: `${nine - from}%` }} />
      <span class="spread-dot" style={{ left: `${from}%` }} />
    </span>
  );
}

/** What the scale's ticks mean, above a column of spreads. */
export function SpreadAxis({ scale }: { readonly scale: TimeScale }) {
  return (
    <span class="spread spread-axis" aria-hidden="true">
      {scale.ticks.map(({ label, at }) => (
        <span key={label} class={edgeClass(at)} style={{ left: `${100 * at}%` }}>
          {label}
        </span>
      ))}
    </span>
  );
}

function edgeClass(at: number): string {
  if (at > 0.95) return 'spread-label spread-label-end';
  return at < 0.05 ? 'spread-label spread-label-start' : 'spread-label';
}
