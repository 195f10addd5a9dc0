/** Earlier backtests: they are kept for a while, and can be opened again. */
import { api, bodyOf } from '../../api/client.js';
import { useQuery } from '../../api/query.js';
import type { Answer } from '../../api/types.js';
import { Badge } from '../../ui/badge.js';
import { Empty, ProblemNotice, Skeleton } from '../../ui/feedback.js';
import { Section } from '../../ui/page.js';
import { Table } from '../../ui/table.js';
import { Time } from '../../ui/time.js';
import { number } from '../figures.js';
import { runAddress } from './address.js';
import { runTone } from './runTone.js';
import { periodOfRun, runStateWords } from './words.js';

type Summary = Answer<'/v1/backtests'>['items'][number];

export function RunsSection() {
  const { data, problem, refresh } = useQuery(
    'backtests',
    async (signal) => bodyOf(api.GET('/v1/backtests', { signal })),
    { every: 5_000 },
  );
  return (
    <Section title="Backtests so far" lead="The latest are kept; the oldest make room for new ones.">
      {problem !== undefined && <ProblemNotice problem={problem} onRetry={refresh} />}
      {data === undefined ? (
        problem === undefined && <Skeleton lines={4} label="Loading backtests" />
      ) : (
        <Table<Summary>
          caption="Backtests that are kept"
          cards
          columns={[
            {
              title: 'Candidate',
              cell: ({ id, policyVersion }) => <a href={runAddress(id)}>{policyVersion}</a>,
              header: true,
            },
            { title: 'State', cell: ({ state }) => <Badge tone={runTone(state)}>{runStateWords(state)}</Badge> },
            { title: 'Requests of', cell: periodOfRun },
            { title: 'Requests', cell: ({ requests }) => number(requests), numeric: true },
            { title: 'Differ', cell: ({ differing }) => number(differing), numeric: true },
            { title: 'Started', cell: ({ createdAt }) => <Time at={createdAt} /> },
            { title: 'By', cell: ({ startedBy }) => startedBy.id },
          ]}
          rows={data.items}
          keyOf={({ id }) => id}
          empty={<Empty title="No backtest yet">Those that you and others run will appear here.</Empty>}
        />
      )}
    </Section>
  );
}
