/** What a backtest found, summed up. */
import type { ComponentChildren } from 'preact';
import { Empty } from '../../ui/feedback.js';
import { Section } from '../../ui/page.js';
import { type Column, Table } from '../../ui/table.js';
import { codeWords } from '../../words/status.js';
import { type Figure, FigureLine } from '../figureLine.js';
import { counted, number, percent } from '../figures.js';
import { type DifferenceFilter, runAddress, sameFilter } from './address.js';
import { type Outcome, outcomeName, outcomes, type Result, ruleWords, shortOutcomeName } from './words.js';

type ResultProps = { readonly id: string; readonly result: Result; readonly filter: DifferenceFilter };

export function ResultSections({ id, result, filter }: ResultProps) {
  return (
    <>
      <KeyFigures result={result} />
      <div class="pair">
        <Screenings id={id} result={result} filter={filter} />
        <Approvals id={id} result={result} filter={filter} />
      </div>
      <Judged result={result} />
    </>
  );
}

function KeyFigures({ result }: { readonly result: Result }) {
  const { requests, differing, wouldApprove, wouldStop } = result;
  const { total } = requests;
  const items: readonly Figure[] = [
    [
      'Requests',
      number(total),
      `${number(requests.screened)} screened, ${number(requests.skipped)} without the checks`,
    ],
    ['The same', number(total - differing), percent(total - differing, total)],
    ['Differ', number(differing), percent(differing, total)],
    ['Approved in addition', number(wouldApprove.requests), 'without a person'],
    ['No longer approved there', number(wouldStop.requests), 'that the log approved'],
  ];
  return <FigureLine items={items} />;
}

/** A figure that leads to the requests behind it. */
function Behind({
  id,
  count,
  filter,
  chosen,
}: {
  readonly id: string;
  readonly count: number;
  readonly filter: DifferenceFilter;
  readonly chosen: DifferenceFilter;
}) {
  if (count === 0) return <span class="muted">0</span>;
  const isChosen = sameFilter(filter, chosen);
  return (
    <a
      class="behind"
      href={isChosen ? runAddress(id) : runAddress(id, filter)}
      aria-current={isChosen ? 'true' : undefined}
    >
      {number(count)}
    </a>
  );
}

function Screenings({ id, result: { requests, screening }, filter }: ResultProps) {
  const cell = (was: Outcome, becomes: Outcome): ComponentChildren => {
    const count = screening.cells.find(({ before, after }) => before === was && after === becomes)?.requests ?? 0;
    if (was === becomes) return <span class="same">{number(count)}</span>;
    return <Behind id={id} count={count} filter={{ was, becomes }} chosen={filter} />;
  };
  const columns: Column<Outcome>[] = [
    { title: 'In the log', cell: outcomeName, header: true },
    ...outcomes.map((after): Column<Outcome> => ({
      title: shortOutcomeName(after),
      cell: (before) => cell(before, after),
      numeric: true,
    })),
    { title: 'All', cell: (before) => number(screening.before[before]), numeric: true },
  ];
  const rules: Column<(typeof screening.rules)[number]>[] = [
    { title: 'Because', cell: ({ rule }) => sentence(ruleWords(rule)), header: true },
    { title: 'In the log', cell: ({ before }) => number(before), numeric: true },
    { title: 'Candidate', cell: ({ after }) => number(after), numeric: true },
  ];
  return (
    <Section title="Screenings" lead="What screening led to in the log, down, and with the candidate, across.">
      {requests.screened === 0 ? (
        <Empty title="No request was screened">What screening leads to will appear here.</Empty>
      ) : (
        <>
          <Table
            caption="Screenings: in the log and with the candidate"
            columns={columns}
            rows={outcomes}
            keyOf={(one) => one}
          />
          <h3>Why</h3>
          <Table
            caption="Rules that decided screenings"
            columns={rules}
            rows={screening.rules}
            keyOf={({ rule }) => rule}
          />
        </>
      )}
    </Section>
  );
}

const approvalNames: Readonly<Record<string, string>> = {
  approved: 'Would stand',
  refused: 'Would be refused',
  forestalled: 'Nobody would have been asked',
};

function Approvals({ id, result: { approvals }, filter }: ResultProps) {
  type Cell = (typeof approvals.cells)[number];
  const columns: Column<Cell>[] = [
    { title: 'With the candidate', cell: ({ after }) => approvalNames[after] ?? codeWords(after), header: true },
    {
      title: 'Requests',
      cell: ({ after, requests }) =>
        after === 'refused' ? (
          <Behind id={id} count={requests} filter={{ approval: 'refused' }} chosen={filter} />
        ) : (
          number(requests)
        ),
      numeric: true,
    },
    { title: 'Share', cell: ({ requests }) => percent(requests, approvals.requests), numeric: true },
  ];
  const refusedBy = Object.entries(approvals.refusedBy);
  return (
    <Section title="Approvals by people" lead="Whether what a person approved would have stood.">
      <Table
        caption="Approvals by people, with the candidate"
        columns={columns}
        rows={approvals.cells}
        keyOf={({ after }) => after}
        empty={<Empty title="No person approved one">Whether approvals would stand will appear here.</Empty>}
      />
      {refusedBy.length > 0 && (
        <>
          <h3>Refused because</h3>
          <ul>
            {refusedBy.map(([rule, count]) => (
              <li key={rule}>{`${sentence(ruleWords(rule))}: ${number(count)}`}</li>
            ))}
          </ul>
        </>
      )}
    </Section>
  );
}

function Judged({ result: { wouldApprove, wouldStop } }: { readonly result: Result }) {
  type Row = typeof wouldApprove & { readonly name: string };
  const rows: Row[] = [
    { name: 'Approved in addition, without a person', ...wouldApprove },
    { name: 'No longer approved there', ...wouldStop },
  ];
  const columns: Column<Row>[] = [
    { title: 'The candidate’s', cell: ({ name }) => name, header: true },
    { title: 'Requests', cell: ({ requests }) => number(requests), numeric: true },
    { title: 'Approved by a person', cell: (row) => number(row.approvedByPerson), numeric: true },
    { title: 'Rejected', cell: ({ rejected }) => number(rejected), numeric: true },
    { title: 'Warned', cell: ({ warned }) => number(warned), numeric: true },
    { title: 'Suspended', cell: ({ suspended }) => number(suspended), numeric: true },
    { title: 'Revoked', cell: ({ revoked }) => number(revoked), numeric: true },
    { title: 'Signals of abuse', cell: ({ abuseSignals }) => number(abuseSignals), numeric: true },
  ];
  return (
    <Section
      title="How later reality judged them"
      lead={`What became of the senders afterwards, in the log: ${counted(wouldStop.suspendedOrRevoked, 'approval')} that the candidate would have stopped ended in suspension or revocation.`}
    >
      <Table caption="What became of requests that differ" columns={columns} rows={rows} keyOf={({ name }) => name} />
    </Section>
  );
}

function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
