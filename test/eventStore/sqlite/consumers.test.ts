/** Consumer groups of the embedded log when their own file fails. */
import { Sqlite } from '../../../src/sqlite.js';
import { openSqliteEventStore } from '../../../src/eventStore/sqlite.js';
import { openSqliteConsumers } from '../../../src/eventStore/sqliteConsumers.js';
import { newFolder } from '../../support/folders.js';

const group = { name: 'effects', types: ['Happened'], ordered: true, from: 'start' } as const;
const event = { id: '3b0d4e6e-6f3c-4f0e-9d57-0c1f5f0f3a01', type: 'Happened', data: {}, metadata: {} };

test.each(['groups', 'parked'])(
  'given that the table %s cannot be used, then whoever consumes is told, and may begin anew',
  async (table) => {
    const folder = newFolder();
    const store = openSqliteEventStore({ file: folder.file('events.db') });
    const groups = openSqliteConsumers(store, folder.file('processes.db'), () => '2026-01-05T09:00:00.000Z');
    await groups.create(group);
    const rename = (from: string, to: string): void => {
      const other = new Sqlite(folder.file('processes.db'));
      other.exec(`ALTER TABLE ${from} RENAME TO ${to}`);
      other.close();
    };
    const stop = new AbortController();
    let handled = 0;
    let onTwice: () => void = () => undefined;
    const twice = new Promise<void>((resolve) => (onTwice = resolve));
    const handle = async (): Promise<void> => {
      handled += 1;
      if (handled === 2) onTwice();
    };
    const consumer = { handle, onProblem: () => undefined, signal: stop.signal };
    const consuming = groups.consume(group, consumer);
    const failure = consuming.then(
      () => 'ended',
      (error: Error) => error.message,
    );
    rename(table, 'away');
    await store.append('account-1', 'noStream', [event]);
    expect(await failure).toContain(`no such table: ${table}`);

    rename('away', table);
    const again = groups.consume(group, consumer);
    await store.append('account-1', 0, [{ ...event, id: '3b0d4e6e-6f3c-4f0e-9d57-0c1f5f0f3a02' }]);
    await twice;
    stop.abort();
    await again;
    groups.close();
    await store.close();
    folder.remove();
  },
  10_000,
);
