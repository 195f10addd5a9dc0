/** Gatehouse with checkpoints in its folder: taken, and verified, on a clock that the test reads. */
import type Database from 'better-sqlite3';
import type { ChartCheck } from '../../src/audit/chart.js';
import { CheckpointFolder } from '../../src/audit/folder.js';
import { type Taken, takeCheckpoint } from '../../src/audit/take.js';
import { type Verification, verifyLog, type VerifyOptions } from '../../src/audit/verify.js';
import type { EventStore } from '../../src/eventStore/eventStore.js';
import { openSqliteEventStore } from '../../src/eventStore/sqlite.js';
import { Sqlite } from '../../src/sqlite.js';
import { start } from './examples.js';
import { newGatehouse, type TestGatehouse } from './gatehouse.js';

export type Audited = {
  readonly gatehouse: TestGatehouse;
  readonly folder: CheckpointFolder;
  readonly settings: { readonly folder: string; readonly keyFile: string };
  readonly take: (store?: EventStore) => Promise<Taken>;
  readonly verify: (options?: Partial<VerifyOptions>, store?: EventStore) => Promise<Verification>;
  /** Alters the log's file behind its back, with another tool. */
  readonly alter: (change: (db: Database.Database) => void) => void;
  readonly close: () => Promise<void>;
};

const never = new AbortController().signal;

export async function newAudited(): Promise<Audited> {
  const gatehouse = await newGatehouse();
  const file = gatehouse.folder.file('events.db');
  const settings = {
    folder: gatehouse.folder.file('checkpoints'),
    keyFile: gatehouse.folder.file('checkpoint-key.pem'),
  };
  return {
    gatehouse,
    folder: new CheckpointFolder(settings.folder),
    settings,
    take: async (store = gatehouse.store) => takeCheckpoint(store, settings, { now: () => start, signal: never }),
    verify: async (options = {}, store = openSqliteEventStore({ file, readOnly: true })) => {
      try {
        return await verifyLog(store, { folder: settings.folder, signal: never, ...options });
      } finally {
        await store.close();
      }
    },
    alter: (change) => {
      const db = new Sqlite(file);
      change(db);
      db.close();
    },
    close: gatehouse.close,
  };
}

/** A chart that finds nothing: for tests of what hashes and checkpoints find. */
export const noChart: ChartCheck = async () => ({ divergences: [] });

/** The kinds that were found, each once, in order. */
export function kindsOf({ findings }: Pick<Verification, 'findings'>): string[] {
  return [...new Set(findings.map(({ kind }) => kind))].sort();
}
