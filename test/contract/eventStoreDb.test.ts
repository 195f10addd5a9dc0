/**
 * The contract on EventStoreDB: on the stand-in, or on the server that EVENTSTORE_TEST_URL names
 * (`esdb://127.0.0.1:2113?tls=false`, say), unchanged.
 */
import { openEventStoreDb } from '../../src/eventStore/eventStoreDb.js';
import { StandIn } from '../support/eventStoreStandIn/standIn.js';
import { eventStoreContract } from './eventStoreContract.js';

const server = process.env['EVENTSTORE_TEST_URL'];

eventStoreContract(server === undefined ? 'EventStoreDB (stand-in)' : 'EventStoreDB', async () => {
  const standIn = server === undefined ? new StandIn() : undefined;
  await standIn?.start();
  const store = openEventStoreDb({
    connectionString: server ?? standIn?.connectionString ?? '',
    streams: ['contract-'],
  });
  const dispose = async (): Promise<void> => {
    await store.close();
    standIn?.stop();
  };
  return { store, dispose };
});
