/** Random command sequences; `npm run test:random` runs a million. */
import { eventTypes } from '../../src/events/catalogue.js';
import { differencesFromRebuild } from '../support/compareReadModels.js';
import { newGatehouse } from '../support/gatehouse.js';
import { auditLog } from '../support/logAudit.js';
import { walkRandomly } from '../support/randomLog.js';

test('given 10,000 random sequences, then every log folds, chains verify, and read models equal a rebuild', async () => {
  const gatehouse = await newGatehouse();
  try {
    const models = gatehouse.readModels();
    models.start();
    const walks = await walkRandomly(gatehouse, 1, 10_000, 40);
    expect(walks.accepted).toBeGreaterThan(walks.commands / 2);
    const audit = await auditLog(gatehouse.store);
    expect(audit.findings).toEqual([]);
    expect(audit.events).toBeGreaterThan(walks.accepted);
    expect(await differencesFromRebuild(gatehouse.store, models)).toEqual([]);
    const seen = new Set<string>();
    for await (const { type } of gatehouse.store.readAll()) seen.add(type);
    // The walks go everywhere.
    expect(eventTypes.filter((type) => !seen.has(type))).toEqual([]);
  } finally {
    await gatehouse.close();
  }
}, 180_000);
