/** A log with checkpoints, to be altered: seeded random walks, signed at several places and at the end. */
import { createPrivateKey } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleOf, type Bundle } from '../../../src/audit/bundle.js';
import { CheckpointFolder } from '../../../src/audit/folder.js';
import { recordedHash } from '../../../src/audit/leaves.js';
import { takeCheckpoint } from '../../../src/audit/take.js';
import { chainStart, seal } from '../../../src/app/seal.js';
import type { EventStore, StoredEvent } from '../../../src/eventStore/eventStore.js';
import { openSqliteEventStore } from '../../../src/eventStore/sqlite.js';
import { exportsStream, type Operation } from '../../../src/events/operations.js';
import { accountOf } from '../../../src/events/envelope.js';
import { Sqlite } from '../../../src/sqlite.js';
import { start } from '../examples.js';
import { type Folder, newFolder } from '../folders.js';
import { newGatehouse } from '../gatehouse.js';
import { seeded } from '../randomCommands.js';
import { walkRandomly } from '../randomLog.js';

export type World = {
  /** The embedded log's file. */
  readonly log: Buffer;
  /** The files of the folder of checkpoints, by name. */
  readonly checkpoints: ReadonlyMap<string, Buffer>;
  readonly events: readonly StoredEvent[];
  /** A bundle of each of some accounts. */
  readonly bundles: readonly Bundle[];
};

/** PKCS #8 of an Ed25519 key, up to the 32 bytes of the key itself. */
const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** The same key for the same seed, so that a run can be repeated to the byte. */
export function signingKeyOf(seed: number): string {
  const random = seeded(seed);
  const secret = Buffer.from(Array.from({ length: 32 }, () => Math.floor(random() * 256)));
  const key = createPrivateKey({ key: Buffer.concat([pkcs8, secret]), format: 'der', type: 'pkcs8' });
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/** What an export leaves: a stream beside those of accounts. */
function exported(): StoredEvent[] {
  const exportId = 'export-1';
  const operations: readonly Operation[] = [
    {
      type: 'ExportStarted',
      data: { exportId, what: 'events', format: 'csv', personalData: false, via: 'cli' },
    },
    { type: 'ExportCompleted', data: { exportId, rows: 10, bytes: 1_000, sha256: 'a'.repeat(64) } },
  ];
  let previousHash = chainStart(exportsStream);
  return operations.map(({ type, data }, revision) => {
    const metadata = {
      commandId: `export-${revision}`,
      commandDigest: '',
      correlationId: exportId,
      causationId: exportId,
      actor: { type: 'auditor', id: 'auditor-1' } as const,
      occurredAt: start,
      recordedAt: start,
      schemaVersion: 1,
      machineVersion: 0,
      from: null,
      to: null,
      previousHash,
    };
    const event = seal({ stream: exportsStream, revision, type, data, metadata });
    previousHash = recordedHash(event);
    return { ...event, stream: exportsStream, revision, position: '' };
  });
}

/** The events of seeded walks, in the order in which they were written. */
async function walkedEvents(seed: number, accounts: number): Promise<StoredEvent[]> {
  const gatehouse = await newGatehouse();
  await walkRandomly(gatehouse, seed, accounts, 30);
  const events = await allOf(gatehouse.store);
  await gatehouse.close();
  const [first, second] = exported();
  if (first === undefined || second === undefined) throw new Error('no export');
  const middle = Math.floor(events.length / 3);
  return [...events.slice(0, middle), first, ...events.slice(middle, 2 * middle), second, ...events.slice(2 * middle)];
}

async function allOf(store: EventStore): Promise<StoredEvent[]> {
  const events: StoredEvent[] = [];
  for await (const event of store.readAll()) events.push(event);
  return events;
}

async function append(store: EventStore, { stream, revision, id, type, data, metadata }: StoredEvent): Promise<void> {
  const event = { id, type, data, metadata };
  const result = await store.append(stream, revision === 0 ? 'noStream' : revision - 1, [event]);
  if (result.kind === 'conflict') throw new Error(`${stream} ${revision} is there already`);
}

/** Where checkpoints are taken: several times on the way, and at the end. */
const checkpointsTaken = 5;

/** Makes a world. @param accounts how many accounts walk */
export async function newWorld(seed: number, accounts: number): Promise<World> {
  const walked = await walkedEvents(seed, accounts);
  const folder = newFolder();
  const settings = { folder: folder.file('checkpoints'), keyFile: folder.file('checkpoint-key.pem') };
  writeFileSync(settings.keyFile, signingKeyOf(seed));
  const store = openSqliteEventStore({ file: folder.file('events.db') });
  const { signal } = new AbortController();
  for (const [index, event] of walked.entries()) {
    await append(store, event);
    const isDue = (index + 1) % Math.ceil(walked.length / checkpointsTaken) === 0 || index + 1 === walked.length;
    if (!isDue) continue;
    const taken = await takeCheckpoint(store, settings, { now: () => start, signal });
    if (taken.kind !== 'taken') throw new Error(`no checkpoint was taken: ${JSON.stringify(taken)}`);
  }
  const events = await allOf(store);
  const bundles = await bundlesOf(store, new CheckpointFolder(settings.folder), events);
  await store.close();
  const world = { log: logFile(folder), checkpoints: filesIn(settings.folder), events, bundles };
  folder.remove();
  return world;
}

/** The log in one file, without a journal beside it. */
function logFile(folder: Folder): Buffer {
  const db = new Sqlite(folder.file('events.db'));
  db.pragma('journal_mode = DELETE');
  db.close();
  return readFileSync(folder.file('events.db'));
}

function filesIn(folder: string): Map<string, Buffer> {
  return new Map(
    readdirSync(folder)
      .sort()
      .map((name) => [name, readFileSync(join(folder, name))]),
  );
}

async function bundlesOf(
  store: EventStore,
  folder: CheckpointFolder,
  events: readonly StoredEvent[],
): Promise<Bundle[]> {
  const streams = [...new Set(events.map(({ stream }) => stream))];
  const accounts = streams.map(accountOf).filter((account) => account !== undefined);
  const checkpoint = await folder.read((await folder.numbers()).at(-1) ?? 0);
  const publicKey = (await folder.publicKey()) ?? '';
  const bundles: Bundle[] = [];
  for (const accountId of accounts.slice(0, 8)) {
    const { signal } = new AbortController();
    const made = await bundleOf(store, { accountId, checkpoint, publicKey, signal });
    if (made.kind !== 'bundled') throw new Error(`no bundle of ${accountId}: ${made.kind}`);
    bundles.push(made.bundle);
  }
  return bundles;
}

/** A data folder that holds a world, to be altered and made whole again. */
export class Workspace {
  readonly #folder = newFolder();
  #world: World | undefined;
  #isWhole = false;

  /** The data folder. */
  get path(): string {
    return this.#folder.path;
  }

  get logFile(): string {
    return this.#folder.file('events.db');
  }

  get checkpointFolder(): string {
    return this.#folder.file('checkpoints');
  }

  checkpointFile(name: string): string {
    return join(this.checkpointFolder, name);
  }

  /** Makes everything as the world has it. */
  restore(world: World): void {
    writeFileSync(this.logFile, world.log);
    if (this.#isWhole && this.#world === world) return;
    rmSync(this.checkpointFolder, { recursive: true, force: true });
    mkdirSync(this.checkpointFolder);
    for (const [name, bytes] of world.checkpoints) writeFileSync(this.checkpointFile(name), bytes);
    this.#world = world;
    this.#isWhole = true;
  }

  /** Says that files of checkpoints were altered: `restore` then writes them, too. */
  touchCheckpoints(): void {
    this.#isWhole = false;
  }

  remove(): void {
    this.#folder.remove();
  }
}
