/** How long accounts stay in each state. */
import type { Answer } from '../api/types.js';
import { Empty } from '../ui/feedback.js';
import { type Column, Table } from '../ui/table.js';
import { Spread, SpreadAxis } from './bar.js';
import { duration, number, timeScale } from './figures.js';
import { stateName } from './names.js';
import type { Period } from './period.js';
import { FigureSection } from './section.js';
import { useFigures } from './useFigures.js';

type State = Answer<'/v1/analytics/time-in-state'>['verification'][number];

export function TimeSection({ period }: { readonly period: Period }) {
  const query = useFigures('timeInState', period);
  return (
    <FigureSection
      title="Time in each state"
      id="time-in-state"
      lead="Stays that ended in this time; leaving and coming back are two. How many are there now is as of the present."
      query={query}
      lines={16}
    >
      {({ verification, standing }) => (
        <>
          <h3>Verification</h3>
          <States caption="Time in each state of verification" states={verification} />
          <h3>Standing</h3>
          <States caption="Time in each standing" states={standing} />
          <p class="small muted">
            In the column “Spread”, the dot is the median, the bar ends where nine of ten stays had ended, the line
            where ninety-nine of a hundred had. Each step of the scale is a multiple of the one before.
          </p>
        </>
      )}
    </FigureSection>
  );
}

function States({ caption, states }: { readonly caption: string; readonly states: readonly State[] }) {
  const shown = states.filter(({ stays, now }) => stays.count > 0 || now > 0);
  const scale = timeScale(shown.flatMap(({ stays: { median, p90, p99 } }) => [median ?? 0, p90 ?? 0, p99 ?? 0]));
  const columns: Column<State>[] = [
    { title: 'State', cell: ({ state }) => stateName(state), header: true },
    { title: 'Now', cell: ({ now }) => number(now), numeric: true },
    { title: 'Stays', cell: ({ stays }) => number(stays.count), numeric: true },
    {
      title: 'Spread',
      under: <SpreadAxis scale={scale} />,
      cell: ({ stays }) => <Spread summary={stays} scale={scale} />,
    },
    { title: 'Median', cell: ({ stays }) => duration(stays.median), numeric: true },
    { title: '90 %', cell: ({ stays }) => duration(stays.p90), numeric: true },
    { title: '99 %', cell: ({ stays }) => duration(stays.p99), numeric: true },
    { title: 'Longest', cell: ({ stays }) => duration(stays.max), numeric: true },
  ];
  return (
    <Table
      caption={caption}
      columns={scale.ticks.length === 0 ? columns.filter(({ title }) => title !== 'Spread') : columns}
      rows={shown}
      keyOf={({ state }) => state}
      empty={<Empty title="No account yet">How long accounts stay in each state will appear here.</Empty>}
    />
  );
}
