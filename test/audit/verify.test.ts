/** Verifying: what is clean, what is found, and where it is said to be. */
import { copyFileSync, cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { generateKeyPairSync } from 'node:crypto';
import { openSqliteEventStore } from '../../src/eventStore/sqlite.js';
import { openSigningKey } from '../../src/audit/key.js';
import { recordedHash } from '../../src/audit/leaves.js';
import { takeCheckpoint } from '../../src/audit/take.js';
import { seal } from '../../src/app/seal.js';
import type { EventStore, StoredEvent } from '../../src/eventStore/eventStore.js';
import type { EventMetadata } from '../../src/events/envelope.js';
import { type Audited, kindsOf, newAudited, noChart } from '../support/audited.js';
import { setUp, start } from '../support/examples.js';

let audited: Audited;
beforeEach(async () => (audited = await newAudited()));
afterEach(async () => audited.close());

/** Three accounts, and a checkpoint after each. */
async function threeCheckpoints(): Promise<void> {
  for (const account of ['acme', 'beta', 'gamma']) {
    await audited.gatehouse.walk(setUp, account);
    await audited.take();
  }
}

async function streamOf(stream: string): Promise<StoredEvent[]> {
  const events: StoredEvent[] = [];
  for await (const event of audited.gatehouse.store.read(stream)) events.push(event);
  return events;
}

type Changes = { readonly data?: object; readonly metadata?: Partial<EventMetadata> };

/** Writes an event anew as if it had always been so, with everything after it in its stream. */
async function writeAnew(stream: string, from: number, changes: Changes): Promise<void> {
  const events = await streamOf(stream);
  const before = events[from - 1];
  let previousHash = before === undefined ? stream : recordedHash(before);
  audited.alter((db) => {
    const set = db.prepare('UPDATE events SET id = ?, data = ?, metadata = ? WHERE stream = ? AND revision = ?');
    for (const { revision, type, ...event } of events.slice(from)) {
      const { hash: _, ...rest } = event.metadata as unknown as EventMetadata;
      const { data = {}, metadata = {} } = revision === from ? changes : {};
      const content = { data: { ...event.data, ...data }, metadata: { ...rest, ...metadata, previousHash } };
      const anew = seal({ stream, revision, type, ...content });
      set.run(anew.id, JSON.stringify(anew.data), JSON.stringify(anew.metadata), stream, revision);
      previousHash = recordedHash(anew);
    }
  });
}

test('given nothing but a log, then nothing is found, and no checkpoint vouches for it', async () => {
  await audited.gatehouse.walk(setUp);
  expect(await audited.verify()).toEqual({
    events: setUp.length + 1,
    streams: 2,
    checkpoints: 0,
    verifiedTo: null,
    uncovered: setUp.length + 1,
    complete: true,
    found: 0,
    findings: [],
  });
});

test('given checkpoints, then what they cover is proved, and what came since is counted', async () => {
  await threeCheckpoints();
  const proved = await audited.gatehouse.store.head();
  await audited.gatehouse.walk(setUp, 'delta');
  const { verifiedTo, uncovered, found, checkpoints } = await audited.verify();
  expect({ verifiedTo, uncovered, found, checkpoints }).toEqual({
    verifiedTo: proved,
    uncovered: setUp.length,
    found: 0,
    checkpoints: 3,
  });
});

test('given a log that goes on while it is verified, then nothing is found', async () => {
  await threeCheckpoints();
  const running = { yes: true };
  const appending = (async () => {
    for (let index = 0; running.yes; index++) {
      await audited.gatehouse.walk(setUp, `more-${index}`);
      await audited.take();
    }
  })();
  for (let times = 0; times < 5; times++) expect((await audited.verify()).findings).toEqual([]);
  running.yes = false;
  await appending;
});

test('given an event that is altered, then it is named, and what the checkpoint before it covers is proved', async () => {
  await threeCheckpoints();
  audited.alter((db) => db.exec(`UPDATE events SET data = '{}' WHERE stream = 'account-beta' AND revision = 2`));
  const { findings, verifiedTo } = await audited.verify({ chart: noChart });
  expect(findings[0]).toMatchObject({ kind: 'hash', stream: 'account-beta', revision: 2 });
  expect(Number(verifiedTo)).toBe(setUp.length + 1);
});

test('given a stream that is written anew with all its hashes, then its name and the checkpoint are found', async () => {
  await threeCheckpoints();
  await writeAnew('account-beta', 1, { data: { count: 9 } });
  const found = await audited.verify();
  expect(kindsOf(found)).toEqual(['head', 'heads-root', 'log-root']);
  expect(found.findings.find(({ kind }) => kind === 'head')).toMatchObject({ stream: 'account-beta', checkpoint: 2 });
  expect(found.findings.filter(({ kind }) => kind === 'log-root')).toMatchObject([{ checkpoint: 2 }]);
});

test.each([
  ['removed', `stream = 'account-beta'`, 'The stream was removed'],
  ['cut', `stream = 'account-beta' AND revision > 1`, 'The stream was cut'],
])('given a stream that was %s, then it is named', async (_what, where, detail) => {
  await threeCheckpoints();
  audited.alter((db) => db.exec(`DELETE FROM events WHERE ${where}`));
  const { findings } = await audited.verify({ chart: noChart });
  const head = findings.find(({ kind }) => kind === 'head');
  expect(head).toMatchObject({ stream: 'account-beta', checkpoint: 2 });
  expect(head?.detail).toContain(detail);
});

test('given a stream that was put in before a checkpoint, then it is named', async () => {
  await threeCheckpoints();
  audited.alter((db) => {
    const end = setUp.length * 3 + 1;
    for (let row = end; row > 5; row--)
      db.prepare('UPDATE events SET position = ? WHERE position = ?').run(row + 1, row);
    const columns = "'account-new', 0, id || '-', type, data, metadata";
    db.exec(`INSERT INTO events SELECT 6, ${columns} FROM events WHERE position = 2`);
  });
  const { findings } = await audited.verify({ chart: noChart });
  const heads = findings.filter(({ kind }) => kind === 'head').map(({ stream }) => stream);
  expect(heads).toContain('account-new');
});

test('given a log that was cut or restored from an older backup, then the newest checkpoint says so', async () => {
  await threeCheckpoints();
  audited.alter((db) => db.exec(`DELETE FROM events WHERE stream = 'account-gamma' AND revision > 0`));
  const found = await audited.verify();
  expect(kindsOf(found)).toEqual(['cut', 'head']);
  expect(found.findings[0]).toMatchObject({ kind: 'cut', checkpoint: 3 });
  expect(found.findings[0]?.detail).toContain('an older backup was restored');
});

test('given checkpoints of another log, then that is what is found', async () => {
  await threeCheckpoints();
  const other = await newAudited();
  await other.gatehouse.walk(setUp, 'other');
  other.alter((db) => db.exec(`UPDATE events SET id = 'another' WHERE position = 1`));
  cpSync(audited.settings.folder, other.settings.folder, { recursive: true });
  expect(kindsOf(await other.verify())).toContain('other-log');
  await other.close();
});

test('given a checkpoint that is missing between others, then its number is found', async () => {
  await threeCheckpoints();
  rmSync(audited.folder.fileOf(2));
  expect((await audited.verify()).findings).toMatchObject([{ kind: 'checkpoint-missing', checkpoint: 2 }]);
});

test('given that the newest checkpoints were removed, and the log was cut, then whoever knows their number finds it', async () => {
  await threeCheckpoints();
  rmSync(audited.folder.fileOf(3));
  audited.alter((db) => db.exec(`DELETE FROM events WHERE stream = 'account-gamma'`));
  // Nothing that is left tells of what was there: that is why another copy of the checkpoints is kept.
  expect((await audited.verify()).findings).toEqual([]);
  expect((await audited.verify({ atLeast: 3 })).findings).toMatchObject([
    { kind: 'checkpoint-missing', checkpoint: 3 },
  ]);
});

test('given no checkpoint, and a key to check them with, then they were removed', async () => {
  await threeCheckpoints();
  const { publicKey } = await openSigningKey(audited.settings.keyFile);
  rmSync(audited.settings.folder, { recursive: true });
  expect(kindsOf(await audited.verify({ publicKey }))).toEqual(['checkpoint-missing']);
});

/** Some versions of Node can write again what they read, and then it is the hash that tells. */
const deeplyNested = /^(unreadable|hash)$/;

test.each([
  ['text that is not well-formed', '{"holder":"\\ud800"}', 'hash'],
  ['a number that no number can hold', '{"count":1e400}', 'unreadable'],
  ['JSON that is nested too deeply', `{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}`, deeplyNested],
])('given %s, then the event is found, and the rest is read', async (_what, data, kind) => {
  await threeCheckpoints();
  audited.alter((db) => {
    db.prepare(`UPDATE events SET data = ? WHERE stream = 'account-beta' AND revision = 2`).run(data);
  });
  const { findings, events } = await audited.verify({ chart: noChart });
  const kinds = findings.filter(({ stream, revision }) => stream === 'account-beta' && revision === 2);
  expect(kinds.map((one) => one.kind)).toContainEqual(expect.stringMatching(kind));
  expect(events).toBe(3 * setUp.length + 1);
});

test('given a recorded hash that is not even text, then the event is found', async () => {
  await threeCheckpoints();
  audited.alter((db) => {
    const set = `json_set(metadata, '$.hash', json('{"a":1}'))`;
    db.exec(`UPDATE events SET metadata = ${set} WHERE stream = 'account-beta' AND revision = 2`);
  });
  expect(kindsOf(await audited.verify({ chart: noChart }))).toEqual(['chain', 'hash', 'id', 'log-root']);
});

test('given a policy in the log that is not the one of its hash, then it is found', async () => {
  await threeCheckpoints();
  const [published] = await streamOf('policy');
  const document = { ...(published?.data['document'] as object), version: 'other' };
  await writeAnew('policy', 0, { data: { document } });
  expect(kindsOf(await audited.verify())).toContain('policy');
});

test.each([
  ['leads elsewhere', { metadata: { to: { standing: 'warned' } } }],
  ['comes from elsewhere', { metadata: { from: { standing: 'warned' } } }],
])(
  'given an event that %s than the chart says, then it is found although its hashes are right',
  async (_what, changes) => {
    await audited.gatehouse.walk(setUp);
    await writeAnew('account-acme', 1, changes);
    expect((await audited.verify()).findings).toMatchObject([{ kind: 'chart', stream: 'account-acme', revision: 1 }]);
  },
);

test('given a trigger in the log’s file, then it is found: it could write what nobody sent', async () => {
  await threeCheckpoints();
  audited.alter((db) => db.exec('CREATE TRIGGER quiet AFTER INSERT ON events BEGIN DELETE FROM events; END'));
  expect((await audited.verify()).findings).toMatchObject([
    { kind: 'store', detail: expect.stringContaining('quiet') },
  ]);
});

test.each([-1, 0, 2n ** 53n + 1n])(
  'given an event put at position %s, where no reading of the whole log comes, then it is found, and its account is not read',
  async (position) => {
    await threeCheckpoints();
    const last = (await streamOf('account-acme')).at(-1);
    audited.alter((db) => {
      db.prepare(
        `INSERT INTO events SELECT ?, stream, revision + 1, 'another', type, data, metadata FROM events
          WHERE stream = 'account-acme' AND revision = ?`,
      ).run(position, last?.revision);
    });
    expect((await audited.verify({ chart: noChart })).findings).toContainEqual({
      kind: 'store',
      detail: expect.stringContaining(`account-acme revision ${(last?.revision ?? 0) + 1} stands at a position`),
    });
    await expect(streamOf('account-acme')).rejects.toThrow('a place that was never given');
  },
);

test('given a stream’s name that is bytes, then that is found, and the rest is read and replayed', async () => {
  await threeCheckpoints();
  audited.alter((db) => {
    db.exec(`UPDATE events SET stream = CAST(stream AS BLOB) WHERE stream = 'account-gamma' AND revision = 3`);
  });
  const { findings } = await audited.verify();
  expect(findings).toContainEqual(
    expect.objectContaining({ kind: 'unreadable', stream: 'account-gamma', revision: 3 }),
  );
});

describe('keys', () => {
  beforeEach(threeCheckpoints);

  test('given the key that was kept elsewhere, then checkpoints that somebody else signed anew are found', async () => {
    const { publicKey } = await openSigningKey(audited.settings.keyFile);
    rmSync(audited.settings.folder, { recursive: true });
    rmSync(audited.settings.keyFile);
    audited.alter((db) => db.exec(`DELETE FROM events WHERE stream = 'account-gamma'`));
    await audited.take();
    // By the key beside the checkpoints all is well: that is why another copy of it is kept.
    expect((await audited.verify()).findings).toEqual([]);
    expect(kindsOf(await audited.verify({ publicKey }))).toEqual(['key']);
  });

  test('given another key beside the checkpoints, then they are not signed by it', async () => {
    const { publicKey } = generateKeyPairSync('ed25519');
    writeFileSync(`${audited.settings.folder}/public-key.pem`, publicKey.export({ type: 'spki', format: 'pem' }));
    expect(kindsOf(await audited.verify())).toEqual(['key']);
  });

  test('given no key beside the checkpoints, then that is found', async () => {
    rmSync(`${audited.settings.folder}/public-key.pem`);
    expect(kindsOf(await audited.verify())).toEqual(['key']);
  });

  test('given a statement that was altered, then its signature is', async () => {
    const file = audited.folder.fileOf(2);
    writeFileSync(file, readFileSync(file, 'utf8').replace(/"streams":\d/, '"streams":9'));
    expect(kindsOf(await audited.verify())).toEqual(['signature']);
  });
});

test('given a copy of the log in another store, then the checkpoints vouch for it, too', async () => {
  await threeCheckpoints();
  const file = audited.gatehouse.folder.file('copy.db');
  const copy = openSqliteEventStore({ file });
  for await (const { stream, revision, id, type, data, metadata } of audited.gatehouse.store.readAll()) {
    await copy.append(stream, revision === 0 ? 'noStream' : revision - 1, [{ id, type, data, metadata }]);
  }
  expect((await audited.verify({}, copy)).findings).toEqual([]);
});

test('given a log that was moved to a store with other positions, then that is said, once', async () => {
  await threeCheckpoints();
  const { store } = audited.gatehouse;
  const moved: EventStore = {
    ...store,
    head: async () => store.head(),
    selfCheck: async () => [],
    close: async () => undefined,
    read: (stream, options) => store.read(stream, options),
    readAll: async function* (options) {
      for await (const event of store.readAll(options))
        yield { ...event, position: `${event.position}-${event.position}` };
    },
  };
  expect((await audited.verify({}, moved)).findings).toMatchObject([{ kind: 'other-log', checkpoint: 1 }]);
});

test('given more findings than are kept, then all are counted', async () => {
  const file = audited.gatehouse.folder.file('bad.db');
  copyFileSync(audited.gatehouse.folder.file('events.db'), file);
  const store = openSqliteEventStore({ file });
  const bad = (index: number) => ({ id: `id-${index}`, type: 'Other', data: {}, metadata: {} });
  await store.append(
    'other',
    'noStream',
    Array.from({ length: 1_200 }, (_, index) => bad(index)),
  );
  const { found, findings } = await audited.verify({}, store);
  expect(found).toBeGreaterThan(4_000);
  expect(findings).toHaveLength(1_000);
});

test('given a stop, then it ends, and says that it is not complete', async () => {
  await threeCheckpoints();
  expect(await audited.verify({ signal: AbortSignal.abort() })).toMatchObject({ complete: false, verifiedTo: null });
  const { store } = audited.gatehouse;
  const stopped = await takeCheckpoint(store, audited.settings, { now: () => start, signal: AbortSignal.abort() });
  expect(stopped.kind).toBe('stopped');
});
