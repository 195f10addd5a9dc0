/** How far accounts came on the way to being verified. */
import type { Query } from '../api/query.js';
import type { Answer } from '../api/types.js';
import { Empty } from '../ui/feedback.js';
import { type Column, Table } from '../ui/table.js';
import { Bar } from './bar.js';
import { duration, percent } from './figures.js';
import { stepName } from './names.js';
import { FigureSection } from './section.js';
import type { Figures } from './useFigures.js';

type Step = Answer<'/v1/analytics/funnel'>['steps'][number];

export function FunnelSection({ query }: { readonly query: Query<Figures<'funnel'>> }) {
  return (
    <FigureSection
      title="Funnel"
      id="funnel"
      lead="Of the accounts that signed up in this time: how many came to each step, however late, and how long it took them."
      query={query}
      lines={11}
    >
      {({ steps }) => <Steps steps={steps} />}
    </FigureSection>
  );
}

function Steps({ steps }: { readonly steps: readonly Step[] }) {
  const signedUp = steps[0]?.accounts ?? 0;
  if (signedUp === 0) {
    return (
      <Empty title="Nobody signed up in this time">
        Each step from signing up to being verified will appear here, with how many accounts reached it.
      </Empty>
    );
  }
  const columns: Column<Step>[] = [
    { title: 'Step', cell: ({ step }) => stepName(step), header: true },
    { title: 'Accounts', cell: ({ accounts }) => <Bar value={accounts} of={signedUp} /> },
    { title: 'Of those who signed up', cell: ({ accounts }) => percent(accounts, signedUp), numeric: true },
    { title: 'From the step before', cell: ({ fromPrevious }) => middle(fromPrevious), numeric: true },
    { title: 'Nine of ten within', cell: ({ fromPrevious }) => duration(fromPrevious?.p90 ?? null), numeric: true },
    { title: 'From signing up', cell: ({ fromSignUp }) => middle(fromSignUp), numeric: true },
  ];
  return (
    <>
      <Table caption="Accounts at each step" columns={columns} rows={steps} keyOf={({ step }) => step} />
      <p class="small muted">Times are medians: half of the accounts took at most so long.</p>
    </>
  );
}

function middle(summary: Step['fromPrevious']): string {
  return duration(summary?.median ?? null);
}
