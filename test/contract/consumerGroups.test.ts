import { openEsdbConsumers } from '../../src/eventStore/esdbConsumers.js';
import { openEventStoreDb } from '../../src/eventStore/eventStoreDb.js';
import { openSqliteEventStore } from '../../src/eventStore/sqlite.js';
import { openSqliteConsumers } from '../../src/eventStore/sqliteConsumers.js';
import { StandIn } from '../support/eventStoreStandIn/standIn.js';
import { newFolder } from '../support/folders.js';
import { consumerGroupsContract } from './consumerGroupsContract.js';

consumerGroupsContract('embedded SQLite', async () => {
  const folder = newFolder();
  const store = openSqliteEventStore({ file: folder.file('events.db') });
  const groups = openSqliteConsumers(store, folder.file('processes.db'), () => '2026-01-05T09:00:00.000Z');
  const dispose = async (): Promise<void> => {
    groups.close();
    await store.close();
    folder.remove();
  };
  return { store, groups, dispose };
});

const server = process.env['EVENTSTORE_TEST_URL'];

consumerGroupsContract(server === undefined ? 'EventStoreDB (stand-in)' : 'EventStoreDB', async (prefix) => {
  const standIn = server === undefined ? new StandIn() : undefined;
  await standIn?.start();
  const options = { connectionString: server ?? standIn?.connectionString ?? '', streams: [prefix] };
  const store = openEventStoreDb(options);
  const groups = openEsdbConsumers(options);
  const dispose = async (): Promise<void> => {
    groups.close();
    await store.close();
    standIn?.stop();
  };
  return { store, groups, dispose };
});
