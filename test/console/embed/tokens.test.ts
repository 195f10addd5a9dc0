/** The token that the elements of a page share: asked for once, and again when it ends. */
import { SharedToken, TokenExhausted } from '../../../src/console/embed/tokens.js';

// What is told to the makers of a page is looked for where it matters.
const warned = jest.spyOn(console, 'warn').mockReturnValue(undefined);
let asked: number;
let tokens: SharedToken;
beforeEach(() => {
  asked = 0;
  tokens = new SharedToken();
});
/** A page that makes tokens `1`, `2`, …, each lasting so long, in milliseconds. */
const page = (lasts?: number) => ({
  ask: async () => {
    const token = String(++asked);
    return lasts === undefined ? token : { token, expiresAt: new Date(Date.now() + lasts).toISOString() };
  },
});

test('several requests at once ask the page once, and one page of several elements', async () => {
  tokens.add(page());
  tokens.add(page());
  expect(await Promise.all([tokens.current(), tokens.current(), tokens.current()])).toEqual(['1', '1', '1']);
  expect(asked).toBe(1);
});

test('a refused token is made anew, once for all who were refused with it', async () => {
  tokens.add(page());
  const first = await tokens.current();
  expect(await Promise.all([tokens.renewed(first), tokens.renewed(first)])).toEqual(['2', '2']);
  expect(await tokens.renewed(first)).toBe('2');
  expect(asked).toBe(2);
});

test('a token whose end is near is made anew before it ends', async () => {
  tokens.add(page(60_000));
  expect([await tokens.current(), await tokens.current()]).toEqual(['1', '1']);
  tokens = new SharedToken();
  tokens.add(page(10_000));
  expect([await tokens.current(), await tokens.current()]).toEqual(['2', '3']);
});

test('a page that answers an event gives the token by itself', async () => {
  tokens.add({ ask: () => undefined });
  const waiting = tokens.current();
  tokens.give('by attribute');
  expect(await waiting).toBe('by attribute');
});

test('a page whose script comes later is asked once it can be', async () => {
  let ask: () => Promise<string> | undefined = () => undefined;
  tokens.add({ ask: () => ask() });
  const waiting = tokens.current();
  ask = page().ask as () => Promise<string>;
  tokens.canBeAsked();
  expect(await waiting).toBe('1');
  tokens.canBeAsked();
  expect(asked).toBe(1);
});

test('a page that gives none: those who wait are told', async () => {
  jest.useFakeTimers();
  tokens.add({ ask: async () => Promise.reject(new Error('the backend is away')) });
  const waiting = tokens.current().catch((error: unknown) => error);
  await jest.advanceTimersByTimeAsync(30_000);
  expect(await waiting).toBeInstanceOf(TokenExhausted);
  jest.useRealTimers();
});

test.each([undefined, null, {}, { error: 'no session' }, { token: 7 }, ''])(
  'what is no token (%j) changes nothing: the one that was there stays',
  async (given) => {
    tokens.give('good');
    tokens.give(given);
    expect(await tokens.current()).toBe('good');
  },
);

test('a page may answer at once, or fail at once: those who wait are served by whoever can', async () => {
  tokens.add({
    ask: () => {
      throw new Error('not ready');
    },
  });
  tokens.add({ ask: () => 'at once' });
  expect(await tokens.current()).toBe('at once');
  expect(warned).toHaveBeenCalledWith('Gatehouse: getToken failed: Error: not ready');
});

test('a clock that is ahead of the service’s does not make each request ask for another token', async () => {
  tokens.add(page(-60_000));
  expect([await tokens.current(), await tokens.current()]).toEqual(['1', '1']);
  expect(asked).toBe(1);
});

test('another token is told of, the same one is not', () => {
  let told = 0;
  tokens = new SharedToken(() => told++);
  tokens.give('1');
  tokens.give('1');
  tokens.give({ token: '2' });
  expect(told).toBe(2);
});
