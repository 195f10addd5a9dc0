/** Exports recorded in the log, and everything else that reads the log beside them. */
import { copyLog } from '../../src/app/copyLog.js';
import { openSqliteEventStore } from '../../src/eventStore/sqlite.js';
import { exportsStream, type OperationData } from '../../src/events/operations.js';
import { ExportRecords, exportRecordsOf, listExports } from '../../src/export/records.js';
import { caughtUp, differencesFromRebuild } from '../support/compareReadModels.js';
import { admin, auditor, inReview, start, verified } from '../support/examples.js';
import { exported, readBack, requestFor } from '../support/exports.js';
import { newGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { auditLog } from '../support/logAudit.js';

let gatehouse: TestGatehouse;
let records: ExportRecords;
beforeEach(async () => {
  gatehouse = await newGatehouse();
  await gatehouse.walk(verified);
  records = new ExportRecords(gatehouse.store, gatehouse.deps.now);
});
afterEach(async () => gatehouse.close());

function started(exportId: string): OperationData<'ExportStarted'> {
  return { exportId, what: 'events', format: 'csv', personalData: false, via: 'cli' };
}

test('given an export that ended, then the list says who, what, when, and how it ended', async () => {
  const asked = { ...started('one'), from: start, types: ['PeopleAdded'], personalData: true, reason: 'Case 4' };
  await records.record({ type: 'ExportStarted', data: asked }, auditor);
  expect(await listExports(gatehouse.store, 10)).toMatchObject([
    { ...asked, actor: auditor, state: 'unfinished', endedAt: null, rows: null },
  ]);
  const end = { exportId: 'one', rows: 3, bytes: 300, sha256: 'a'.repeat(64) };
  await records.record({ type: 'ExportCompleted', data: end }, auditor);
  const [line] = await listExports(gatehouse.store, 10);
  expect(line).toMatchObject({ ...asked, ...end, actor: auditor, state: 'completed' });
  expect((line?.endedAt ?? '') > (line?.startedAt ?? '')).toBe(true);
});

test('given exports that were stopped, resumed and failed, then each is in the state that it was left in', async () => {
  const reached = (exportId: string) => ({ exportId, rows: 1, bytes: 10 });
  for (const id of ['a', 'b', 'c', 'd']) await records.record({ type: 'ExportStarted', data: started(id) }, admin);
  await records.record({ type: 'ExportStopped', data: { ...reached('a'), why: 'reader_gone' } }, admin);
  await records.record({ type: 'ExportFailed', data: { ...reached('b'), why: 'the disk is full' } }, admin);
  await records.record({ type: 'ExportStopped', data: { ...reached('c'), why: 'interrupted' } }, admin);
  await records.record({ type: 'ExportResumed', data: reached('c') }, admin);
  const states = (await listExports(gatehouse.store, 10)).map(({ exportId, state, why }) => [exportId, state, why]);
  expect(states).toEqual([
    ['d', 'unfinished', null],
    ['c', 'unfinished', null],
    ['b', 'failed', 'the disk is full'],
    ['a', 'stopped', 'reader_gone'],
  ]);
});

test('given more exports than a page has, then pages have each of them once, the latest first', async () => {
  for (let index = 0; index < 7; index++) {
    await records.record({ type: 'ExportStarted', data: started(`export-${index}`) }, admin);
  }
  const found: string[] = [];
  for (let before = Infinity; ;) {
    const page = await listExports(gatehouse.store, 3, before);
    found.push(...page.map(({ exportId }) => exportId));
    const last = page.at(-1);
    if (last === undefined) break;
    before = last.revision;
  }
  expect(found).toEqual([6, 5, 4, 3, 2, 1, 0].map((index) => `export-${index}`));
});

test('given hundreds of exports of one process that begin at once, then every one is recorded', async () => {
  const ids = Array.from({ length: 200 }, (_none, index) => `export-${index}`);
  const recording = ids.map(async (id) =>
    exportRecordsOf(gatehouse.store, gatehouse.deps.now).record({ type: 'ExportStarted', data: started(id) }, admin),
  );
  await Promise.all(recording);
  expect((await listExports(gatehouse.store, 500)).map(({ exportId }) => exportId).toReversed()).toEqual(ids);
});

test('given a record that failed, then the next one is not held up by it', async () => {
  const none = records.record({ type: 'ExportStarted', data: { ...started('one'), exportId: '' } }, admin);
  const next = records.record({ type: 'ExportStarted', data: started('two') }, admin);
  await expect(none).rejects.toThrow('exportId');
  await next;
  expect(await listExports(gatehouse.store, 10)).toMatchObject([{ exportId: 'two' }]);
});

test('given many nodes that record at once, then every record is there and the chain is whole', async () => {
  const nodes = Array.from({ length: 8 }, () => new ExportRecords(gatehouse.store, gatehouse.deps.now));
  await Promise.all(
    nodes.flatMap((node, index) =>
      ['x', 'y'].map((part) => node.record({ type: 'ExportStarted', data: started(`${index}${part}`) }, admin)),
    ),
  );
  expect(await listExports(gatehouse.store, 100)).toHaveLength(16);
  expect((await auditLog(gatehouse.store)).findings).toEqual([]);
});

test('a record that is not as the catalogue says is not appended', async () => {
  const wrong = { ...started('x'), format: 'pdf' } as never;
  await expect(records.record({ type: 'ExportStarted', data: wrong }, admin)).rejects.toThrow('format');
  expect(await listExports(gatehouse.store, 10)).toEqual([]);
});

describe('given records between the events of accounts', () => {
  beforeEach(async () => {
    await records.record({ type: 'ExportStarted', data: started('one') }, admin);
    await gatehouse.walk(inReview, 'birch');
    await records.record(
      { type: 'ExportCompleted', data: { exportId: 'one', rows: 1, bytes: 1, sha256: 'a'.repeat(64) } },
      admin,
    );
  });

  test('the log is whole: chains, ids, chart, catalogue', async () => {
    expect(await auditLog(gatehouse.store)).toMatchObject({ findings: [], streams: 4 });
  });

  test('read models reflect the whole log, and equal a rebuild', async () => {
    const readModels = gatehouse.readModels();
    readModels.start();
    await caughtUp(gatehouse.store, readModels);
    expect(readModels.status().map(({ error }) => error)).toEqual(readModels.names().map(() => null));
    expect(readModels.accounts.row(exportsStream)).toBeUndefined();
    expect(await differencesFromRebuild(gatehouse.store, readModels)).toEqual([]);
  });

  test('a copy of the log has them, and is proved equal', async () => {
    const target = openSqliteEventStore({ file: gatehouse.folder.file('copy.db') });
    const copied = await copyLog(gatehouse.store, target, { signal: new AbortController().signal });
    expect(copied).toMatchObject({ complete: true, streams: 4 });
    expect(await listExports(target, 10)).toEqual(await listExports(gatehouse.store, 10));
    await target.close();
  });

  test('commands are decided as before', async () => {
    await gatehouse.walk(inReview, 'cedar');
    expect((await auditLog(gatehouse.store)).findings).toEqual([]);
  });

  test('they are in no export of events: those are of accounts', async () => {
    const rows = await readBack('ndjson', await exported(gatehouse.store, requestFor('ndjson')));
    expect([...new Set(rows.map(({ accountId }) => accountId))]).toEqual(['acme', 'birch']);
  });
});
