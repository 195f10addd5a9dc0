/** Alterations of the files: of checkpoints, and of the log's own file below SQLite. */
import { createHash } from 'node:crypto';
import { copyFileSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { Sqlite } from '../../../src/sqlite.js';
import type { Chance } from './chance.js';
import type { Workspace, World } from './world.js';

/** Alters files of a workspace. False where this choice alters nothing; another one is then made. */
export type FileAlteration = (chance: Chance, workspace: Workspace, world: World) => boolean;

function checkpointNames({ checkpoints }: World): string[] {
  return [...checkpoints.keys()].filter((name) => name.endsWith('.ndjson'));
}

function alter(workspace: Workspace, name: string, change: (bytes: Buffer) => Buffer): boolean {
  const file = workspace.checkpointFile(name);
  writeFileSync(file, change(readFileSync(file)));
  workspace.touchCheckpoints();
  return true;
}

const checkpointByte: FileAlteration = (chance, workspace, world) =>
  alter(workspace, chance.of(checkpointNames(world)), (bytes) => chance.alteredBytes(bytes));

const checkpointCut: FileAlteration = (chance, workspace, world) =>
  alter(workspace, chance.of(checkpointNames(world)), (bytes) => bytes.subarray(0, chance.below(bytes.length)));

/** A head left out, and their count with it. */
const headLeftOut: FileAlteration = (chance, workspace, world) =>
  alter(workspace, chance.of(checkpointNames(world)), (bytes) => {
    const [first = '', ...heads] = bytes.toString().trimEnd().split('\n');
    heads.splice(chance.below(heads.length), 1);
    return Buffer.from(`${[first.replace(/"heads":\d+/, `"heads":${heads.length}`), ...heads].join('\n')}\n`);
  });

/** One that is not the newest: what was taken last can be missed only by whoever has a copy of it. */
const checkpointRemoved: FileAlteration = (chance, workspace, world) => {
  rmSync(workspace.checkpointFile(chance.of(checkpointNames(world).slice(0, -1))));
  workspace.touchCheckpoints();
  return true;
};

const checkpointsSwapped: FileAlteration = (chance, workspace, world) => {
  const names = checkpointNames(world);
  const [one, other] = [chance.of(names), chance.of(names)];
  if (one === other) return false;
  copyFileSync(workspace.checkpointFile(one), workspace.checkpointFile('aside'));
  renameSync(workspace.checkpointFile(other), workspace.checkpointFile(one));
  renameSync(workspace.checkpointFile('aside'), workspace.checkpointFile(other));
  workspace.touchCheckpoints();
  return true;
};

const publicKeyByte: FileAlteration = (chance, workspace) =>
  alter(workspace, 'public-key.pem', (bytes) => chance.alteredBytes(bytes));

/** What a reader of the log's tables sees: every value with its type, and whether the file is sound. */
function seenIn(file: string): string {
  const seen = createHash('sha256');
  let db: InstanceType<typeof Sqlite> | undefined;
  try {
    db = new Sqlite(file, { readonly: true });
    seen.update(String(db.pragma('application_id', { simple: true })));
    seen.update(JSON.stringify(db.prepare('SELECT sql FROM sqlite_schema ORDER BY name').all()));
    const columns = ['stream', 'revision', 'id', 'type', 'data', 'metadata'];
    const values = columns.map((name) => `typeof(${name}), CAST(${name} AS BLOB)`).join(', ');
    const rows = db.prepare(`SELECT position, ${values} FROM events NOT INDEXED ORDER BY position`).raw();
    for (const row of rows.all() as unknown[][]) {
      for (const value of row) seen.update(Buffer.isBuffer(value) ? value : String(value)).update('|');
    }
    seen.update(JSON.stringify(db.pragma('integrity_check')));
  } catch {
    return 'unreadable';
  } finally {
    db?.close();
  }
  return seen.digest('hex');
}

const seenInWorlds = new WeakMap<World, string>();

/**
 * A byte of the SQLite file. It counts where a reader of the tables can see it: other values, other types, a file that is
 * not sound. Free space and counters of SQLite's own hold nothing that was said.
 */
const logFileByte: FileAlteration = (chance, workspace, world) => {
  const file = workspace.logFile;
  const before = seenInWorlds.get(world) ?? seenIn(file);
  seenInWorlds.set(world, before);
  writeFileSync(file, chance.alteredBytes(world.log));
  return seenIn(file) !== before;
};

/** Every alteration of files, by name. */
export const fileAlterations: ReadonlyMap<string, FileAlteration> = new Map<string, FileAlteration>([
  ['a byte of the log’s file', logFileByte],
  ['a byte of a checkpoint', checkpointByte],
  ['a checkpoint cut', checkpointCut],
  ['a head left out of a checkpoint', headLeftOut],
  ['a checkpoint removed', checkpointRemoved],
  ['two checkpoints swapped', checkpointsSwapped],
  ['a byte of the public key', publicKeyByte],
]);
