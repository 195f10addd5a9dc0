/** The screening process at its edges: accounts that move on, change under the checks, or are not alone. */
import { openSqliteConsumers } from '../../src/eventStore/sqliteConsumers.js';
import { accountStream } from '../../src/events/envelope.js';
import type { EventData } from '../../src/events/catalogue.js';
import { createResolver } from '../../src/net/dns.js';
import { Unreachable } from '../../src/net/safeFetch.js';
import { ProcessRunner } from '../../src/processes/runner.js';
import { screeningProcess, type ScreeningProcessParts } from '../../src/processes/screening.js';
import { checks, command, inScreening, reviewer } from '../support/examples.js';
import { newGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { senderAt } from '../support/senders.js';

const page = Buffer.from(`<title>Acme</title><p>${'We make anvils in our workshop in London. '.repeat(3)}</p>`);
const website = 'https://clean-shop.com/';

let gatehouse: TestGatehouse;
let runner: ProcessRunner;
let problems: Error[];

/** Runs the process with these parts; the website answers unless they say otherwise. */
async function run(parts: Partial<ScreeningProcessParts> = {}): Promise<void> {
  const resolver = { ...createResolver({ servers: ['127.0.0.1:1'] }), txt: async () => ({ kind: 'absent' as const }) };
  const process = screeningProcess(gatehouse.deps, {
    resolver,
    fetch: async (url) => ({ url, status: 200, headers: {}, body: page, redirects: [] }),
    domainHolders: () => [],
    caughtUp: async () => true,
    ...parts,
  });
  const groups = openSqliteConsumers(gatehouse.store, gatehouse.folder.file('processes.db'), gatehouse.deps.now);
  const onProblem = (_process: string, error: Error): void => void problems.push(error);
  const onNothing = (): void => undefined;
  runner = new ProcessRunner(
    { groups, commands: gatehouse.deps, onOutcome: onNothing, onProblem, onConnected: onNothing },
    [process],
  );
  await runner.start();
}

beforeEach(async () => {
  gatehouse = await newGatehouse();
  problems = [];
});
afterEach(async () => {
  await runner.stop();
  await gatehouse.close();
});

async function eventsOf(type: string): Promise<Record<string, unknown>[]> {
  const found: Record<string, unknown>[] = [];
  for await (const event of gatehouse.store.read(accountStream('acme')))
    if (event.type === type) found.push(event.data);
  return found;
}

async function screenings(count: number): Promise<EventData<'ScreeningCompleted'>[]> {
  for (let tries = 0; tries < 500; tries++) {
    const found = await eventsOf('ScreeningCompleted');
    if (found.length >= count) return found as EventData<'ScreeningCompleted'>[];
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`not screened ${count} times; ${problems.map(String).join()}`);
}

test('the account changes under the checks: they look again, and what they saw first decides nothing', async () => {
  let visits = 0;
  await run({
    fetch: async (url) => {
      // The website is exchanged while the first one is being looked at.
      if (++visits === 1) {
        const other = command('UpdateBusinessProfile', { website: 'https://gone-shop.com/' });
        await gatehouse.send(other);
      }
      if (url.includes('gone-shop')) throw new Unreachable('name_absent', 'There is no such name.');
      return { url, status: 200, headers: {}, body: page, redirects: [] };
    },
  });
  await gatehouse.walk(senderAt('clean-shop.com', website));
  const [first] = await screenings(1);
  expect(first?.recommendation).toBe('request_information');
  expect(first?.findings.find(({ check }) => check === 'website')).toMatchObject({
    outcome: 'fail',
    reasonCode: 'website_inaccessible',
  });
  expect(await eventsOf('VerificationApproved')).toEqual([]);
});

test('an account that a person took from screening meanwhile is left alone', async () => {
  let visits = 0;
  await run({
    fetch: async (url) => {
      visits += 1;
      await gatehouse.walk([
        command('SkipScreening', { reason: 'Known' }, reviewer),
        command('RejectVerification', undefined, reviewer),
      ]);
      return { url, status: 200, headers: {}, body: page, redirects: [] };
    },
  });
  await gatehouse.walk(senderAt('clean-shop.com', website));
  for (let tries = 0; tries < 500 && (await eventsOf('VerificationRejected')).length === 0; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await runner.stop();
  expect([visits, await eventsOf('ScreeningCompleted'), problems]).toEqual([1, [], []]);
});

test.each([
  ['a suspended account', 'suspended' as const, true, 'linked_to_suspended_account'],
  ['another account', 'good' as const, true, 'duplicate_account'],
])('%s has the domain: to a person', async (_who, standing, exact, reasonCode) => {
  const asked: string[] = [];
  await run({
    domainHolders: (domain, exceptAccountId) => {
      asked.push(`${domain} but for ${exceptAccountId}`);
      return [{ accountId: 'other', standing, state: 'verified', exact }];
    },
  });
  await gatehouse.walk(senderAt('clean-shop.com', website));
  const [first] = await screenings(1);
  expect(first?.findings.filter(({ outcome }) => outcome !== 'pass')).toMatchObject([
    { check: 'shared-domain', reasonCode },
  ]);
  expect(first?.recommendation).toBe('review');
  expect(asked).toEqual(['mail.clean-shop.com but for acme', 'clean-shop.com but for acme']);
});

test('who has which domain is not known up to the request: to a person', async () => {
  await run({ caughtUp: async () => false });
  await gatehouse.walk(senderAt('clean-shop.com', website));
  const [first] = await screenings(1);
  expect(first?.findings.filter(({ outcome }) => outcome === 'unknown')).toMatchObject([
    { check: 'shared-domain', detail: expect.stringContaining('not up to date') as string },
  ]);
});

test('a check that fails in a way that nobody thought of is unknown, and so is one that never ends', async () => {
  await run({
    domainHolders: () => {
      throw new Error('half a \uD83D pair');
    },
    fetch: async () => new Promise(() => undefined),
  });
  const impatient = { ...gatehouse.deps.policy().document.screening, checkWithinSeconds: 1 };
  const policy = gatehouse.deps.policy();
  Object.assign(gatehouse.deps, {
    policy: () => ({ ...policy, document: { ...policy.document, screening: impatient } }),
  });
  await gatehouse.walk(senderAt('clean-shop.com', website));
  const [first] = await screenings(1);
  expect(first?.findings.filter(({ outcome }) => outcome === 'unknown')).toEqual([
    { check: 'website', outcome: 'unknown', detail: 'The check did not finish within 1 s.' },
    { check: 'website-domain', outcome: 'unknown', detail: 'The check did not finish within 1 s.' },
    { check: 'shared-domain', outcome: 'unknown', detail: 'The check failed: half a \uFFFD pair' },
    { check: 'opt-in', outcome: 'unknown', detail: 'The check did not finish within 1 s.' },
  ]);
});

test('changes of an account that nobody looks at start no check', async () => {
  await run({
    fetch: async () => {
      throw new Error('nothing is to be fetched');
    },
  });
  await gatehouse.walk([...inScreening.slice(0, -1), command('UpdateBusinessProfile', { website })]);
  const check = { domain: 'mail.acme.example', outcome: 'failed' as const, records: [] };
  await gatehouse.walk([command('RecordDomainCheck', check, checks), command('AttachEvidence')]);
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect([await eventsOf('ScreeningCompleted'), problems]).toEqual([[], []]);
});
