import { openSqliteEventStore } from '../../src/eventStore/sqlite.js';
import { newFolder } from '../support/folders.js';
import { eventStoreContract } from './eventStoreContract.js';

eventStoreContract('embedded SQLite', async () => {
  const folder = newFolder();
  const store = openSqliteEventStore({ file: folder.file('events.db') });
  return {
    store,
    dispose: async () => {
      await store.close();
      folder.remove();
    },
  };
});
