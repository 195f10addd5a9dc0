/** What customers are asked, how often, and what comes of it. */
import type { Answer } from '../api/types.js';
import { codeWords } from '../words/status.js';
import { Empty } from '../ui/feedback.js';
import { type Column, Table } from '../ui/table.js';
import { Bar } from './bar.js';
import { counted, duration, number, percent } from './figures.js';
import type { Period } from './period.js';
import { FigureSection } from './section.js';
import { useFigures } from './useFigures.js';

type Questions = Answer<'/v1/analytics/questions'>;
type Rounds = Questions['roundsOfRequests'][number];
type AskedFor = Questions['askedFor'][number];
type Ended = { readonly how: string; readonly rounds: number };

export function QuestionsSection({ period }: { readonly period: Period }) {
  const query = useFigures('questions', period);
  return (
    <FigureSection
      title="Rounds of questions"
      id="questions"
      lead="How often customers had to be asked, for what, and what became of it."
      query={query}
      lines={14}
    >
      {(data) => <Rounds data={data} />}
    </FigureSection>
  );
}

function Rounds({ data }: { readonly data: Questions }) {
  const { roundsOfRequests, asked, byPerson, byScreening, timeToAnswer, askedFor, ended } = data;
  const requests = roundsOfRequests.reduce((sum, one) => sum + one.requests, 0);
  if (requests === 0 && asked === 0) {
    return (
      <Empty title="No request and no question in this time">How many rounds requests take will appear here.</Empty>
    );
  }
  const rounds: Column<Rounds>[] = [
    { title: 'Rounds of questions', cell: (one) => (one.rounds === 0 ? 'None' : one.rounds), header: true },
    { title: 'Requests', cell: (one) => <Bar value={one.requests} of={requests} /> },
    { title: 'Share', cell: (one) => percent(one.requests, requests), numeric: true },
  ];
  const ends: Column<Ended>[] = [
    { title: 'Ended', cell: ({ how }) => codeWords(how), header: true },
    { title: 'Rounds', cell: (one) => <Bar value={one.rounds} of={asked} colour={3} /> },
    { title: 'Share', cell: (one) => percent(one.rounds, asked), numeric: true },
  ];
  const things: Column<AskedFor>[] = [
    { title: 'Asked for', cell: ({ requirement }) => codeWords(requirement), header: true },
    { title: 'Because', cell: ({ reasonCode }) => codeWords(reasonCode) },
    { title: 'Times', cell: (one) => number(one.asked), numeric: true },
    { title: 'Answered', cell: (one) => percent(one.ended['answered'] ?? 0, one.asked), numeric: true },
    { title: 'Median answer', cell: (one) => duration(one.timeToAnswer.median), numeric: true },
    { title: 'Nine of ten within', cell: (one) => duration(one.timeToAnswer.p90), numeric: true },
  ];
  const endings = Object.entries(ended).flatMap(([how, count]) => (count > 0 ? [{ how, rounds: count }] : []));
  return (
    <>
      <p>
        {`${counted(asked, 'round')} asked: ${number(byPerson)} by people, ${number(byScreening)} by screening.`}
        {timeToAnswer.median !== null &&
          ` An answer takes ${duration(timeToAnswer.median)} in the median; nine of ten come within ${duration(timeToAnswer.p90)}.`}
      </p>
      <div class="pair">
        <Table
          caption="Requests by rounds of questions"
          columns={rounds}
          rows={roundsOfRequests}
          keyOf={(one) => String(one.rounds)}
        />
        <Table
          caption="How rounds of questions ended"
          columns={ends}
          rows={endings}
          keyOf={({ how }) => how}
          empty={<Empty title="No question in this time">How questions ended will appear here.</Empty>}
        />
      </div>
      {askedFor.length > 0 && (
        <>
          <h3>What was asked for</h3>
          <Table
            caption="What was asked for, and how long answers took"
            columns={things}
            rows={askedFor}
            keyOf={({ requirement, reasonCode }) => `${requirement} ${reasonCode}`}
          />
        </>
      )}
    </>
  );
}
