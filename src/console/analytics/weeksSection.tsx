/** What happened in each week. */
import type { Answer } from '../api/types.js';
import { Empty } from '../ui/feedback.js';
import { counted, number } from './figures.js';
import type { Period } from './period.js';
import { Plot } from './plot.js';
import type { PlotSeries } from './plotCanvas.js';
import { FigureSection } from './section.js';
import { useFigures } from './useFigures.js';

type Week = Answer<'/v1/analytics/weeks'>['weeks'][number];
type Counted = Exclude<keyof Week, 'week' | 'from'>;

type Line = readonly [of: Counted, label: string, colour: PlotSeries['colour'], dash?: readonly number[]];

const plots: readonly (readonly [title: string, unit: string, lines: readonly Line[]])[] = [
  [
    'Sign-ups and requests',
    'accounts, requests a week',
    [
      ['signups', 'Sign-ups', 3, [6, 4]],
      ['requests', 'Requests', 1],
    ],
  ],
  [
    'Approvals, rejections and questions',
    'decisions, rounds a week',
    [
      ['approvals', 'Approvals', 1],
      ['rejections', 'Rejections', 2, [6, 4]],
      ['questions', 'Rounds of questions', 4, [2, 3]],
    ],
  ],
  [
    'Decisions: by whom, and late',
    'decisions a week',
    [
      ['byPerson', 'By people', 3],
      ['automatic', 'Automatic', 1, [6, 4]],
      ['late', 'After their time', 2, [2, 3]],
    ],
  ],
];

export function WeeksSection({ period }: { readonly period: Period }) {
  const query = useFigures('weeks', period);
  return (
    <FigureSection
      title="Week by week"
      id="weeks"
      lead="Weeks begin on Monday, in UTC. The first and the last one may be cut short by the time chosen."
      query={query}
      lines={24}
    >
      {({ weeks }) =>
        weeks.length === 0 ? (
          <Empty title="Nothing happened in this time">
            Sign-ups, requests, questions and decisions of each week will appear here.
          </Empty>
        ) : (
          <div class="plots">
            {plots.map(([title, unit, lines]) => (
              <Plot
                key={title}
                title={title}
                summary={summaryOf(title, weeks, lines)}
                times={weeks.map(({ from }) => Date.parse(from) / 1_000)}
                names={weeks.map(({ week }) => week)}
                point="Week"
                unit={unit}
                series={lines.map(([of, label, colour, dash]) => ({
                  label,
                  colour,
                  values: weeks.map((one) => one[of]),
                  ...(dash === undefined ? {} : { dash }),
                }))}
              />
            ))}
          </div>
        )
      }
    </FigureSection>
  );
}

/** What each line does, in a sentence. */
function summaryOf(title: string, weeks: readonly Week[], lines: readonly Line[]): string {
  const [first, last] = [weeks[0], weeks.at(-1)];
  const told = lines.map(([of, label]) => {
    const peak = weeks.reduce((best, week) => (week[of] > best[of] ? week : best));
    const total = weeks.reduce((sum, week) => sum + week[of], 0);
    return total === 0
      ? `${label}: none`
      : `${label}: ${number(total)} in all, most in ${peak.week} (${number(peak[of])})`;
  });
  return `Lines over ${counted(weeks.length, 'week')}, ${first?.week ?? ''} to ${last?.week ?? ''}. ${title}. ${told.join('. ')}.`;
}
