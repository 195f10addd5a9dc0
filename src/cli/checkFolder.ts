/** Where a command writes to. */
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { UsageError } from './output.js';

/** Checks that the folder of a file that an option names is there. @throws {UsageError} before any work is done */
export function checkFolderOf(file: string, option: string): void {
  const folder = dirname(file);
  if (!existsSync(folder)) throw new UsageError(`There is no folder ${folder} for ${option}. Make it first.`);
}
