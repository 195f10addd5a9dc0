/** A plot with all that makes it readable: what it shows, a legend, the values at a point, and the same as a table. */
import { signal } from '@preact/signals';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { type Column, Table } from '../ui/table.js';
import { theme } from '../ui/theme.js';
import { number } from './figures.js';
import type { DrawnPlot, PlotData } from './plotCanvas.js';
import { shownPoint } from './shownPoint.js';

const dark = matchMedia('(prefers-color-scheme: dark)');
/** Whether the system is dark: a canvas does not follow by itself. */
const systemIsDark = signal(dark.matches);
dark.addEventListener('change', ({ matches }) => (systemIsDark.value = matches));

type PlotProps = PlotData & {
  readonly title: string;
  /** What can be seen in it, in a sentence: for those who do not see it. */
  readonly summary: string;
  /** The name of each point, as the table and the values at a point have it. */
  readonly names: readonly string[];
  /** What a point is: week. */
  readonly point: string;
};

export function Plot({ title, summary, names, point, ...data }: PlotProps) {
  const id = useId();
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  const shown = shownPoint(names, chosen);
  const { host, pointAt } = useDrawing(data, (index) => setChosen(names[index]));
  const choose = (next: number): void => {
    setChosen(names[next]);
    pointAt(next);
  };
  const values = data.series.map(({ label, values: all }) => `${label} ${number(all[shown] ?? 0)}`).join(', ');
  return (
    <figure class="plot" aria-labelledby={`${id}-title`}>
      <figcaption class="plot-caption">
        <span id={`${id}-title`} class="plot-title">
          {title}
        </span>
        <ul class="plot-legend">
          {data.series.map(({ label, colour, dash }) => (
            <li key={label}>
              <svg class={`plot-swatch plot-colour-${colour}`} viewBox="0 0 24 8" aria-hidden="true">
                <line x1="0" y1="4" x2="24" y2="4" stroke-dasharray={dash?.join(' ')} />
              </svg>
              {label}
            </li>
          ))}
        </ul>
      </figcaption>
      <div class="plot-canvas" ref={host} role="img" aria-label={summary} />
      <div class="plot-point">
        <label class="visually-hidden" for={`${id}-point`}>
          {`${title}: ${point}`}
        </label>
        <input
          id={`${id}-point`}
          type="range"
          min={0}
          max={names.length - 1}
          value={shown}
          aria-valuetext={`${names[shown] ?? ''}: ${values}`}
          onInput={(event) => choose(Number(event.currentTarget.value))}
        />
        <p class="small" aria-hidden="true">
          <strong>{names[shown]}</strong>
          {data.series.map(({ label, values: all }) => (
            <span key={label} class="plot-value">
              {label} <span class="numeric">{number(all[shown] ?? 0)}</span>
            </span>
          ))}
        </p>
      </div>
      <details class="plot-table">
        <summary>As a table</summary>
        <PointTable title={title} names={names} point={point} data={data} />
      </details>
    </figure>
  );
}

/** Draws into an element, and again when data, theme or size change. */
function useDrawing(data: PlotData, onPoint: (index: number) => void) {
  const host = useRef<HTMLDivElement>(null);
  const drawn = useRef<DrawnPlot | undefined>(undefined);
  const looks = `${theme.value} ${systemIsDark.value}`;
  const what = JSON.stringify(data);
  useEffect(() => {
    const element = host.current;
    if (element === null) return undefined;
    let gone = false;
    const sizes = new ResizeObserver(() => drawn.current?.resize(element.clientWidth));
    void import('./plotCanvas.js').then(({ drawPlot }) => {
      if (gone) return;
      drawn.current = drawPlot(element, data, onPoint);
      sizes.observe(element);
    });
    return () => {
      gone = true;
      sizes.disconnect();
      drawn.current?.remove();
      drawn.current = undefined;
    };
    // The same data made anew at a rendering is no reason to draw again.
  }, [what, looks]);
  return { host, pointAt: (index: number) => drawn.current?.point(index) };
}

type Row = { readonly name: string; readonly index: number };

function PointTable({
  title,
  names,
  point,
  data: { series },
}: Pick<PlotProps, 'title' | 'names' | 'point'> & { readonly data: PlotData }) {
  const columns: Column<Row>[] = [
    { title: point, cell: ({ name }) => name, header: true },
    ...series.map(({ label, values }): Column<Row> => ({
      title: label,
      cell: ({ index }) => number(values[index] ?? 0),
      numeric: true,
    })),
  ];
  // The latest first: it is what is looked for most.
  const rows = names.map((name, index) => ({ name, index })).toReversed();
  return (
    <Table caption={`${title}, by ${point.toLowerCase()}`} columns={columns} rows={rows} keyOf={({ name }) => name} />
  );
}
