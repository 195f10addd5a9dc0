/** What an analyst asks the log: what another policy would have decided, and how accounts fare. */
import { once } from 'node:events';
import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { type Command, InvalidArgumentError } from 'commander';
import type { ReplayedRequest } from '../../backtest/requests.js';
import { backtest, candidateIn } from '../backtest.js';
import { csvHead, csvLine, printBacktest } from '../backtestOutput.js';
import { checkFolderOf } from '../checkFolder.js';
import { print, printJson, UsageError } from '../output.js';
import { report } from '../report.js';
import { reportHtml } from '../report/html.js';
import { printReport } from '../report/tables.js';
import { configOf, instantOf, interruptible, subcommand } from '../program.js';

/** Adds these commands to the program. */
export function registerAnalysis(program: Command): void {
  subcommand(program, 'backtest', 'decide the requests of the log again by another policy; no check runs again')
    .requiredOption('--policy <file>', 'the candidate, as `policy show --json` prints one; - for standard input')
    .option('--since <time>', 'requests made at this time or later', instantOf)
    .option('--until <time>', 'requests made before this time', instantOf)
    .option('--csv <file>', 'also write every request that differs into this file, as CSV')
    .option('--format <format>', 'table, json or csv on stdout (default: table)', formatOf)
    .option('--limit <number>', 'most requests that are listed (default: 20 in a table, else all)', countOf)
    .action(async (options: BacktestFlags, command: Command) => runBacktest(options, command));
  subcommand(program, 'report', 'how accounts fare: funnel, time in each state, questions, decisions, weeks')
    .option('--from <time>', 'what happened at this time or later', instantOf)
    .option('--to <time>', 'what happened before this time', instantOf)
    .option('--html <file>', 'write it as one HTML file with charts')
    .action(async (options: ReportFlags, command: Command) => runReport(options, command));
}

type Format = 'table' | 'json' | 'csv';

type BacktestFlags = {
  policy: string;
  since?: string;
  until?: string;
  csv?: string;
  format?: Format;
  limit?: number;
};

/** Of the requests that differ, so many are shown in a table. */
const shownInTable = 20;

async function runBacktest(flags: BacktestFlags, command: Command): Promise<void> {
  const { config, json } = configOf(command);
  const { since, until, csv } = flags;
  if (since !== undefined && until !== undefined && since >= until) {
    throw new UsageError('--since must be before --until.');
  }
  if (json && flags.format !== undefined && flags.format !== 'json') throw new UsageError('Either --json or --format.');
  const format = json ? 'json' : (flags.format ?? 'table');
  if (csv !== undefined) checkFolderOf(csv, '--csv');
  const candidate = candidateIn(flags.policy);
  const differences = new Differences(format, flags.limit ?? (format === 'table' ? shownInTable : Infinity), csv);
  try {
    const found = await backtest(config, {
      candidate,
      since,
      until,
      signal: interruptible({ goesOn: false }),
      onBegin: () => differences.begin(),
      onDifference: async (request) => differences.add(request),
    });
    if (format === 'json') printJson({ ...found, differences: differences.kept });
    if (format === 'table') printBacktest(found, differences.kept);
    if (csv !== undefined && format === 'table') print(`Requests that differ, as CSV: ${csv}`);
  } finally {
    differences.close();
  }
}

/** The requests that differ: written as they come where they go to a CSV, kept where they are shown at the end. */
class Differences {
  readonly kept: ReplayedRequest[] = [];
  #listed = 0;
  #file: number | undefined;

  /** @param csv a file that all of them go to, whatever the limit of what is listed */
  constructor(
    readonly format: Format,
    readonly limit: number,
    readonly csv: string | undefined,
  ) {}

  begin(): void {
    if (this.csv !== undefined) this.#file = openSync(this.csv, 'w');
    if (this.#file !== undefined) writeSync(this.#file, csvHead());
    if (this.format === 'csv') process.stdout.write(csvHead());
  }

  /** Waits when the reader of the CSV is slower than we are. */
  async add(request: ReplayedRequest): Promise<void> {
    if (this.#file !== undefined) writeSync(this.#file, csvLine(request));
    if (this.#listed >= this.limit) return;
    this.#listed += 1;
    if (this.format !== 'csv') this.kept.push(request);
    else if (!process.stdout.write(csvLine(request))) await once(process.stdout, 'drain');
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
  }
}

type ReportFlags = { from?: string; to?: string; html?: string };

async function runReport({ from, to, html }: ReportFlags, command: Command): Promise<void> {
  const { config, json } = configOf(command);
  if (from !== undefined && to !== undefined && from >= to) throw new UsageError('--from must be before --to.');
  if (html !== undefined) checkFolderOf(html, '--html');
  const found = await report(config, { from, to, signal: interruptible({ goesOn: false }) });
  // What was gone through so far would pass for the whole.
  if (found === undefined) return;
  if (html !== undefined) writeFileSync(html, reportHtml(found));
  if (json) printJson(found);
  else if (html === undefined) printReport(found);
  else print(`The report is in ${html}`);
}

function formatOf(text: string): Format {
  if (text === 'table' || text === 'json' || text === 'csv') return text;
  throw new InvalidArgumentError('Formats: table, json, csv.');
}

function countOf(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('A whole number from 0 on.');
  return Number(text);
}
