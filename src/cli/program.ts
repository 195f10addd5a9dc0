/** What every command of the program shares: configuration, interruption, flags, kinds of arguments. */
import { type Command, InvalidArgumentError } from 'commander';
import { type Config, type Flags, readConfig } from '../config.js';
import { id } from '../events/schemas.js';
import { toInstant } from '../events/time.js';
import { note } from './output.js';

type Global = Flags & { readonly json?: true };

export function configOf(command: Command): { config: Config; json: boolean } {
  const flags = command.optsWithGlobals<Global>();
  return { config: readConfig(process.env, flags), json: flags.json === true };
}

/**
 * Aborts at the first Ctrl-C; the work then ends cleanly.
 * @param goesOn whether the same command, run again, goes on where it was stopped
 */
export function interruptible({ goesOn = true } = {}): AbortSignal {
  const interrupted = new AbortController();
  const stop = (): void => {
    note(goesOn ? 'Stopping: what is under way finishes. Run it again to go on.' : 'Stopping.');
    interrupted.abort();
    process.exitCode = 130;
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  return interrupted.signal;
}

/** Adds a command with the flags that every command takes, wherever they stand on the line. */
export function subcommand(parent: Command, usage: string, description: string): Command {
  return parent
    .command(usage)
    .description(description)
    .option('--data <dir>', 'folder of the embedded store')
    .option('--json', 'one JSON document on stdout');
}

export function idOf(text: string): string {
  if (!id.safeParse(text).success)
    throw new InvalidArgumentError('An id is 1 to 128 characters of A-Z a-z 0-9 . _ : # -');
  return text;
}

export function instantOf(text: string): string {
  const instant = toInstant(text);
  if (instant === undefined) throw new InvalidArgumentError('A date and time such as 2027-01-31T12:00:00Z.');
  return instant;
}
