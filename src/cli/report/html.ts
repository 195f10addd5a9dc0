/**
 * The report as one HTML file: no script, nothing from elsewhere, charts as SVG with a table beside each. Its own
 * content security policy allows its style sheet and nothing else.
 */
import { createHash } from 'node:crypto';
import type { Decider } from '../../analytics/decisions.js';
import type { Summary } from '../../analytics/sample.js';
import type { StateFigures } from '../../analytics/timeInState.js';
import type { Week } from '../../analytics/weeks.js';
import type { Report } from '../report.js';
import { bars, columns, timeKey, times } from './charts.js';
import { markup, Markup, nothing } from './markup.js';
import { style } from './style.js';
import { duration, number, period, plain, share } from './words.js';

/** The whole file. Equal figures give equal bytes. */
export function reportHtml(report: Report): string {
  const hash = createHash('sha256').update(style).digest('base64');
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
  const { from, to, position } = report;
  const page = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>Verification report, ${period(from, to)}</title>
<style>${new Markup(style)}</style>
</head>
<body>
<main>
<h1>Verification report</h1>
<p class="lead">${period(from, to)} · log position ${position ?? 'none'}</p>
${totals(report)}
${funnel(report)}
${timeInState(report)}
${questions(report)}
${decisions(report)}
${weeks(report)}
${footnotes()}
</main>
</body>
</html>
`;
  return page.text;
}

function totals({ funnel: { totals: all } }: Report): Markup {
  const shown = [
    ['Signed up', all.signups],
    ['Requests', all.requests],
    ['Approvals', all.approvals],
    ['Rejections', all.rejections],
    ['Questions', all.informationRequests],
    ['Withdrawals', all.withdrawals],
    ['Suspensions', all.suspensions],
    ['Revocations', all.revocations],
  ] as const;
  return markup`<dl class="tiles">${shown.map(([name, value]) => markup`<div><dt>${name}</dt><dd>${number(value)}</dd></div>`)}</dl>`;
}

function section(title: string, about: string, content: readonly Markup[]): Markup {
  return markup`<section><h2>${title}</h2><p class="about">${about}</p>${content}</section>`;
}

/** A chart, and its figures in a table beside it. */
function pair(title: string, chart: Markup, legend: Markup, figures: Markup): Markup {
  if (chart === nothing) return figures;
  return markup`<div class="pair"><figure><figcaption>${title}</figcaption>${chart}${legend}</figure>${figures}</div>`;
}

type Cell = string | number;

type TableOptions = {
  /** So many columns from the left are words; the others are figures. */
  readonly words?: number;
  /** Whether it may have very many lines, and scrolls in a frame. */
  readonly long?: true;
};

function table(
  title: string,
  head: readonly string[],
  rows: readonly (readonly Cell[])[],
  { words = 1, long }: TableOptions = {},
): Markup {
  const heading = markup`<h3>${title}</h3>`;
  if (rows.length === 0) return markup`<div>${heading}<p class="empty">None in this time.</p></div>`;
  const tone = (index: number): string => (index < words ? 'words' : 'figure');
  const line = (cells: readonly Cell[]): Markup => {
    const [first, ...others] = cells.map((cell) => (typeof cell === 'number' ? number(cell) : cell));
    const figures = others.map((cell, index) => markup`<td class="${tone(index + 1)}">${cell}</td>`);
    return markup`<tr><th scope="row" class="words">${first ?? ''}</th>${figures}</tr>`;
  };
  const names = head.map((name, index) => markup`<th scope="col" class="${tone(index)}">${name}</th>`);
  const frame = long === true ? 'scroll long' : 'scroll';
  return markup`<div>${heading}<div class="${frame}" tabindex="0" role="region" aria-label="${title}"><table><thead><tr>${names}</tr></thead><tbody>${rows.map(line)}</tbody></table></div></div>`;
}

function legendOf(...entries: readonly (readonly [tone: string, name: string])[]): Markup {
  return markup`<ul class="key">${entries.map(([tone, name]) => markup`<li><svg viewBox="0 0 12 12" aria-hidden="true"><rect class="${tone}" width="12" height="12" rx="2"/></svg>${name}</li>`)}</ul>`;
}

const spread = ({ median, p90, p99 }: Summary): string[] => [duration(median), duration(p90), duration(p99)];

function funnel({ funnel: { steps } }: Report): Markup {
  const all = steps[0]?.accounts ?? 0;
  const chart = bars(
    {
      id: 'funnel',
      title: 'Accounts by step',
      description: 'How many accounts reached each step, from signing up to verified.',
    },
    steps.map(({ step, accounts }) => ({
      label: plain(step),
      parts: [{ tone: 'first', value: accounts, name: '' }],
      note: share(accounts, all),
    })),
    'accounts',
  );
  const rows = steps.map(({ step, accounts, fromPrevious }) => [
    plain(step),
    accounts,
    share(accounts, all),
    ...(fromPrevious === null ? ['', '', ''] : spread(fromPrevious)),
  ]);
  const figures = table('Time from the step before', ['step', 'accounts', 'of all', 'median', 'p90', 'p99'], rows);
  return section(
    'The way to verified',
    'Accounts that signed up in this time, and how far they have come. “Decided” is the first approval or rejection; “screened” includes requests that went to a person without the checks.',
    [pair('Accounts that reached each step', chart, nothing, figures)],
  );
}

function timeInState({ timeInState: { verification, standing } }: Report): Markup {
  const one = (id: string, title: string, all: readonly StateFigures[]): Markup => {
    const states = all.filter(({ stays, now }) => stays.count > 0 || now > 0);
    const rows = states.map(({ state, stays, now }) => [
      plain(state),
      stays.count,
      ...spread(stays),
      duration(stays.max),
      now,
    ]);
    const head = ['state', 'stays', 'median', 'p90', 'p99', 'longest', 'now'];
    const figures = table(`${title}: completed stays, and who is there now`, head, rows);
    if (states.every(({ stays }) => stays.count === 0)) return figures;
    const chart = times(
      {
        id,
        title: `Time in each state: ${title}`,
        description: 'Median, ninetieth and ninety-ninth percentile of completed stays in each state.',
      },
      states.map(({ state, stays }) => ({ label: plain(state), ...stays })),
    );
    return pair(`${title}: how long stays take`, chart, timeKey, figures);
  };
  return section(
    'Time in each state',
    'Stays that ended in this time. A stay is a contiguous time in one state: leaving and coming back are two. The axis is logarithmic.',
    [one('verification', 'Verification', verification), one('standing', 'Standing', standing)],
  );
}

function questions({ questions: found }: Report): Markup {
  const { roundsOfRequests, ended, askedFor, timeToAnswer, asked, byScreening, byPerson, outsideRequests } = found;
  const [median, p90] = spread(timeToAnswer);
  const outside =
    outsideRequests === 0 ? '' : ` ${number(outsideRequests)} of them were asked in a re-review, outside a request.`;
  const answered =
    timeToAnswer.count === 0 ? '' : ` Half of the answers came within ${median}, nine of ten within ${p90}.`;
  const all = roundsOfRequests.reduce((sum, { requests }) => sum + requests, 0);
  const rounds = bars(
    {
      id: 'rounds',
      title: 'Rounds of questions',
      description: 'How many requests had no, one, two or more rounds of questions.',
    },
    roundsOfRequests.map(({ rounds: count, requests }) => ({
      label: count === 1 ? '1 round' : `${count === 0 ? 'no' : count} rounds`,
      parts: [{ tone: 'first', value: requests, name: '' }],
      note: share(requests, all),
    })),
    'requests',
  );
  const ends = Object.entries(ended).filter(([, count]) => count > 0);
  const how = bars(
    {
      id: 'ended',
      title: 'How questions ended',
      description: 'How many rounds were answered, withdrawn, or ended otherwise.',
    },
    ends.map(([name, count]) => ({
      label: plain(name),
      parts: [{ tone: 'first', value: count, name: '' }],
      note: share(count, asked),
    })),
    'rounds of questions',
  );
  const roundRows = roundsOfRequests.map(({ rounds: count, requests }) => [
    String(count),
    requests,
    share(requests, all),
  ]);
  const endRows = ends.map(([name, count]) => [plain(name), count, share(count, asked)]);
  const wanted = askedFor.map((one) => [
    plain(one.requirement),
    plain(one.reasonCode),
    one.asked,
    one.ended['answered'] ?? 0,
    ...spread(one.timeToAnswer),
  ]);
  return section(
    'Questions to customers',
    `${number(asked)} rounds: ${number(byPerson)} asked by people, ${number(byScreening)} by screening.${outside}${answered}`,
    [
      pair(
        'Rounds for each request',
        rounds,
        nothing,
        table('Requests by rounds of questions', ['rounds', 'requests', 'of all'], roundRows),
      ),
      pair('Rounds by their end', how, nothing, table('Rounds by their end', ['end', 'rounds', 'of all'], endRows)),
      table(
        'Items by requirement and reason',
        ['requirement', 'reason', 'asked', 'answered', 'median', 'p90', 'p99'],
        wanted,
        { words: 2 },
      ),
    ],
  );
}

/** So many reviewers are drawn; the table has all of them. */
const reviewersDrawn = 12;

function decisions({ decisions: found }: Report): Markup {
  const taken = found.kinds.filter(({ decisions: count }) => count > 0);
  const kindsChart = bars(
    {
      id: 'kinds',
      title: 'Decisions by kind',
      description: 'How many decisions of each kind people and the system took.',
    },
    taken.map(({ kind, byPerson, automatic, decisions: count }) => ({
      label: plain(kind),
      parts: [
        { tone: 'first', value: byPerson, name: 'by people' },
        { tone: 'second', value: automatic, name: 'automatic' },
      ],
      note: number(count),
    })),
    'decisions',
  );
  const kindRows = taken.map(({ kind, byPerson, automatic, fromRequest }) => [
    plain(kind),
    byPerson,
    automatic,
    ...spread(fromRequest),
  ]);
  const reviewersChart = bars(
    {
      id: 'reviewers',
      title: 'Decisions by reviewer',
      description: 'How many decisions each of the busiest reviewers took.',
    },
    found.reviewers.slice(0, reviewersDrawn).map(({ reviewer, decisions: count }) => ({
      label: reviewer,
      parts: [{ tone: 'first', value: count, name: '' }],
      note: number(count),
    })),
    'decisions',
  );
  const head = ['decisions', 'approved', 'rejected', 'late', 'median', 'p90', 'p99'];
  const line = (name: string, one: Decider): Cell[] => [
    name,
    one.decisions,
    one.kinds.approved ?? 0,
    one.kinds.rejected ?? 0,
    one.late,
    ...spread(one.fromRequest),
  ];
  const reviewers = [...found.reviewers.map((one) => line(one.reviewer, one)), line('(automatic)', found.automatic)];
  const policies = found.policies.map((one) => line(one.policyVersion ?? '(not recorded)', one));
  const reasons = found.reasons.map(({ kind, reasonCode, decisions: count }) => [
    plain(reasonCode),
    plain(kind),
    count,
  ]);
  return section(
    'Decisions',
    'Times are from the request, or the appeal, to its approval or rejection; late are those after the time to decide.',
    [
      pair(
        'By kind',
        kindsChart,
        legendOf(['first', 'by people'], ['second', 'automatic']),
        table('Decisions by kind', ['kind', 'by people', 'automatic', 'median', 'p90', 'p99'], kindRows),
      ),
      pair(
        'The busiest reviewers',
        reviewersChart,
        nothing,
        table('Decisions by reviewer', ['reviewer', ...head], reviewers, { long: true }),
      ),
      table('Decisions by policy', ['policy', ...head], policies),
      table('Reasons given', ['reason', 'decision', 'times'], reasons, { words: 2 }),
    ],
  );
}

function weeks({ weeks: { weeks: all } }: Report): Markup {
  const multiple = (id: keyof Week, title: string, unit: string): Markup => {
    const chart = columns(
      {
        id: `weeks-${id}`,
        title: `${title} by week`,
        description: `${title} in each week, from ${all[0]?.week ?? 'none'} to ${all.at(-1)?.week ?? 'none'}.`,
      },
      all.map((one) => ({ name: one.week, from: one.from, value: Number(one[id]) })),
      unit,
    );
    return markup`<figure><figcaption>${title}</figcaption>${chart}</figure>`;
  };
  const head = ['week', 'signed up', 'requests', 'approved', 'rejected', 'questions', 'by people', 'automatic', 'late'];
  const rows = all.map((one) => [
    one.week,
    one.signups,
    one.requests,
    one.approvals,
    one.rejections,
    one.questions,
    one.byPerson,
    one.automatic,
    one.late,
  ]);
  return section('Week by week', 'ISO weeks, from Monday, in UTC.', [
    markup`<div class="multiples">${[
      multiple('signups', 'Signed up', 'accounts a week'),
      multiple('requests', 'Requests', 'requests a week'),
      multiple('approvals', 'Approvals', 'approvals a week'),
      multiple('questions', 'Questions', 'rounds of questions a week'),
    ]}</div>`,
    table('Counts by week', head, rows, { long: true }),
  ]);
}

function footnotes(): Markup {
  return markup`<footer><p>p90 and p99: nine of ten, and ninety-nine of a hundred, took at most so long. Percentiles are linear (type 7 of Hyndman and Fan), so the median of an even count is the mean of the two middle values.</p><p>An event counts when it happened in the time named above, a stay when it ended then, a question when it was asked then. “Now” is as of the log position named above.</p></footer>`;
}
