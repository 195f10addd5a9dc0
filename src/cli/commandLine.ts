/** A line of a command file: checked, or what is wrong with it. */
import { z } from 'zod';
import { commandCatalogue, isCommandName } from '../commands/catalogue.js';
import type { Command } from '../commands/decide.js';
import { id, instant } from '../events/schemas.js';
import type { Instant } from '../events/time.js';
import { actorTypes } from '../events/vocabulary.js';

const lineSchema = z.strictObject({
  commandId: id,
  accountId: id,
  command: z.string(),
  at: instant.optional(),
  actor: z.strictObject({ type: z.enum(actorTypes), id }),
  data: z.unknown(),
});

export type CommandLine = {
  readonly accountId: string;
  readonly commandId: string;
  readonly command: Command;
  readonly at: Instant | undefined;
};

/**
 * Reads a line.
 * @param now a line from later than now is malformed: history has not happened yet
 * @returns the line, or a sentence that says what is wrong
 */
export function readCommandLine(text: string, now: Instant): CommandLine | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'not JSON';
  }
  const line = lineSchema.safeParse(value);
  if (!line.success) return problems(line.error, '');
  const { command: name, at, actor, accountId, commandId } = line.data;
  if (!isCommandName(name)) return `command: there is no command ${name}`;
  if (at !== undefined && at > now) return `at: ${at} is in the future`;
  const data = commandCatalogue[name].data.safeParse(line.data.data);
  if (!data.success) return problems(data.error, 'data.');
  return { accountId, commandId, at, command: { name, data: data.data, actor } as Command };
}

function problems(error: z.ZodError, prefix: string): string {
  return error.issues.map(({ path, message }) => `${prefix}${path.join('.')}: ${message}`).join('; ');
}
