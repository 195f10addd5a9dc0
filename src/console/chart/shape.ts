/** Lines and heads of arrows as SVG paths. Pure. */
import type { Point } from './drawing.js';

const corner = 6;

function toward(from: Point, to: Point, distance: number): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const part = length === 0 ? 0 : Math.min(distance / length, 0.5);
  return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
}

const at = ({ x, y }: Point): string => `${x.toFixed(1)} ${y.toFixed(1)}`;

/** A line with rounded corners. */
export function linePath(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (first === undefined) return '';
  const parts = rest.map((point, index) => {
    const [before, next] = [points[index] ?? first, points[index + 2]];
    if (next === undefined) return `L${at(point)}`;
    return `L${at(toward(point, before, corner))}Q${at(point)} ${at(toward(point, next, corner))}`;
  });
  return `M${at(first)}${parts.join('')}`;
}

const length = 8;
const half = 3.5;

/** The head at the end of a line. */
export function headPath(points: readonly Point[]): string {
  const [tip, before] = [points.at(-1), points.at(-2)];
  if (tip === undefined || before === undefined) return '';
  const size = Math.hypot(tip.x - before.x, tip.y - before.y);
  if (size === 0) return '';
  const [dx, dy] = [(tip.x - before.x) / size, (tip.y - before.y) / size];
  const foot = { x: tip.x - dx * length, y: tip.y - dy * length };
  const [left, right] = [
    { x: foot.x - dy * half, y: foot.y + dx * half },
    { x: foot.x + dy * half, y: foot.y - dx * half },
  ];
  return `M${at(tip)}L${at(left)}L${at(right)}Z`;
}
