/** The report in a terminal. */
import Table from 'cli-table3';
import type { Decider } from '../../analytics/decisions.js';
import type { Summary } from '../../analytics/sample.js';
import { print } from '../output.js';
import type { Report } from '../report.js';
import { duration, number, period, plain, share } from './words.js';

type Cell = string | number;

function printTable(title: string, head: readonly string[], rows: readonly (readonly Cell[])[]): void {
  if (rows.length === 0) return;
  const shown = new Table({
    head: [...head],
    style: { head: [], border: [] },
    colAligns: head.map((_, index) => (index === 0 ? 'left' : 'right')),
  });
  for (const row of rows) shown.push(row.map((cell) => (typeof cell === 'number' ? number(cell) : cell)));
  print(`\n${title}`);
  print(shown.toString());
}

const spread = ({ median, p90, p99 }: Summary): string[] => [duration(median), duration(p90), duration(p99)];

/** So many reviewers and reasons are listed; JSON and HTML have all of them. */
const listed = 15;

/** The tables; weeks are in JSON and HTML only. */
export function printReport({ from, to, position, funnel, timeInState, questions, decisions }: Report): void {
  print(`Verification, ${period(from, to)} · log position ${position ?? 'none'}`);
  const totals = Object.entries(funnel.totals).filter(([, count]) => count > 0);
  print(totals.map(([name, count]) => `${number(count)} ${plain(name)}`).join(' · '));
  const all = funnel.steps[0]?.accounts ?? 0;
  printTable(
    'The way to verified, with the time from the step before',
    ['step', 'accounts', 'of all', 'median', 'p90', 'p99'],
    funnel.steps.map(({ step, accounts, fromPrevious }) => [
      plain(step),
      accounts,
      share(accounts, all),
      ...(fromPrevious === null ? ['', '', ''] : spread(fromPrevious)),
    ]),
  );
  for (const [title, states] of [
    ['Time in each state of verification', timeInState.verification],
    ['Time in each standing', timeInState.standing],
  ] as const) {
    printTable(
      title,
      ['state', 'stays', 'median', 'p90', 'p99', 'longest', 'there now'],
      states
        .filter(({ stays, now }) => stays.count + now > 0)
        .map(({ state, stays, now }) => [plain(state), stays.count, ...spread(stays), duration(stays.max), now]),
    );
  }
  printTable(
    'Rounds of questions for each request',
    ['rounds', 'requests'],
    questions.roundsOfRequests.map(({ rounds, requests }) => [String(rounds), requests]),
  );
  printTable(
    'What was asked for, and the time to answer',
    ['requirement', 'reason', 'asked', 'answered', 'median', 'p90', 'p99'],
    questions.askedFor.map(({ requirement, reasonCode, asked, ended, timeToAnswer }) => [
      plain(requirement),
      plain(reasonCode),
      asked,
      ended['answered'] ?? 0,
      ...spread(timeToAnswer),
    ]),
  );
  printTable(
    'Decisions, with the time from the request',
    ['kind', 'by people', 'automatic', 'median', 'p90', 'p99'],
    decisions.kinds
      .filter(({ decisions: count }) => count > 0)
      .map(({ kind, byPerson, automatic, fromRequest }) => [plain(kind), byPerson, automatic, ...spread(fromRequest)]),
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
  printTable(
    'By reviewer',
    ['reviewer', ...head],
    [
      ...decisions.reviewers.slice(0, listed).map((one) => line(one.reviewer, one)),
      line('(automatic)', decisions.automatic),
    ],
  );
  printTable(
    'By policy',
    ['policy', ...head],
    decisions.policies.map((one) => line(one.policyVersion ?? '(not recorded)', one)),
  );
  printTable(
    'Reasons given',
    ['reason', 'decision', 'times'],
    decisions.reasons
      .slice(0, listed)
      .map(({ reasonCode, kind, decisions: count }) => [plain(reasonCode), plain(kind), count]),
  );
}
