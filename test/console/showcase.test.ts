/** The invented accounts that the console is photographed with: each waits where its fate says, and every state is there. */
import { stateOf } from '../../machines/fold.js';
import { readAccount } from '../../src/app/account.js';
import type { EventStore } from '../../src/eventStore/eventStore.js';
import { openSqliteEventStore } from '../../src/eventStore/sqlite.js';
import type { StateValue } from '../../src/events/envelope.js';
import {
  reReviewOf,
  standingOf,
  statuses,
  statusOf,
  suspensionAppealOf,
  verificationState,
} from '../../src/policy/status.js';
import { type Folder, newFolder } from '../support/folders.js';
import { showcaseAccounts, showcasePolicies } from '../support/showcase/accounts.js';
import type { Fate } from '../support/showcase/lives.js';
import { writeLives } from '../support/showcase/write.js';

const now = '2026-06-15T10:00:00.000Z';
let folder: Folder;
let store: EventStore;
const states = new Map<string, StateValue | null>();
const accounts = showcaseAccounts(now);

beforeAll(async () => {
  folder = newFolder();
  store = openSqliteEventStore({ file: folder.file('events.db') });
  await writeLives(store, accounts, showcasePolicies(now), now);
  for (const { accountId } of accounts) {
    const { snapshot } = await readAccount(store, accountId);
    states.set(accountId, stateOf(snapshot));
  }
}, 60_000);
afterAll(async () => {
  await store.close();
  folder.remove();
});

test('every account has a name of its own, and its events are in the order of time', async () => {
  expect(new Set(accounts.map(({ accountId }) => accountId)).size).toBe(accounts.length);
  let last = '';
  for await (const { metadata } of store.readAll()) {
    const at = metadata['recordedAt'] as string;
    expect(at >= last && at < now).toBe(true);
    last = at;
  }
});

test('of every status there are some, and of every standing', () => {
  const found = [...states.values()];
  expect(new Set(found.map(statusOf))).toEqual(new Set(statuses));
  expect(new Set(found.map(standingOf))).toEqual(new Set(['good', 'warned', 'suspended', 'closed']));
});

const waits: Readonly<Partial<Record<Fate, (state: StateValue | null) => boolean>>> = {
  'waits for the checks': (state) => verificationState(state) === 'screening',
  'waits for a reviewer': (state) => verificationState(state) === 'pendingReview',
  'is looked at': (state) => JSON.stringify(state).includes('"assigned"'),
  'waits for a second person': (state) => JSON.stringify(state).includes('"proposed"'),
  'is asked': (state) => verificationState(state) === 'infoRequested',
  'appeals a rejection': (state) => verificationState(state) === 'pendingReview',
  'is looked at again': (state) => reReviewOf(state) === 'open',
  'appeals a suspension': (state) => suspensionAppealOf(state) === 'appealed',
};

test.each(Object.entries(waits))('whoever %s is in that state now', (fate, isThere) => {
  const found = accounts.filter((account) => account.fate === fate);
  expect(found.length).toBeGreaterThan(0);
  for (const { accountId } of found) {
    expect([accountId, isThere(states.get(accountId) ?? null)]).toEqual([accountId, true]);
  }
});
