/** Domains over days and weeks: real name servers on loopback, a clock that the test moves, several nodes. */
import { DomainChecks } from '../../src/domains/domainChecks.js';
import { ownershipToken } from '../../src/domains/ownership.js';
import { readAccount } from '../../src/app/account.js';
import { type CommandHandlerDeps, handleCommand } from '../../src/app/handleCommand.js';
import { ImportRun } from '../../src/app/importRun.js';
import { policyOf } from '../../src/app/policySource.js';
import type { Command } from '../../src/commands/decide.js';
import { plusHours, plusMinutes } from '../../src/events/time.js';
import { createResolver } from '../../src/net/dns.js';
import { builtInPolicy } from '../../src/policy/policy.js';
import { domainProcess } from '../../src/processes/domains.js';
import type { ReadModels } from '../../src/readModels/readModels.js';
import { caughtUp } from '../support/compareReadModels.js';
import { type DnsTestServer, startDnsServer } from '../support/dnsServer.js';
import { checks as system, command, domain as special, start } from '../support/examples.js';
import { newGatehouse, type TestGatehouse } from '../support/gatehouse.js';

const domain = 'mail.acme-post.com';
const proof = (accountId = 'acme') => [`gatehouse-verification=${ownershipToken(accountId, domain)}`];
const provider = { spfInclude: 'spf.provider-post.net' };
const policy = policyOf({ ...builtInPolicy, domains: { ...builtInPolicy.domains, provider } });

let gatehouse: TestGatehouse;
let models: ReadModels;
let dns: DnsTestServer;
let clock: string;
let deps: CommandHandlerDeps;

beforeEach(async () => {
  [gatehouse, dns] = await Promise.all([newGatehouse(), startDnsServer()]);
  models = gatehouse.readModels();
  models.start();
  clock = start;
  deps = { ...gatehouse.deps, policy: () => policy, now: () => clock };
});
afterEach(async () => {
  await gatehouse.close();
  await dns.stop();
});

let ids = 0;
async function send(...commands: readonly Command[]): Promise<void> {
  for (const one of commands) {
    const result = await handleCommand(deps, { accountId: 'acme', commandId: `given-${++ids}`, command: one });
    if (result.kind === 'refused') throw new Error(result.code);
  }
}

/** A node that runs the process; the service starts anew with each. */
function newNode() {
  const checks = new DomainChecks(deps, createResolver({ servers: [dns.address], tryMilliseconds: 100 }));
  const { loops, consumers } = domainProcess({ checks, readModels: models });
  const run = async (): Promise<void> => {
    await caughtUp(gatehouse.store, models);
    for (const loop of loops) await loop.run(new AbortController().signal);
  };
  return { checks, consumers, run };
}
type Node = ReturnType<typeof newNode>;

/** Lets hours pass, the process looking every so many minutes. */
async function pass(hours: number, node: Node, everyMinutes = 60): Promise<void> {
  const end = plusHours(clock, hours);
  while (clock < end) {
    clock = plusMinutes(clock, everyMinutes);
    await node.run();
  }
}

const domainOf = async (name = domain) =>
  (await readAccount(gatehouse.store, 'acme')).snapshot.context.facts.domains[name];

async function eventsOf(): Promise<string[]> {
  const found: string[] = [];
  for await (const { type } of gatehouse.store.read('account-acme')) found.push(type);
  return found;
}

function publish(accountId = 'acme'): void {
  dns.set(`_gatehouse.${domain}`, 'TXT', proof(accountId));
  dns.set(domain, 'TXT', ['v=spf1 include:spf.provider-post.net -all']);
}

const added = [command('SignUp'), command('AddDomain', { domain })];

test('given a domain whose records come later, then it is verified without anybody’s help, and each finding is told once', async () => {
  const node = newNode();
  await send(...added);
  await node.run();
  expect(await domainOf()).toMatchObject({ state: 'failed', lastCheck: { outcome: 'failed' } });
  await pass(6, node, 5);
  expect(await eventsOf()).toEqual(['AccountSignedUp', 'DomainAdded', 'DomainCheckFailed']);
  publish();
  await pass(2, node, 5);
  expect(await domainOf()).toMatchObject({ state: 'verified' });
  await pass(48, node);
  expect(await eventsOf()).toEqual(['AccountSignedUp', 'DomainAdded', 'DomainCheckFailed', 'DomainVerified']);
});

test('given a verified domain whose records go away, then it goes on for 72 hours, lapses, and recovers', async () => {
  const node = newNode();
  publish();
  await send(...added);
  await node.run();
  expect(await domainOf()).toMatchObject({ state: 'verified' });

  dns.set(`_gatehouse.${domain}`, 'TXT', []);
  await pass(24, node);
  expect(await domainOf()).toMatchObject({ state: 'temporaryFailure', failures: 1 });
  await pass(71, node);
  expect(await domainOf()).toMatchObject({ state: 'temporaryFailure', failures: 3, lapsed: false });
  await pass(1, node);
  expect(await domainOf()).toMatchObject({ state: 'failed', lapsed: true });
  expect(await eventsOf()).toEqual([
    'AccountSignedUp',
    'DomainAdded',
    'DomainVerified',
    ...Array.from({ length: 4 }, () => 'DomainCheckFailed'),
    'DomainLapsed',
  ]);

  publish();
  await pass(1, node, 5);
  expect(await domainOf()).toMatchObject({ state: 'verified', lapsed: false, failures: 0 });
});

test.each(['SERVFAIL', 'REFUSED', 'silent'] as const)(
  'given name servers that answer %s for weeks, then a verified domain is in temporaryFailure, never failed, and comes back',
  async (failure) => {
    const node = newNode();
    publish();
    await send(...added);
    await node.run();
    dns.fail('*', failure);
    // A silent server costs seconds a look, so it has fewer of them here.
    await (failure === 'silent' ? pass(24, node, 24 * 60) : pass(15 * 24, node));
    expect(await domainOf()).toMatchObject({ state: 'temporaryFailure', failures: 0, lapsed: false });
    dns.fail('*', undefined);
    await pass(24, node);
    expect(await domainOf()).toMatchObject({ state: 'verified' });
  },
);

test('given name servers that fail from the start, then a new domain is still pending, neither verified nor failed', async () => {
  dns.fail('*', 'SERVFAIL');
  const node = newNode();
  await send(...added);
  await pass(6, node);
  expect(await domainOf()).toMatchObject({ state: 'pending', lastCheck: { outcome: 'temporary_failure' } });
  expect(await eventsOf()).toEqual(['AccountSignedUp', 'DomainAdded', 'DomainCheckFailed']);
});

test('given two nodes that look side by side, and restarts, then the log is the same as with one', async () => {
  publish();
  await send(...added);
  let nodes = [newNode(), newNode()];
  const both = async (): Promise<void> => void (await Promise.all(nodes.map((node) => node.run())));
  await both();
  dns.set(domain, 'TXT', ['v=spf1 -all']);
  for (let hour = 0; hour < 100; hour++) {
    clock = plusHours(clock, 1);
    if (hour % 10 === 9) nodes = [newNode(), newNode()];
    await both();
    // A look that fails on both counts once.
    if (hour === 23) expect(await domainOf()).toMatchObject({ failures: 1 });
    if (hour === 29) expect(await domainOf()).toMatchObject({ failures: 2 });
  }
  const events = await eventsOf();
  expect(events.slice(0, 3)).toEqual(['AccountSignedUp', 'DomainAdded', 'DomainVerified']);
  expect(events.filter((type) => type === 'DomainLapsed')).toHaveLength(1);
  // The three that count, and the one that the lapse rests on.
  expect(events.filter((type) => type === 'DomainCheckFailed').length).toBeLessThanOrEqual(4);
});

test('given another key, then the domain is looked at anew, and the answer for the key before does not count', async () => {
  const node = newNode();
  publish();
  await send(...added);
  await node.run();
  await send(command('AddDomain', { domain, dkim: { selector: 's1', publicKey: 'MIGfMA0G' } }));
  await node.run();
  expect(await domainOf()).toMatchObject({ state: 'temporaryFailure', failures: 1 });
  dns.set(`s1._domainkey.${domain}`, 'TXT', ['v=DKIM1; k=rsa; p=MIGfMA0G']);
  await pass(6, node);
  expect(await domainOf()).toMatchObject({ state: 'verified' });
});

test('given a key that changes while the DNS is asked, then what was found for the one before is not recorded', async () => {
  publish();
  await send(...added);
  const resolver = createResolver({ servers: [dns.address] });
  let changed = false;
  const checks = new DomainChecks(deps, {
    ...resolver,
    txt: async (name) => {
      const answer = await resolver.txt(name);
      if (!changed) {
        changed = true;
        await send(command('AddDomain', { domain, dkim: { selector: 's1', publicKey: 'MIGfMA0G' } }));
      }
      return answer;
    },
  });
  expect(await checks.check({ accountId: 'acme', domain, commandId: 'check-1' })).toMatchObject({
    kind: 'checked',
    verdict: { outcome: 'failed' },
    recorded: { kind: 'accepted' },
  });
  expect(await eventsOf()).toEqual(['AccountSignedUp', 'DomainAdded', 'DomainAdded', 'DomainCheckFailed']);
});

test('given another account’s proof, then the domain is not verified', async () => {
  publish('somebody-else');
  await send(...added);
  await newNode().run();
  expect(await domainOf()).toMatchObject({ state: 'failed' });
});

test('given a domain that nobody finishes, then it is left alone after 30 days; whoever asks has it checked', async () => {
  const node = newNode();
  await send(...added);
  await node.run();
  await pass(31 * 24, node, 12 * 60);
  publish();
  const asked = dns.questions.length;
  await pass(10 * 24, node, 12 * 60);
  await newNode().run();
  expect(dns.questions).toHaveLength(asked);
  await node.checks.check({ accountId: 'acme', domain, commandId: 'asked', onDemand: true });
  expect(await domainOf()).toMatchObject({ state: 'verified' });
});

test('given a request for verification, then its domains are looked at at once', async () => {
  const node = newNode();
  await send(...added);
  await node.run();
  await pass(30, node);
  publish();
  clock = plusMinutes(clock, 1);
  await node.run();
  expect(await domainOf()).toMatchObject({ state: 'failed' });
  expect(node.consumers.map(({ name, types }) => ({ name, types }))).toEqual([
    { name: 'domains', types: ['VerificationRequested'] },
  ]);
  await node.consumers[0]?.run({ stream: 'account-acme' } as never, {} as never);
  await node.run();
  expect(await domainOf()).toMatchObject({ state: 'verified' });
});

test('given names that are set apart, and a closed account, then nothing is ever looked up', async () => {
  const node = newNode();
  await send(command('SignUp'), command('AddDomain', { domain: special }));
  await pass(48, node);
  await send(command('AddDomain', { domain }), command('CloseAccount'));
  await pass(48, node);
  await newNode().run();
  expect(dns.questions).toEqual([]);
  expect(await node.checks.check({ accountId: 'acme', domain, commandId: 'x' })).toEqual({
    kind: 'left_alone',
    why: 'closed',
  });
});

test('given a domain that the provider vouched for, then a check takes nothing away, and confirms it once its records are there', async () => {
  const node = newNode();
  const vouched = command('RecordDomainCheck', { domain, outcome: 'verified', records: [] }, system);
  await send(...added, vouched);
  await pass(120, node);
  expect(dns.questions).toEqual([]);
  const asked = await node.checks.check({ accountId: 'acme', domain, commandId: 'asked-1', onDemand: true });
  expect(asked).toMatchObject({ verdict: { outcome: 'failed' }, recorded: undefined });
  expect(await domainOf()).toMatchObject({ state: 'verified', failures: 0 });
  publish();
  await node.checks.check({ accountId: 'acme', domain, commandId: 'asked-2', onDemand: true });
  expect((await domainOf())?.lastCheck?.records).toHaveLength(3);
  dns.set(domain, 'TXT', []);
  await pass(24, node);
  expect(await domainOf()).toMatchObject({ state: 'temporaryFailure', failures: 1 });
});

test('given history that was brought in, then it is left alone until the account’s next live event', async () => {
  const node = newNode();
  const run = new ImportRun();
  for (const [index, one] of added.entries()) {
    const imported = { at: `2025-01-0${index + 1}T00:00:00.000Z`, run };
    await handleCommand(deps, { accountId: 'acme', commandId: `old-${index}`, command: one, imported });
  }
  publish();
  await pass(5, node);
  expect(dns.questions).toEqual([]);
  await send(command('RecordPeopleAdded'));
  await pass(5, node);
  expect(await domainOf()).toMatchObject({ state: 'verified' });
});

test('given a service that starts anew, then verified domains have their looks in their turn, not all at the start', async () => {
  publish();
  await send(...added);
  await newNode().run();
  const asked = dns.questions.length;
  clock = plusHours(start, 30);
  const node = newNode();
  await pass(17, node);
  expect(dns.questions).toHaveLength(asked);
  await pass(1, node);
  expect(dns.questions.length).toBeGreaterThan(asked);
});

test('given a domain that was removed and added again, then it begins anew', async () => {
  const node = newNode();
  publish();
  await send(...added);
  await node.run();
  await send(command('RemoveDomain', { domain }));
  const asked = dns.questions.length;
  await pass(48, node);
  expect(dns.questions).toHaveLength(asked);
  await send(command('AddDomain', { domain }));
  await node.run();
  expect(await domainOf()).toMatchObject({ state: 'verified' });
});

test('given a clock that was a year ahead, and was put back, then a domain is looked at again in its turn, and when somebody asks', async () => {
  const node = newNode();
  publish();
  await send(...added);
  await node.run();
  const right = clock;
  clock = plusHours(right, 24 * 365);
  await node.run();
  node.checks.waitOnDemand('acme', domain);
  clock = right;
  expect(node.checks.waitOnDemand('acme', domain)).toBe(0);
  const before = dns.questions.length;
  await pass(25, node);
  expect(dns.questions.length).toBeGreaterThan(before);
});
