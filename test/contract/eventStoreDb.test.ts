import { openEventStoreDb } from '../../src/eventStore/eventStoreDb.js';
import { eventStoreContract } from './eventStoreContract.js';

const server = process.env['EVENTSTORE_TEST_URL'] ?? '';

eventStoreContract('EventStoreDB', async () => {
  const store = openEventStoreDb({ connectionString: server, streams: ['contract-'] });
  return { store, dispose: () => store.close() };
});
