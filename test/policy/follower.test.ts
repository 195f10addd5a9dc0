/** Publishing a policy, and following it on every node. */
import { PolicyFollower } from '../../src/app/policyFollower.js';
import { ensurePolicy, policyAt, policyNamed, publishedPolicies } from '../../src/app/policySource.js';
import { publishPolicy } from '../../src/app/publishPolicy.js';
import { handleCommand } from '../../src/app/handleCommand.js';
import { AccountCache } from '../../src/app/accountCache.js';
import type { EventMetadata } from '../../src/events/envelope.js';
import { builtInPolicy, type PolicyDocument } from '../../src/policy/policy.js';
import { openSqliteEventStore } from '../../src/eventStore/sqlite.js';
import { auditLog } from '../support/logAudit.js';
import { admin, command, inReview, reviewer } from '../support/examples.js';
import { newGatehouse, type TestGatehouse } from '../support/gatehouse.js';

let gatehouse: TestGatehouse;
const followers: PolicyFollower[] = [];
beforeEach(async () => (gatehouse = await newGatehouse()));
afterEach(async () => {
  for (const one of followers.splice(0)) await one.stop();
  await gatehouse.close();
});

const second = (version: string): PolicyDocument => ({
  ...builtInPolicy,
  version,
  review: { ...builtInPolicy.review, secondPerson: true },
});
const publish = async (document: PolicyDocument, replaces?: string) =>
  publishPolicy(gatehouse.store, { document, actor: admin, now: gatehouse.deps.now, replaces });
const follower = async (): Promise<PolicyFollower> => {
  const one = await PolicyFollower.open(gatehouse.store, gatehouse.deps.now);
  followers.push(one);
  one.start();
  return one;
};
const until = async (done: () => boolean): Promise<void> => {
  for (let tries = 0; !done() && tries < 300; tries++) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(done()).toBe(true);
};

test('given a log that was started, when a policy is published, then it follows the one before in the chain', async () => {
  const published = await publish(second('v2'));
  expect(published).toMatchObject({
    kind: 'published',
    before: { version: 'built-in-1', revision: 0 },
    policy: { version: 'v2', revision: 1, publishedBy: admin },
  });
  expect((await auditLog(gatehouse.store)).findings).toEqual([]);
});

test('the same again is nothing to do; the same version with another content is refused', async () => {
  await publish(second('v2'));
  expect(await publish(second('v2'))).toMatchObject({ kind: 'unchanged', policy: { version: 'v2' } });
  expect(await publish({ ...builtInPolicy, version: 'v2' })).toMatchObject({ kind: 'refused', code: 'version_taken' });
  expect((await publishedPolicies(gatehouse.store)).map(({ version }) => version)).toEqual(['built-in-1', 'v2']);
});

test('an earlier policy can be put in force again under its own version', async () => {
  await publish(second('v2'));
  expect(await publish(builtInPolicy)).toMatchObject({ kind: 'published', policy: { version: 'built-in-1' } });
  expect((await follower()).current().version).toBe('built-in-1');
});

test('what cannot be meant is refused with where and why', async () => {
  const wrong = { ...builtInPolicy, version: 'v2', information: { respondWithinDays: 5, remindBeforeDays: [5] } };
  expect(await publish(wrong)).toMatchObject({
    kind: 'refused',
    code: 'invalid_policy',
    problems: [{ pointer: '/information/remindBeforeDays/0' }],
  });
});

test('given a publisher who compared with a policy that is no longer in force, then it is stale', async () => {
  await publish(second('v2'));
  expect(await publish(second('v3'), 'built-in-1')).toMatchObject({ kind: 'refused', code: 'stale', inForce: 'v2' });
  expect(await publish(second('v3'), 'v2')).toMatchObject({ kind: 'published' });
});

test('given twenty publishers at once who all replace the same policy, then one does', async () => {
  const outcomes = await Promise.all(
    Array.from({ length: 20 }, async (_, index) => publish(second(`v${index}`), 'built-in-1')),
  );
  expect(outcomes.filter(({ kind }) => kind === 'published')).toHaveLength(1);
  expect(outcomes.filter((one) => one.kind === 'refused' && one.code === 'stale')).toHaveLength(19);
  expect(await publishedPolicies(gatehouse.store)).toHaveLength(2);
  expect((await auditLog(gatehouse.store)).findings).toEqual([]);
});

test('given two nodes, when one publishes, then both follow, and know the policy of every place and instant', async () => {
  const [one, other] = [await follower(), await follower()];
  const published = await publish(second('v2'));
  if (published.kind === 'refused') throw new Error(published.detail);
  one.take(published.policy);
  expect(one.current().version).toBe('v2');
  await until(() => other.current().version === 'v2');
  await publish(second('v3'));
  await until(() => one.current().version === 'v3' && other.current().version === 'v3');
  expect(one.published).toEqual(await publishedPolicies(gatehouse.store));
  const [first, v2] = one.published;
  if (first === undefined || v2 === undefined) throw new Error('no policies');
  expect(policyAt(one.published, { position: first.position })?.version).toBe('built-in-1');
  expect(policyAt(one.published, { position: v2.position })?.version).toBe('v2');
  expect(policyAt(one.published, { instant: v2.publishedAt })?.version).toBe('v2');
  expect(policyAt(one.published, { instant: '2020-01-01T00:00:00.000Z' })).toBeUndefined();
  expect(policyNamed(one.published, 'v2')?.document.review.secondPerson).toBe(true);
});

test('every decision names its policy; what was decided before stays as it was', async () => {
  const policies = await follower();
  const deps = { ...gatehouse.deps, accounts: new AccountCache(gatehouse.store), policy: () => policies.current() };
  let ids = 0;
  const send = async (accountId: string, one: (typeof inReview)[number]) =>
    handleCommand(deps, { accountId, commandId: `c-${++ids}`, command: one });
  for (const one of inReview) await send('acme', one);
  const metadata = async () => {
    const found: EventMetadata[] = [];
    for await (const event of gatehouse.store.read('account-acme'))
      found.push(event.metadata as unknown as EventMetadata);
    return found;
  };
  const before = await metadata();
  const published = await publish({ ...second('v2'), request: { ask: ['audience'], screenWithinMinutes: 1 } });
  if (published.kind === 'refused') throw new Error(published.detail);
  policies.take(published.policy);

  const approve = command('ApproveVerification', {}, reviewer);
  expect(await send('acme', approve)).toMatchObject({ kind: 'refused', code: 'second_person_required' });
  expect(await send('acme', command('ProposeApproval'))).toMatchObject({ kind: 'accepted' });
  // What this request must meet was written into it under the policy before: `audience` is not asked of it now.
  const decided = await send('acme', command('ApproveVerification', {}, { type: 'reviewer', id: 'reviewer-2' }));
  expect(decided).toMatchObject({ kind: 'accepted' });
  const now = await metadata();
  expect(now.slice(0, before.length)).toEqual(before);
  expect(now.map(({ policyVersion }) => policyVersion)).toEqual([...before.map(() => 'built-in-1'), 'v2', 'v2']);
});

test('given a log whose first policy is the provider’s own, then the built-in one is not published after it', async () => {
  const store = openSqliteEventStore({ file: gatehouse.folder.file('other.db') });
  const { now } = gatehouse.deps;
  expect(await publishPolicy(store, { document: second('ours'), actor: admin, now })).toMatchObject({
    kind: 'published',
    before: undefined,
  });
  expect(await ensurePolicy(store, now)).toMatchObject({ version: 'ours', revision: 0 });
  expect(await publishedPolicies(store)).toHaveLength(1);
  await store.close();
});
