/** Checkpoints, verification and bundles of a log in EventStoreDB: positions are sparse, and written otherwise. */
import { ensurePolicy } from '../../src/app/policySource.js';
import { AccountCache } from '../../src/app/accountCache.js';
import { handleCommand } from '../../src/app/handleCommand.js';
import { bundleOf } from '../../src/audit/bundle.js';
import { CheckpointFolder } from '../../src/audit/folder.js';
import { takeCheckpoint } from '../../src/audit/take.js';
import { verifyLog } from '../../src/audit/verify.js';
import { openEventStoreDb } from '../../src/eventStore/eventStoreDb.js';
import { setUp, start } from '../support/examples.js';
import { StandIn } from '../support/eventStoreStandIn/standIn.js';
import { newFolder } from '../support/folders.js';
import { tickingClock } from '../support/gatehouse.js';

test('given a log in EventStoreDB, then it is signed piece by piece, verified, and proved account by account', async () => {
  const standIn = new StandIn();
  await standIn.start();
  const folder = newFolder();
  const settings = { folder: folder.file('checkpoints'), keyFile: folder.file('checkpoint-key.pem') };
  const { connectionString } = standIn;
  const store = openEventStoreDb({ connectionString, streams: ['account-', 'policy', 'ops-'] });
  const { signal } = new AbortController();
  const now = tickingClock();
  const policy = await ensurePolicy(store, now);
  const deps = { store, accounts: new AccountCache(store), policy: () => policy, now };
  for (const accountId of ['acme', 'beta']) {
    for (const [index, command] of setUp.entries()) {
      await handleCommand(deps, { accountId, commandId: `${accountId}-${index}`, command });
    }
    expect((await takeCheckpoint(store, settings, { now: () => start, signal })).kind).toBe('taken');
  }
  expect((await takeCheckpoint(store, settings, { now: () => start, signal })).kind).toBe('unchanged');
  expect(await verifyLog(store, { folder: settings.folder, signal })).toMatchObject({
    checkpoints: 2,
    verifiedTo: await store.head(),
    uncovered: 0,
    findings: [],
  });
  const checkpoints = new CheckpointFolder(settings.folder);
  const checkpoint = await checkpoints.read(2);
  const publicKey = (await checkpoints.publicKey()) ?? '';
  expect((await bundleOf(store, { accountId: 'acme', checkpoint, publicKey, signal })).kind).toBe('bundled');
  await store.close();
  standIn.stop();
  folder.remove();
});
