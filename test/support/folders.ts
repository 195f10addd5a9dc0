/** A folder for one test, removed afterwards. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type Folder = { readonly path: string; readonly file: (name: string) => string; readonly remove: () => void };

export function newFolder(): Folder {
  const path = mkdtempSync(join(tmpdir(), 'gatehouse-'));
  return {
    path,
    file: (name) => join(path, name),
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}
