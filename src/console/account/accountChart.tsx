/** The chart with an account's path on it: its own part of the console, since it brings the drawing along. */
import chart from 'virtual:chart';
import { useMemo } from 'preact/hooks';
import ChartSection from './chartSection.js';
import type { TimelineItem } from './types.js';
import '../chart/chart.css';

export default function AccountChart({
  items,
  upTo,
}: {
  readonly items: readonly TimelineItem[];
  readonly upTo: number;
}) {
  const steps = useMemo(() => items.filter(({ revision }) => revision <= upTo), [items, upTo]);
  return <ChartSection chart={chart} steps={steps} />;
}
