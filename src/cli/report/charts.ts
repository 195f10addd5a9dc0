/**
 * Charts as SVG, without a script: bars, times on a logarithmic axis, and columns for weeks. Every chart has axes with
 * their unit, and a name and a description for those who cannot see it.
 */
import { markup, type Markup, nothing } from './markup.js';
import { duration, number } from './words.js';

/** In units of the drawing; it is scaled to the place that it is given. */
const width = 420;
const labelWidth = 118;
const rightMargin = 58;
const rowHeight = 24;
const axisHeight = 34;
const barLeft = labelWidth + 8;
const plotWidth = width - barLeft - rightMargin;

/** One decimal is finer than any screen. */
const at = (value: number): string => String(Math.round(value * 10) / 10);

export type Described = { readonly id: string; readonly title: string; readonly description: string };

function drawing({ id, title, description }: Described, height: number, content: readonly Markup[]): Markup {
  return markup`<svg viewBox="0 0 ${width} ${at(height)}" role="img" aria-labelledby="${id}-t ${id}-d"><title id="${id}-t">${title}</title><desc id="${id}-d">${description}</desc>${content}</svg>`;
}

/** Whole numbers for an axis from 0 to `most`: 1, 2 or 5 times a power of ten apart, at most so many steps. */
export function niceTicks(most: number, steps: number): readonly number[] {
  const raw = most / steps;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = Math.max(1, power * ([1, 2, 5, 10].find((factor) => factor * power >= raw) ?? 10));
  return Array.from({ length: Math.floor(most / step) + 1 }, (_, index) => index * step);
}

export type Bar = {
  readonly label: string;
  /** What the bar is made of, from the left: a class of its colour and a length each. */
  readonly parts: readonly { readonly tone: string; readonly value: number; readonly name: string }[];
  /** Behind the bar. */
  readonly note: string;
};

/** Horizontal bars, one under the other; nothing where there are none. @param unit what the axis counts */
export function bars(described: Described, rows: readonly Bar[], unit: string): Markup {
  if (rows.length === 0) return nothing;
  const sums = rows.map(({ parts }) => parts.reduce((sum, { value }) => sum + value, 0));
  const most = Math.max(...sums, 1);
  const ticks = niceTicks(most, 4);
  const scale = plotWidth / most;
  const bottom = rows.length * rowHeight + 4;
  const axis = axisBelow(
    bottom,
    ticks.map((tick) => ({ x: barLeft + tick * scale, text: number(tick) })),
    unit,
  );
  const drawn = rows.map((row, index) => barRow(row, index * rowHeight + 4, scale, sums[index] ?? 0));
  return drawing(described, bottom + axisHeight, [axis, ...drawn]);
}

function barRow({ label, parts, note }: Bar, top: number, scale: number, sum: number): Markup {
  let left = barLeft;
  const drawn = parts.map(({ tone, value, name }) => {
    const length = value * scale;
    const x = left;
    left += length;
    return markup`<rect class="${tone}" x="${at(x)}" y="${top + 3}" width="${at(length)}" height="${rowHeight - 8}" rx="1.5"><title>${label}${name === '' ? '' : `, ${name}`}: ${number(value)}</title></rect>`;
  });
  const middle = top + rowHeight / 2 - 1;
  return markup`${rowLabel(label, middle)}${drawn}<text class="value" x="${at(barLeft + sum * scale + 5)}" y="${at(middle)}">${note}</text>`;
}

function rowLabel(label: string, middle: number): Markup {
  // What is too long for its place is cut; the table beside has all of it.
  const shown = label.length > 19 ? `${label.slice(0, 18)}…` : label;
  return markup`<text class="label" x="${labelWidth}" y="${at(middle)}">${shown}</text>`;
}

function axisBelow(y: number, ticks: readonly { readonly x: number; readonly text: string }[], unit: string): Markup {
  const lines = ticks.map(
    ({ x, text }) =>
      markup`<line class="grid" x1="${at(x)}" y1="0" x2="${at(x)}" y2="${at(y)}"/><text class="tick" x="${at(x)}" y="${at(y + 12)}">${text}</text>`,
  );
  return markup`<g>${lines}<line class="axis" x1="${barLeft}" y1="${at(y)}" x2="${barLeft + plotWidth}" y2="${at(y)}"/><text class="unit" x="${at(barLeft + plotWidth / 2)}" y="${at(y + 27)}">${unit}</text></g>`;
}

export type TimeRow = {
  readonly label: string;
  readonly median: number | null;
  readonly p90: number | null;
  readonly p99: number | null;
};

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** Marks of a logarithmic axis of time, and their names. */
const timeMarks: readonly (readonly [number, string])[] = [
  [second, '1 s'],
  [10 * second, '10 s'],
  [minute, '1 min'],
  [10 * minute, '10 min'],
  [hour, '1 h'],
  [6 * hour, '6 h'],
  [day, '1 d'],
  [7 * day, '7 d'],
  [30 * day, '30 d'],
  [365 * day, '1 y'],
  [3_650 * day, '10 y'],
];

/** So far from the axis' beginning the first mark stands, so that it does not touch the names. */
const inset = 6;

/** The median, the ninetieth and the ninety-ninth percentile of times, on a logarithmic axis. */
export function times(described: Described, rows: readonly TimeRow[]): Markup {
  const all = rows.flatMap(({ median, p99 }) => [median, p99]).filter((value) => value !== null);
  const within = marksAround(Math.max(second, Math.min(...all)), Math.max(second, ...all));
  const [low, high] = [within[0]?.[0] ?? second, within.at(-1)?.[0] ?? minute];
  const x = (value: number): number => {
    const position = Math.log(Math.min(Math.max(value, low), high) / low) / Math.log(high / low);
    return barLeft + inset + position * (plotWidth - inset);
  };
  const top = 16;
  const bottom = top + rows.length * rowHeight + 4;
  const marks = thinned(within).map(([value, text]) => ({ x: x(value), text }));
  const drawn = rows.map((row, index) => timeRow(row, top + index * rowHeight + rowHeight / 2, x));
  return drawing(described, bottom + axisHeight, [
    axisBelow(bottom, marks, 'time, logarithmic'),
    markup`<text class="amount" x="${width}" y="8">median</text>`,
    ...drawn,
  ]);
}

function marksAround(least: number, most: number): readonly (readonly [number, string])[] {
  const from = Math.max(
    0,
    timeMarks.findLastIndex(([value]) => value <= least),
  );
  const to = timeMarks.findIndex(([value]) => value >= most);
  const marks = timeMarks.slice(from, to === -1 ? undefined : Math.max(to, from + 1) + 1);
  return marks.length < 2 ? timeMarks.slice(0, 2) : marks;
}

/** At most six marks: more would touch each other. */
function thinned<T>(marks: readonly T[]): readonly T[] {
  const every = Math.ceil(marks.length / 6);
  return marks.filter((_, index) => index % every === 0);
}

function timeRow({ label, median, p90, p99 }: TimeRow, middle: number, x: (value: number) => number): Markup {
  if (median === null || p90 === null || p99 === null) {
    return markup`${rowLabel(label, middle)}<text class="none" x="${barLeft + 4}" y="${at(middle)}">no completed stay</text>`;
  }
  const words = `${label}: median ${duration(median)}, p90 ${duration(p90)}, p99 ${duration(p99)}`;
  const tick = (value: number, tone: string, half: number): Markup =>
    markup`<rect class="${tone}" x="${at(x(value) - 1.5)}" y="${at(middle - half)}" width="3" height="${2 * half}"/>`;
  return markup`${rowLabel(label, middle)}<g><title>${words}</title><line class="span" x1="${at(x(median))}" y1="${at(middle)}" x2="${at(x(p99))}" y2="${at(middle)}"/>${tick(p99, 'far', 4)}${tick(p90, 'near', 6)}<circle class="first" cx="${at(x(median))}" cy="${at(middle)}" r="4.5"/></g><text class="amount" x="${width}" y="${at(middle)}">${duration(median)}</text>`;
}

/** What the marks of `times` mean. */
export const timeKey = markup`<ul class="key"><li><svg viewBox="0 0 12 12" aria-hidden="true"><circle class="first" cx="6" cy="6" r="4.5"/></svg>median</li><li><svg viewBox="0 0 12 12" aria-hidden="true"><rect class="near" x="4.5" width="3" height="12"/></svg>p90</li><li><svg viewBox="0 0 12 12" aria-hidden="true"><rect class="far" x="4.5" y="2" width="3" height="8"/></svg>p99</li></ul>`;

export type Column = { readonly name: string; readonly from: string; readonly value: number };

const columnsHeight = 96;

/** A column for each week. @param unit what the columns count */
export function columns(described: Described, weeks: readonly Column[], unit: string): Markup {
  const left = 40;
  const right = width - 6;
  const top = 8;
  const most = Math.max(...weeks.map(({ value }) => value), 1);
  const ticks = niceTicks(most, 4);
  const scale = columnsHeight / most;
  const bottom = top + columnsHeight;
  const slot = (right - left) / Math.max(weeks.length, 1);
  const grid = ticks.map((tick) => {
    const y = bottom - tick * scale;
    return markup`<line class="grid" x1="${left}" y1="${at(y)}" x2="${right}" y2="${at(y)}"/><text class="level" x="${left - 5}" y="${at(y)}">${number(tick)}</text>`;
  });
  const drawn = weeks.map(({ name, value }, index) =>
    value === 0
      ? nothing
      : markup`<rect class="first" x="${at(left + index * slot + slot * 0.1)}" y="${at(bottom - value * scale)}" width="${at(Math.max(slot * 0.8, 0.6))}" height="${at(value * scale)}"><title>${name}: ${number(value)}</title></rect>`,
  );
  const every = Math.max(1, Math.ceil(weeks.length / 5));
  const names = weeks.map(({ from }, index) =>
    index % every === 0
      ? markup`<text class="tick" x="${at(left + (index + 0.5) * slot)}" y="${bottom + 13}">${from.slice(0, 7)}</text>`
      : nothing,
  );
  return drawing(described, bottom + axisHeight - 2, [
    ...grid,
    ...drawn,
    markup`<line class="axis" x1="${left}" y1="${bottom}" x2="${right}" y2="${bottom}"/>`,
    ...names,
    markup`<text class="unit" x="${at((left + right) / 2)}" y="${bottom + 28}">${unit}</text>`,
  ]);
}
