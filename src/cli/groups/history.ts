/** What looks at history: stepping through an account, following the log. */
import type { Command } from 'commander';
import { exit, printJson, UsageError } from '../output.js';
import { printSteps, stepThrough } from '../stepThrough.js';
import { configOf, idOf, subcommand } from '../program.js';

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
}
