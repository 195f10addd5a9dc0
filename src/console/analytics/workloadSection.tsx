/** What waits now, for whom, and what is overdue. */
import { api, bodyOf } from '../api/client.js';
import { useQuery } from '../api/query.js';
import type { Answer } from '../api/types.js';
import { Badge } from '../ui/badge.js';
import { Empty } from '../ui/feedback.js';
import { type Column, Table } from '../ui/table.js';
import { Time } from '../ui/time.js';
import { Bar } from './bar.js';
import { counted, number } from './figures.js';
import { reviewName } from './names.js';
import { FigureSection } from './section.js';

type Workload = Answer<'/v1/analytics/workload'>;
type Waiting = Pick<Workload, 'waiting' | 'overdue' | 'longestSince'>;

export function WorkloadSection() {
  const query = useQuery(
    '/v1/analytics/workload',
    async (signal) => bodyOf(api.GET('/v1/analytics/workload', { signal })),
    { when: () => true, every: 60_000 },
  );
  return (
    <FigureSection
      title="Workload now"
      id="workload"
      lead="What is under review at this moment, whatever the time chosen above."
      query={query}
      lines={8}
    >
      {(data) =>
        data.waiting === 0 ? (
          <Empty title="Nothing is under review">
            How much waits in each state and for each reviewer, and what is overdue, will appear here.
          </Empty>
        ) : (
          <Tables data={data} />
        )
      }
    </FigureSection>
  );
}

function Tables({ data: { waiting, overdue, states, reviewers } }: { readonly data: Workload }) {
  const most = (rows: readonly Waiting[]): number => Math.max(...rows.map((one) => one.waiting));
  const here = states.filter((one) => one.waiting > 0);
  return (
    <>
      <p>
        {`${counted(waiting, 'account')} under review. `}
        {overdue === 0 ? 'None is overdue.' : <Badge tone="stop">{`${number(overdue)} overdue`}</Badge>}
      </p>
      <div class="pair">
        <Table
          caption="Under review now, by state"
          columns={[
            { title: 'State', cell: ({ state }) => reviewName(state), header: true },
            ...columnsOf<(typeof here)[number]>(most(here)),
          ]}
          rows={here}
          keyOf={({ state }) => state}
        />
        <Table
          caption="Under review now, by reviewer"
          columns={[
            { title: 'Reviewer', cell: ({ reviewer }) => reviewerLink(reviewer), header: true },
            ...columnsOf<(typeof reviewers)[number]>(most(reviewers)),
          ]}
          rows={reviewers}
          keyOf={({ reviewer }) => reviewer ?? ''}
        />
      </div>
    </>
  );
}

function reviewerLink(reviewer: string | null) {
  return reviewer === null ? <span class="muted">Nobody yet</span> : reviewer;
}

function columnsOf<Row extends Waiting>(most: number): Column<Row>[] {
  return [
    { title: 'Waiting', cell: ({ waiting }) => <Bar value={waiting} of={most} /> },
    {
      title: 'Overdue',
      cell: ({ overdue }) => (overdue === 0 ? 0 : <Badge tone="stop">{number(overdue)}</Badge>),
      numeric: true,
    },
    {
      title: 'Longest',
      cell: ({ longestSince }) => (longestSince === null ? '–' : <Time at={longestSince} />),
    },
  ];
}
