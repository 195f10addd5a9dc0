/** What takes the log out: exports. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { eventTypes, isEventType } from '../../events/catalogue.js';
import { exportedKinds, type ExportedKind, exportFormats, type ExportFormatName } from '../../events/operations.js';
import { text } from '../../events/schemas.js';
import { note, print, printJson, UsageError } from '../output.js';
import { configOf, idOf, instantOf, interruptible, subcommand } from '../program.js';

/** Adds these commands to the program. */
export function registerExport(program: Command): void {
  subcommand(program, 'export', 'events or transitions of accounts as a file; goes on where an earlier run stopped')
    .addOption(new Option('--format <format>', 'the format').choices(exportFormats).makeOptionMandatory())
    .addOption(
      new Option('--what <what>', 'every event, or only those that moved the chart')
        .choices(exportedKinds)
        .default('events'),
    )
    .option('--from <time>', 'what happened at this time or later', instantOf)
    .option('--to <time>', 'what happened before this time', instantOf)
    .option('--type <types>', 'only these event types, with commas between', typesOf)
    .option('--account <id>', 'one account', idOf)
    .option('--personal-data', 'with personal data: addresses, names, what people wrote')
    .option('--reason <text>', 'why personal data is needed; it is recorded', reasonOf)
    .requiredOption('--out <file>', 'the file, or - for standard output', fileOf)
    .action(async (options: Options, command: Command) => {
      const { config, json } = configOf(command);
      const asked = askedFor(options);
      // Formats and their libraries are of no use to other commands, which start faster without them.
      const { exportToFile, exportToStdout } = await import('../export.js');
      if (options.out === '-') {
        if (json) throw new UsageError('--json and --out - both write to standard output. Name a file with --out.');
        const { rows, bytes } = await exportToStdout(config, asked, interruptible());
        note(`${rows} rows, ${bytes} bytes`);
        return;
      }
      const exported = await exportToFile(config, asked, options.out, interruptible());
      if (json) printJson(exported);
      else if (exported.complete) print(`${options.out}: ${exported.rows} rows, ${exported.bytes} bytes`);
      else print(`stopped after ${exported.rows} rows; run it again to go on`);
    });
}

type Options = {
  readonly format: ExportFormatName;
  readonly what: ExportedKind;
  readonly from?: string;
  readonly to?: string;
  readonly type?: readonly string[];
  readonly account?: string;
  readonly personalData?: true;
  readonly reason?: string;
  readonly out: string;
};

function askedFor({ format, what, from, to, type, account, personalData, reason }: Options) {
  if (personalData === true && reason === undefined) {
    throw new UsageError('--personal-data needs --reason <text>: who exported it, and why, is recorded.');
  }
  if (from !== undefined && to !== undefined && from >= to) throw new UsageError('--to must be later than --from.');
  const types = type === undefined ? undefined : [...new Set(type)].sort();
  return { format, what, from, to, types, accountId: account, personalData: personalData === true, reason };
}

function typesOf(list: string): string[] {
  const types = list.split(',').map((name) => name.trim());
  const unknown = types.find((name) => !isEventType(name));
  if (unknown === undefined) return types;
  throw new InvalidArgumentError(`There is no event ${unknown}. Events: ${eventTypes.join(', ')}`);
}

function fileOf(name: string): string {
  if (name !== '' && !name.endsWith('/')) return name;
  throw new InvalidArgumentError('The name of a file, or - for standard output.');
}

function reasonOf(given: string): string {
  const parsed = text.safeParse(given);
  if (!parsed.success) throw new InvalidArgumentError('A text of 1 to 4,000 characters.');
  return parsed.data;
}
