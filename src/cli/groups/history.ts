/** What looks at history: stepping through an account, following the log. */
import { type Command, InvalidArgumentError } from 'commander';
import { exit, printJson, UsageError } from '../output.js';
import { printSteps, stepThrough } from '../stepThrough.js';
import { tail, typesOf, untilInterrupted } from '../tail.js';
import { configOf, idOf, subcommand } from '../program.js';

type TailFlags = { account?: string; type?: string; last: number; follow: boolean };

/** Most events of before that `tail` begins with: they are held in memory. */
const mostBefore = 100_000;

function countOf(text: string): number {
  if (!/^\d{1,6}$/.test(text) || Number(text) > mostBefore)
    throw new InvalidArgumentError(`A whole number from 0 to ${mostBefore}.`);
  return Number(text);
}

/** Adds these commands to the program. */
export function registerHistory(program: Command): void {
  subcommand(
    program,
    'replay',
    'step through an account: the chart’s state after each event, who moved it, how long it waited',
  )
    .argument('[account]', undefined, idOf)
    .action(async (account: string | undefined, _options, command: Command) => {
      const { config, json } = configOf(command);
      if (account === undefined) throw new UsageError('Name an account to step through, or say --all for every one.');
      const stepped = await stepThrough(config, account);
      if (json) printJson(stepped);
      else printSteps(stepped);
      if (stepped.divergences.length > 0) process.exitCode ??= exit.found;
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
