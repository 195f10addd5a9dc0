/** Taking checkpoints: what is signed, when nothing is, and what is refused. */
import {
  existsSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { generateKeyPairSync } from 'node:crypto';
import { openSqliteEventStore } from '../../src/eventStore/sqlite.js';
import type { Taken } from '../../src/audit/take.js';
import { openSigningKey, pemOf } from '../../src/audit/key.js';
import { type Audited, newAudited } from '../support/audited.js';
import { setUp, start } from '../support/examples.js';
import { newFolder } from '../support/folders.js';

let audited: Audited;
beforeEach(async () => (audited = await newAudited()));
afterEach(async () => audited.close());

function statementOf(taken: Taken) {
  if (taken.kind !== 'taken') throw new Error(`not taken: ${JSON.stringify(taken)}`);
  return taken.checkpoint.statement;
}

function findingsOf(taken: Taken): string[] {
  return taken.kind === 'refused' ? taken.findings.map(({ kind }) => kind) : [taken.kind];
}

const mode = (file: string): string => (statSync(file).mode & 0o777).toString(8);

test('given a log without events, when a checkpoint is taken, then there is nothing to sign', async () => {
  const folder = newFolder();
  const store = openSqliteEventStore({ file: folder.file('events.db') });
  expect(await audited.take(store)).toEqual({ kind: 'empty' });
  expect(await audited.folder.numbers()).toEqual([]);
  await store.close();
  folder.remove();
});

test('given events, when a checkpoint is taken, then it signs how many, up to where, and of which log', async () => {
  await audited.gatehouse.walk(setUp);
  const [first] = await eventsOf(audited);
  const { events, streams, number, log, position, previous, takenAt } = statementOf(await audited.take());
  expect({ events, streams, number, previous, takenAt }).toEqual({
    events: setUp.length + 1,
    streams: 2,
    number: 1,
    previous: null,
    takenAt: start,
  });
  expect(log).toBe(first?.id);
  expect(position).toBe(await audited.gatehouse.store.head());
});

async function eventsOf({ gatehouse }: Audited) {
  const events = [];
  for await (const event of gatehouse.store.readAll()) events.push(event);
  return events;
}

test('given a checkpoint, when nothing came since, then no other one is taken', async () => {
  statementOf(await audited.take());
  expect((await audited.take()).kind).toBe('unchanged');
  expect(await audited.folder.numbers()).toEqual([1]);
});

test('given a checkpoint, when the next is taken, then it is the one that a first one would have been, chained', async () => {
  await audited.gatehouse.walk(setUp, 'acme');
  statementOf(await audited.take());
  await audited.gatehouse.walk(setUp, 'beta');
  const second = statementOf(await audited.take());
  const afresh = await newAudited();
  await afresh.gatehouse.walk(setUp, 'acme');
  await afresh.gatehouse.walk(setUp, 'beta');
  const { logRoot, headsRoot, events, streams } = statementOf(await afresh.take());
  expect(second).toMatchObject({ number: 2, logRoot, headsRoot, events, streams });
  expect(second.previous).toMatch(/^[0-9a-f]{64}$/);
  await afresh.close();
});

test('its file lists the streams that changed, and is for its owner alone', async () => {
  await audited.gatehouse.walk(setUp, 'acme');
  await audited.take();
  await audited.gatehouse.walk(setUp, 'beta');
  await audited.take();
  const [, ...heads] = readFileSync(audited.folder.fileOf(2), 'utf8').trimEnd().split('\n');
  expect(heads.map((line) => (JSON.parse(line) as { stream: string }).stream)).toEqual(['account-beta']);
  expect(mode(audited.settings.folder)).toBe('700');
  expect(mode(audited.folder.fileOf(2))).toBe('600');
  expect(mode(audited.settings.keyFile)).toBe('600');
});

test('given two at once, then there is one checkpoint, and both know it', async () => {
  await audited.gatehouse.walk(setUp);
  const both = await Promise.all([audited.take(), audited.take(), audited.take()]);
  expect(both.map(({ kind }) => kind).sort()).toEqual(['taken', 'unchanged', 'unchanged']);
  expect(await audited.folder.numbers()).toEqual([1]);
});

test('given two that make the key at once, then both have the same', async () => {
  const { keyFile } = audited.settings;
  const keys = await Promise.all(Array.from({ length: 8 }, async () => openSigningKey(keyFile)));
  expect(new Set(keys.map(({ publicKey }) => pemOf(publicKey))).size).toBe(1);
});

test('given what a killed process has left, when a checkpoint is taken, then it is no checkpoint, and goes when it is old', async () => {
  await audited.take();
  const file = (name: string): string => `${audited.settings.folder}/${name}`;
  writeFileSync(file('killed-now.tmp'), '{"statement":');
  writeFileSync(file('killed-long-ago.tmp'), '{"statement":');
  const now = Date.parse(start) / 1_000;
  utimesSync(file('killed-now.tmp'), now, now);
  utimesSync(file('killed-long-ago.tmp'), now - 7_200, now - 7_200);
  await audited.gatehouse.walk(setUp);
  expect(statementOf(await audited.take()).number).toBe(2);
  expect(readdirSync(audited.settings.folder).sort()).toEqual([
    '000000000001.ndjson',
    '000000000002.ndjson',
    'killed-now.tmp',
    'public-key.pem',
  ]);
});

test('given checkpoints that are read again and again, also unreadable ones, then no file stays open', async () => {
  await audited.gatehouse.walk(setUp);
  await audited.take();
  const file = audited.folder.fileOf(1);
  writeFileSync(audited.folder.fileOf(2), readFileSync(file));
  writeFileSync(audited.folder.fileOf(3), 'no checkpoint');
  const openFiles = (): string[] => readdirSync('/proc/self/fd').filter((fd) => linkOf(fd).includes('.ndjson'));
  for (let times = 0; times < 20; times++) {
    await audited.folder.read(1);
    await expect(audited.folder.read(2)).rejects.toThrow('by another one');
    await expect(audited.folder.read(3)).rejects.toThrow('as it was written');
  }
  await new Promise(setImmediate);
  if (existsSync('/proc/self/fd')) expect(openFiles()).toEqual([]);
});

function linkOf(fd: string): string {
  try {
    return readlinkSync(`/proc/self/fd/${fd}`);
  } catch {
    return '';
  }
}

describe('nothing is signed', () => {
  beforeEach(async () => {
    await audited.gatehouse.walk(setUp);
    await audited.take();
    await audited.gatehouse.walk(setUp, 'beta');
  });
  afterEach(async () => expect(await audited.folder.numbers()).toEqual([1]));

  test.each([
    [
      'data',
      `UPDATE events SET data = '{"holder":"individual"}' WHERE stream = 'account-beta' AND revision = 0`,
      'hash',
    ],
    ['an id', `UPDATE events SET id = replace(id, '-', '+') WHERE stream = 'account-beta' AND revision = 1`, 'id'],
    ['an event', `DELETE FROM events WHERE stream = 'account-beta' AND revision = 1`, 'revision'],
    [
      'an unreadable event',
      `UPDATE events SET data = '{' WHERE stream = 'account-beta' AND revision = 2`,
      'unreadable',
    ],
  ])('given altered: %s', async (_what, sql, kind) => {
    audited.alter((db) => db.exec(sql));
    expect(findingsOf(await audited.take())).toContain(kind);
  });

  test('given a log that was cut before the last checkpoint, and went on', async () => {
    audited.alter((db) => db.exec('DELETE FROM events WHERE position >= 5'));
    expect(findingsOf(await audited.take())).toEqual(['cut']);
  });

  test('given a log that was restored from an older backup, although as many events came since', async () => {
    const { events } = JSON.parse(readFileSync(audited.folder.fileOf(1), 'utf8').split('\n')[0] ?? '').statement;
    audited.alter((db) => {
      db.exec('DELETE FROM events WHERE position >= 5');
      const row = db.prepare('SELECT * FROM events WHERE position = 2').get() as Record<string, unknown>;
      const columns = '(:position, :stream, 0, :id, :type, :data, :metadata)';
      const insert = db.prepare(`INSERT INTO events VALUES ${columns}`);
      for (let position = 5; position < events + 5; position++) {
        insert.run({ ...row, position, stream: `account-${position}`, id: `id-${position}` });
      }
    });
    expect(findingsOf(await audited.take())).toEqual(['cut']);
  });

  test('given heads that are not those that were signed', async () => {
    const file = audited.folder.fileOf(1);
    writeFileSync(file, readFileSync(file, 'utf8').replace(/"revision":(\d+),/, '"revision":99,'));
    expect(findingsOf(await audited.take())).toEqual(['heads-root']);
  });

  test('given another key than the one before', async () => {
    const { privateKey } = generateKeyPairSync('ed25519');
    writeFileSync(audited.settings.keyFile, privateKey.export({ type: 'pkcs8', format: 'pem' }));
    expect(findingsOf(await audited.take())).toEqual(['key']);
  });
});

test('given a missing checkpoint, when another one is to be taken, then it is named', async () => {
  await audited.take();
  await audited.gatehouse.walk(setUp);
  await audited.take();
  rmSync(audited.folder.fileOf(1));
  expect(findingsOf(await audited.take())).toEqual(['checkpoint-missing']);
});

test('given a key file that holds no Ed25519 key, then the setting is named', async () => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  writeFileSync(audited.settings.keyFile, privateKey.export({ type: 'pkcs8', format: 'pem' }));
  await expect(audited.take()).rejects.toThrow('Name it in GATEHOUSE_CHECKPOINT_KEY');
});
