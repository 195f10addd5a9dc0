/** What a backtest prints: tables for reading, one JSON document, or a CSV line for each request that differs. */
import Table from 'cli-table3';
import { stringify } from 'csv-stringify/sync';
import type { ReplayedRequest } from '../backtest/requests.js';
import { screeningOutcomes } from '../backtest/again.js';
import type { Judged } from '../backtest/tally.js';
import type { Backtest } from '../app/backtestLog.js';
import { print } from './output.js';

type Row = Readonly<Record<string, string | number | null>>;

/** A request that differs, flat: what is null did not happen. */
export function rowOf({ accountId, revision, position, at, screening, approval, later }: ReplayedRequest): Row {
  const [screened, unscreened] = typeof screening === 'object' ? [screening, null] : [undefined, screening];
  const doubts = (screened?.doubts ?? []).map(
    ({ check, outcome, reasonCode }) => `${check} ${outcome}${reasonCode === undefined ? '' : ` ${reasonCode}`}`,
  );
  return {
    accountId,
    revision,
    position,
    at,
    screeningBefore: screened?.before.outcome ?? unscreened,
    screeningRuleBefore: screened?.before.rule ?? null,
    screeningAfter: screened?.after.outcome ?? unscreened,
    screeningRuleAfter: screened?.after.rule ?? null,
    screenedAt: screened?.after.at ?? null,
    approvalBefore: approval === null ? null : 'approved',
    approvalAfter: approval?.outcome ?? null,
    approvalRuleAfter: approval?.rule ?? null,
    approvedAt: approval?.at ?? null,
    missing: [...new Set([...(screened?.after.missing ?? []), ...(approval?.missing ?? [])])].join(' '),
    doubts: doubts.join('; '),
    policyVersion: screened?.before.policyVersion ?? approval?.policyVersion ?? null,
    ...later,
  };
}

/** The names of a row's columns, in their order. */
const columns = [
  'accountId',
  'revision',
  'position',
  'at',
  'screeningBefore',
  'screeningRuleBefore',
  'screeningAfter',
  'screeningRuleAfter',
  'screenedAt',
  'approvalBefore',
  'approvalAfter',
  'approvalRuleAfter',
  'approvedAt',
  'missing',
  'doubts',
  'policyVersion',
  'approvedByPersonAt',
  'rejectedAt',
  'warnedAt',
  'suspendedAt',
  'revokedAt',
  'abuseSignals',
];

/** The first line of the CSV (RFC 4180, but lines end with a line feed). */
export function csvHead(): string {
  return stringify([], { header: true, columns });
}

/** A line of the CSV. What a spreadsheet would take for a formula begins with an apostrophe. */
export function csvLine(request: ReplayedRequest): string {
  return stringify([rowOf(request)], { columns, escape_formulas: true });
}

/** What was found, and some of the requests that differ. @param shown of all that differ, the first ones */
export function printBacktest(found: Backtest, shown: readonly ReplayedRequest[]): void {
  const { candidate, since, until, requests, screening, approvals, policies, differing } = found;
  print(
    `Requests${since === null ? '' : ` since ${since}`}${until === null ? '' : ` until ${until}`}, decided again by ${candidate.version}`,
  );
  print(
    `  ${requests.total} requests · ${requests.screened} screened · ${requests.skipped} without the checks · ${requests.unscreened} ended or waiting before them`,
  );
  const versions = Object.entries(policies).map(([version, count]) => `${version} (${count})`);
  print(`  then decided by ${versions.join(', ') || 'nothing yet'}`);
  if (requests.screened > 0) {
    print('\nScreenings, then (down) and with the candidate (across)');
    const matrix = tableOf('', ...screeningOutcomes, 'all');
    const cellOf = (before: string, after: string): number =>
      screening.cells.find((cell) => cell.before === before && cell.after === after)?.requests ?? 0;
    for (const before of screeningOutcomes) {
      matrix.push([before, ...screeningOutcomes.map((after) => cellOf(before, after)), screening.before[before]]);
    }
    matrix.push(['all', ...screeningOutcomes.map((after) => screening.after[after]), requests.screened]);
    print(matrix.toString());
    const rules = tableOf('rule that decided', 'then', 'candidate');
    for (const { rule, before, after } of screening.rules) rules.push([rule, before, after]);
    print(rules.toString());
  }
  if (approvals.requests > 0) {
    print('\nApprovals by a person, with the candidate');
    const table = tableOf('outcome', 'requests');
    for (const { after, requests: count } of approvals.cells) table.push([after, count]);
    for (const [code, count] of Object.entries(approvals.refusedBy)) table.push([`  ${code}`, count]);
    print(table.toString());
  }
  print('\nHow later reality judged them');
  const judged = tableOf(
    '',
    'requests',
    'approved by a person',
    'rejected',
    'warned',
    'suspended',
    'revoked',
    'signals',
  );
  judged.push(judgedLine('the candidate would approve in addition, without a person', found.wouldApprove));
  judged.push(judgedLine('the candidate would stop', found.wouldStop));
  print(judged.toString());
  print(`\n${differing === 0 ? 'No request differs.' : `Requests that differ: ${differing}`}`);
  if (shown.length > 0) print(differencesTable(shown));
  if (shown.length < differing) print(`The first ${shown.length}; --limit shows more, --csv <file> has them all.`);
  if (!found.complete) print('Stopped before the end of the log: the counts are those so far.');
}

function judgedLine(name: string, judged: Judged): (string | number)[] {
  const { requests, approvedByPerson, rejected, warned, suspended, revoked, abuseSignals } = judged;
  return [name, requests, approvedByPerson, rejected, warned, suspended, revoked, abuseSignals];
}

function differencesTable(shown: readonly ReplayedRequest[]): string {
  const table = tableOf('account', 'rev', 'requested', 'then', 'candidate', 'rule', 'afterwards');
  for (const request of shown) {
    const row = rowOf(request);
    const screenedOtherwise = row['screeningBefore'] !== row['screeningAfter'];
    const [then, now, rule] = screenedOtherwise
      ? [row['screeningBefore'], row['screeningAfter'], row['screeningRuleAfter']]
      : ['approved by a person', row['approvalAfter'], row['approvalRuleAfter']];
    table.push([request.accountId, request.revision, request.at, then, now, rule, afterwards(request)]);
  }
  return table.toString();
}

function afterwards({ later }: ReplayedRequest): string {
  const words: string[] = [];
  if (later.approvedByPersonAt !== null) words.push('approved by a person');
  if (later.rejectedAt !== null) words.push('rejected');
  if (later.warnedAt !== null) words.push('warned');
  if (later.suspendedAt !== null) words.push('suspended');
  if (later.revokedAt !== null) words.push('revoked');
  if (later.abuseSignals > 0) words.push(`${later.abuseSignals} signals`);
  return words.join(', ');
}

function tableOf(...head: string[]): Table.Table {
  return new Table({ head, style: { head: [], border: [] } });
}
