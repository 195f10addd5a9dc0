/** What holds: the chart, and the policy. */
import type { Command } from 'commander';
import { mermaidChart } from '../../../machines/mermaid.js';
import { checkChart, printChecked as printChartChecked } from '../chartCheck.js';
import { exit, print, printJson } from '../output.js';
import { checkFile, printChecked, printPolicy, printPublished, publishFile, showPolicy } from '../policy.js';
import { configOf, interruptible, subcommand } from '../program.js';

/** Adds these commands to the program. */
export function registerRules(program: Command): void {
  const chart = subcommand(program, 'chart', 'the chart as a Mermaid drawing').action((_options, command: Command) => {
    if (configOf(command).json) printJson({ mermaid: mermaidChart() });
    else print(mermaidChart().trimEnd());
  });
  subcommand(chart, 'check', 'whether this version’s chart refuses, or leads elsewhere, any stored history')
    .option('--against <log|histories>', 'sqlite:<file>, esdb://…, an NDJSON file of events, or a folder of such files')
    .action(async (options: { against?: string }, command: Command) => {
      const { config, json } = configOf(command);
      const checked = await checkChart(config, options.against, interruptible({ goesOn: false }));
      if (json) printJson(checked);
      else printChartChecked(checked);
      if (checked.divergences.length > 0) process.exitCode ??= exit.found;
    });
  const policy = program.command('policy').description('the policy: which checks approve, how long things take, …');
  subcommand(policy, 'show', 'the policy in force; with --json as a file to change')
    .argument('[version]', 'an earlier one')
    .action(async (version: string | undefined, _options, command: Command) => {
      const { config, json } = configOf(command);
      const shown = await showPolicy(config, version);
      if (json) printJson(shown);
      else printPolicy(shown);
    });
  subcommand(policy, 'check', 'check a policy, and say what it would change')
    .argument('<file>', 'the file, or - for standard input')
    .action(async (file: string, _options, command: Command) => {
      const { config, json } = configOf(command);
      const checked = await checkFile(config, file);
      if (json) printJson(checked);
      else printChecked(checked);
      if (!checked.valid) process.exitCode ??= exit.found;
    });
  subcommand(policy, 'publish', 'put a policy in force, also while the service runs')
    .argument('<file>', 'the file, or - for standard input')
    .action(async (file: string, _options, command: Command) => {
      const { config, json } = configOf(command);
      const published = await publishFile(config, file);
      if (json) printJson(published);
      else printPublished(published);
      if (published.outcome === 'refused') process.exitCode ??= exit.found;
    });
}
