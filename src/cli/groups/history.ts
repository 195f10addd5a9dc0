/** What looks at history: stepping through an account, following the log. */
import { type Command, InvalidArgumentError } from 'commander';
import { exit, printJson, UsageError } from '../output.js';
import { selectableFields, type Selection } from '../../replay/selection.js';
import { conditionOf, printReplayed, replayAll } from '../replayAll.js';
import { printSteps, stepThrough } from '../stepThrough.js';
import { tail, typesOf, untilInterrupted } from '../tail.js';
import { configOf, idOf, instantOf, interruptible, subcommand } from '../program.js';

type TailFlags = { account?: string; type?: string; last: number; follow: boolean };

/** Most events of before that `tail` begins with: they are held in memory. */
const mostBefore = 100_000;

function countOf(text: string): number {
  if (!/^\d{1,6}$/.test(text) || Number(text) > mostBefore)
    throw new InvalidArgumentError(`A whole number from 0 to ${mostBefore}.`);
  return Number(text);
}

type ReplayFlags = { all?: true; from?: string; to?: string; where?: readonly string[]; threads?: number };

function also(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text];
}

function threadsOf(text: string): number {
  if (!/^[1-9]\d?$/.test(text)) throw new InvalidArgumentError('A whole number from 1 to 99.');
  return Number(text);
}

/** @throws {UsageError} when nothing could be chosen */
function selectionOf({ from, to, where }: ReplayFlags): Selection {
  if (from !== undefined && to !== undefined && from >= to) throw new UsageError('--from must be before --to.');
  return {
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(where === undefined ? {} : { where: where.map(conditionOf) }),
  };
}

/** Adds these commands to the program. */
export function registerHistory(program: Command): void {
  subcommand(program, 'replay', 'step through an account; with --all: every stored stream through the chart')
    .argument('[account]', 'its state after each event, who moved it, how long it waited', idOf)
    .option('--all', 'check that every stream is a legal run, and say where one parts from the chart')
    .option('--from <time>', 'with --all: judge only events that occurred then or later', instantOf)
    .option('--to <time>', 'with --all: judge only events that occurred before', instantOf)
    .option(
      '--where <field=value>',
      `with --all, again and again: judge only these (${selectableFields.join(', ')})`,
      also,
    )
    .option('--threads <n>', 'with --all: so many at once (default: one for each core)', threadsOf)
    .action(async (account: string | undefined, flags: ReplayFlags, command: Command) => {
      const { config, json } = configOf(command);
      if ((account === undefined) !== (flags.all === true))
        throw new UsageError('Name an account to step through, or say --all for every one.');
      if (account !== undefined) {
        if ([flags.from, flags.to, flags.where, flags.threads].some((flag) => flag !== undefined))
          throw new UsageError('--from, --to, --where and --threads go with --all.');
        const stepped = await stepThrough(config, account);
        if (json) printJson(stepped);
        else printSteps(stepped);
        if (stepped.divergences.length > 0) process.exitCode ??= exit.found;
        return;
      }
      const replayed = await replayAll(config, selectionOf(flags), interruptible({ goesOn: false }), flags.threads);
      if (json) printJson(replayed);
      else printReplayed(replayed);
      if (replayed.divergences.length > 0) process.exitCode ??= exit.found;
    });
  subcommand(program, 'tail', 'follow the log live, one line an event; --json: events as stored, a document a line')
    .option('--account <id>', 'only this account', idOf)
    .option('--type <types>', 'only these types of events, separated by commas')
    .option('--last <n>', 'begin with so many of the events before', countOf, 10)
    .option('--no-follow', 'end after the events that are there')
    .action(async ({ account, type, last, follow }: TailFlags, command: Command) => {
      const { config, json } = configOf(command);
      const types = type === undefined ? undefined : typesOf(type);
      await tail(config, { account, types, last, follow, json }, untilInterrupted());
    });
}
