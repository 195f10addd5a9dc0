/** Sessions in the file: when they end, what keeps them, and that the file does not grow. */
import { SessionStore } from '../../src/access/sessions.js';
import { TokenStore } from '../../src/access/tokens.js';
import { plusHours, plusMilliseconds, plusMinutes } from '../../src/events/time.js';
import { start } from '../support/examples.js';
import { type Folder, newFolder } from '../support/folders.js';

let folder: Folder;
let now: string;
let tokens: TokenStore;
let sessions: SessionStore;
const open = (): SessionStore => new SessionStore(folder.file('access.db'), () => now);

beforeEach(() => {
  folder = newFolder();
  now = start;
  tokens = new TokenStore(folder.file('access.db'), () => now);
  sessions = open();
});
afterEach(() => {
  sessions.close();
  tokens.close();
  folder.remove();
});

const later = (minutes: number): string => (now = plusMinutes(now, minutes));
const newToken = (): string => tokens.create({ role: 'reviewer', actor: 'r1' });

test('a session speaks for its token’s holder, until 30 minutes pass without use', () => {
  const secret = sessions.open(newToken());
  const end = plusMinutes(start, 30);
  expect(sessions.find(secret)).toEqual({
    principal: { type: 'reviewer', id: 'r1' },
    expiresAt: end,
    renewed: false,
  });
  now = plusMilliseconds(end, -1);
  expect(sessions.find(secret, false)).toMatchObject({ expiresAt: end, renewed: false });
  now = end;
  expect(sessions.find(secret)).toBeUndefined();
});

test('use keeps it alive, written down once a minute, but not beyond 12 hours', () => {
  const secret = sessions.open(newToken());
  later(0.5);
  expect(sessions.find(secret)).toMatchObject({ renewed: false, expiresAt: plusMinutes(start, 30) });
  later(1);
  expect(sessions.find(secret)).toMatchObject({ renewed: true, expiresAt: plusMinutes(now, 30) });
  expect(sessions.find(secret)).toMatchObject({ renewed: false });
  for (let used = 0; used < 35; used++) {
    later(20);
    expect(sessions.find(secret)).toBeDefined();
  }
  expect(sessions.find(secret, false)).toMatchObject({ expiresAt: plusHours(start, 12) });
  now = plusHours(start, 12);
  expect(sessions.find(secret)).toBeUndefined();
});

test('it ends with its token: at the token’s own end, and where it is revoked', async () => {
  const brief = tokens.create({ role: 'admin', actor: 'a1', expiresAt: plusMinutes(start, 5) });
  const secret = sessions.open(brief);
  expect(sessions.find(secret)).toMatchObject({ expiresAt: plusMinutes(start, 5) });
  later(5);
  expect(sessions.find(secret)).toBeUndefined();
  const token = newToken();
  const other = sessions.open(token);
  expect(sessions.find(other)).toBeDefined();
  tokens.revokeToken(token);
  // What was looked up is believed for a second.
  await new Promise((resolve) => setTimeout(resolve, 1_050));
  expect(sessions.find(other)).toBeUndefined();
});

test('a session that is used all the time ends with its token all the same', async () => {
  const token = newToken();
  const secret = sessions.open(token);
  expect(sessions.find(secret)).toBeDefined();
  tokens.revokeToken(token);
  for (let used = 0; used < 12; used++) {
    sessions.find(secret);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  expect(sessions.find(secret)).toBeUndefined();
});

test('use that comes right after the token was revoked is none', () => {
  const token = newToken();
  const secret = sessions.open(token);
  expect(sessions.find(secret)).toBeDefined();
  tokens.revokeToken(token);
  later(2);
  expect(sessions.find(secret)).toBeUndefined();
});

test('it outlives a restart, is kept only as a hash, and is ended at once', () => {
  const secret = sessions.open(newToken());
  sessions.close();
  sessions = open();
  expect(sessions.find(secret)).toBeDefined();
  sessions.end(secret);
  sessions.end(secret);
  expect(sessions.find(secret)).toBeUndefined();
  expect(sessions.count).toBe(0);
});

test('ended sessions are deleted at sign-in, and one token has at most 20', () => {
  const token = newToken();
  const first = sessions.open(token);
  for (let made = 0; made < 25; made++) {
    now = plusMilliseconds(now, 1_000);
    sessions.open(token);
  }
  expect(sessions.count).toBe(20);
  sessions.close();
  sessions = open();
  expect(sessions.find(first)).toBeUndefined();
  later(31);
  sessions.open(newToken());
  expect(sessions.count).toBe(1);
});

describe('tokens', () => {
  test('one that was looked up is not believed beyond its end', () => {
    const token = tokens.create({ role: 'customer', actor: 'c', accountId: 'acme', expiresAt: plusMinutes(start, 1) });
    expect(tokens.find(token)).toEqual({ type: 'customer', id: 'c', accountId: 'acme' });
    now = plusMilliseconds(plusMinutes(start, 1), -1);
    expect(tokens.find(token)).toBeDefined();
    later(1);
    expect(tokens.find(token)).toBeUndefined();
  });

  test('expired ones are deleted, 200 at a time; the others stay', () => {
    const lasting = newToken();
    tokens.createAll(
      Array.from({ length: 250 }, () => ({ role: 'product' as const, actor: 'p', expiresAt: plusMinutes(start, 1) })),
    );
    const still = tokens.create({ role: 'product', actor: 'p', expiresAt: plusMinutes(start, 10) });
    expect(tokens.purge()).toBe(0);
    later(1);
    expect([tokens.purge(), tokens.purge(), tokens.purge()]).toEqual([200, 50, 0]);
    expect([tokens.find(lasting), tokens.find(still)]).not.toContain(undefined);
  });
});
