/** What was decided, why, by whom, and how long it took. */
import type { Query } from '../api/query.js';
import type { Answer } from '../api/types.js';
import { codeWords } from '../words/status.js';
import { Empty } from '../ui/feedback.js';
import { type Column, Table } from '../ui/table.js';
import { Bar } from './bar.js';
import { duration, number, percent } from './figures.js';
import { FigureSection } from './section.js';
import type { Figures } from './useFigures.js';

type Decisions = Answer<'/v1/analytics/decisions'>;
type Kind = Decisions['kinds'][number];
type Reason = Decisions['reasons'][number];
type Decider = Decisions['automatic'] & { readonly name: string };

export function DecisionsSection({ query }: { readonly query: Query<Figures<'decisions'>> }) {
  return (
    <FigureSection
      title="Decisions"
      id="decisions"
      lead="Times are from the request, or the appeal, to its approval or rejection. Late: after the time that the policy gave reviewers to decide."
      query={query}
      lines={18}
    >
      {(data) =>
        data.kinds.every(({ decisions }) => decisions === 0) ? (
          <Empty title="Nothing was decided in this time">
            Decisions by kind, reason, reviewer and policy will appear here.
          </Empty>
        ) : (
          <Tables data={data} />
        )
      }
    </FigureSection>
  );
}

function Tables({ data: { kinds, reasons, reviewers, automatic, policies } }: { readonly data: Decisions }) {
  const taken = kinds.filter(({ decisions }) => decisions > 0);
  const most = Math.max(...taken.map(({ decisions }) => decisions));
  const mostReasons = Math.max(1, ...reasons.map(({ decisions }) => decisions));
  const kindColumns: Column<Kind>[] = [
    { title: 'Decision', cell: ({ kind }) => codeWords(kind), header: true },
    { title: 'Times', cell: ({ decisions }) => <Bar value={decisions} of={most} /> },
    { title: 'By people', cell: ({ byPerson }) => number(byPerson), numeric: true },
    { title: 'Automatic', cell: (one) => number(one.automatic), numeric: true },
    ...timeColumns<Kind>(),
  ];
  const reasonColumns: Column<Reason>[] = [
    { title: 'Reason', cell: ({ reasonCode }) => codeWords(reasonCode), header: true },
    { title: 'Decision', cell: ({ kind }) => codeWords(kind) },
    { title: 'Times', cell: ({ decisions }) => <Bar value={decisions} of={mostReasons} colour={2} /> },
  ];
  const people = reviewers.map(({ reviewer, ...rest }) => ({ name: reviewer, ...rest }));
  const system = automatic.decisions === 0 ? [] : [{ name: 'Automatic', ...automatic }];
  return (
    <>
      <Table caption="Decisions by kind" columns={kindColumns} rows={taken} keyOf={({ kind }) => kind} />
      <h3>Reasons given</h3>
      <Table
        caption="Reasons given with decisions"
        columns={reasonColumns}
        rows={reasons}
        keyOf={({ kind, reasonCode }) => `${kind} ${reasonCode}`}
        empty={
          <p class="muted">
            No decision of this time gives a reason. Those of rejections, warnings and the like will appear here.
          </p>
        }
      />
      <h3>By reviewer</h3>
      <Deciders caption="Decisions by reviewer" title="Reviewer" rows={[...people, ...system]} />
      <h3>By policy</h3>
      <Deciders
        caption="Decisions by the policy in force"
        title="Policy"
        rows={policies.map(({ policyVersion, ...rest }) => ({ name: policyVersion ?? 'Not recorded', ...rest }))}
      />
    </>
  );
}

type DecidersProps = { readonly caption: string; readonly title: string; readonly rows: readonly Decider[] };

function Deciders({ caption, title, rows }: DecidersProps) {
  const most = Math.max(1, ...rows.map(({ decisions }) => decisions));
  const columns: Column<Decider>[] = [
    { title, cell: ({ name }) => name, header: true },
    { title: 'Decisions', cell: ({ decisions }) => <Bar value={decisions} of={most} colour={3} /> },
    { title: 'Approved', cell: ({ kinds }) => number(kinds['approved'] ?? 0), numeric: true },
    { title: 'Rejected', cell: ({ kinds }) => number(kinds['rejected'] ?? 0), numeric: true },
    ...timeColumns<Decider>(),
  ];
  return (
    <Table
      caption={caption}
      columns={columns}
      rows={rows}
      keyOf={({ name }) => name}
      empty={<Empty title="No decision yet">Who decides how much will appear here.</Empty>}
    />
  );
}

/** How long decisions took, and how many came late. */
function timeColumns<Row extends Decisions['automatic']>(): Column<Row>[] {
  return [
    { title: 'Late', cell: ({ late, withDeadline }) => lateWords(late, withDeadline), numeric: true },
    { title: 'Median', cell: ({ fromRequest }) => duration(fromRequest.median), numeric: true },
    { title: '90 %', cell: ({ fromRequest }) => duration(fromRequest.p90), numeric: true },
    { title: '99 %', cell: ({ fromRequest }) => duration(fromRequest.p99), numeric: true },
  ];
}

function lateWords(late: number, withDeadline: number): string {
  return withDeadline === 0 ? '–' : `${number(late)} (${percent(late, withDeadline)})`;
}
