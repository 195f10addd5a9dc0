/** Everything that the chart has gets a place, nothing lies on what it has nothing to do with, and labels can be read. */
import { accountMachine } from '../../../machines/account.js';
import { chartOf, type ChartState } from '../../../src/console/build/chart/chart.js';
import type { Box, DrawnChart, DrawnRegion, DrawnState } from '../../../src/console/chart/drawing.js';
import { drawnChart } from '../../support/chart.js';

let chart: DrawnChart;
beforeAll(async () => (chart = await drawnChart()));

const paths = (states: readonly ChartState[]): string[] =>
  states.flatMap((state) => [state.path, ...paths(state.states)]);

const isIn = (inner: Box, outer: Box): boolean =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height;

const overlap = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

function pairs<T>(all: readonly T[]): [T, T][] {
  return all.flatMap((one, index) => all.slice(index + 1).map((other): [T, T] => [one, other]));
}

const isAround = (outer: DrawnState, inner: DrawnState): boolean => inner.path.startsWith(`${outer.path}.`);

test('every state and every arrow of the chart has a place in the drawing', () => {
  for (const [index, region] of chartOf(accountMachine).entries()) {
    expect(chart[index]?.states.map(({ path }) => path)).toEqual(paths(region.states));
    const arrows = chart[index]?.arrows.map(({ from, to, events }) => ({ from, to, events }));
    expect(arrows).toEqual(region.arrows);
  }
});

test.each(['setup', 'verification', 'standing'])(
  '%s: states lie in what is around them and beside all else',
  (name) => {
    const { states, width, height } = chart.find((region) => region.name === name) as DrawnRegion;
    for (const state of states) expect(isIn(state, { x: 0, y: 0, width, height })).toBe(true);
    for (const [one, other] of pairs(states)) {
      const nested = isAround(one, other);
      expect([one.path, other.path, nested ? isIn(other, one) : overlap(one, other)]).toEqual([
        one.path,
        other.path,
        nested,
      ]);
    }
  },
);

test.each(['setup', 'verification', 'standing'])(
  '%s: labels lie neither on each other nor on a state’s name',
  (name) => {
    const { states, arrows } = chart.find((region) => region.name === name) as DrawnRegion;
    const labels = arrows.map(({ label }) => label);
    for (const [one, other] of pairs(labels))
      expect([one.lines, other.lines, overlap(one, other)]).toEqual([one.lines, other.lines, false]);
    const names = states.map(({ kind, ...box }) =>
      kind === 'atomic' || kind === 'any' ? box : { ...box, height: 24 },
    );
    for (const label of labels) expect(names.filter((box) => overlap(label, box))).toEqual([]);
  },
);

test('arrows begin and end on the edges of what they join', () => {
  const onEdge = ({ x, y }: { x: number; y: number }, box: Box): boolean => {
    const near = (a: number, b: number): boolean => Math.abs(a - b) < 1;
    const inX = x > box.x - 1 && x < box.x + box.width + 1;
    const inY = y > box.y - 1 && y < box.y + box.height + 1;
    const onSide = (near(x, box.x) || near(x, box.x + box.width)) && inY;
    return onSide || ((near(y, box.y) || near(y, box.y + box.height)) && inX);
  };
  for (const { states, arrows } of chart) {
    const at = new Map(states.map((state) => [state.path, state]));
    for (const { from, to, points } of arrows) {
      const [first, last] = [points[0], points.at(-1)];
      expect([from, to, onEdge(first ?? { x: -9, y: -9 }, at.get(from) as Box)]).toEqual([from, to, true]);
      expect([from, to, onEdge(last ?? { x: -9, y: -9 }, at.get(to) as Box)]).toEqual([from, to, true]);
    }
  }
});
