/** The gate's answers as a table tells them, of accounts in all kinds of states. */
import { decideGate, gateActions, type GateDecision } from '../../../src/policy/gate.js';
import { builtInPolicy } from '../../../src/policy/policy.js';
import type { Command } from '../../../src/commands/decide.js';
import { channelViews, gateGroups } from '../../../src/console/account/gateView.js';
import type { GateAnswer } from '../../../src/console/account/types.js';
import { rowOf } from '../../../src/history/glance.js';
import { readAccount } from '../../../src/app/account.js';
import { closed, command, inReview, inScreening, setUp, verified } from '../../support/examples.js';
import { newGatehouse, type TestGatehouse } from '../../support/gatehouse.js';

let gatehouse: TestGatehouse;
beforeAll(async () => (gatehouse = await newGatehouse()));
afterAll(async () => gatehouse.close());

let accounts = 0;
/** What the gate says to every action of an account after these commands. */
async function gateAfter(commands: readonly Command[], mode: 'enforce' | 'observe' = 'enforce'): Promise<GateAnswer[]> {
  const accountId = `account-${++accounts}`;
  await gatehouse.walk(commands, accountId);
  const row = rowOf(await readAccount(gatehouse.store, accountId));
  const context = { policy: builtInPolicy, position: null, mode };
  return gateActions.map((action) => decideGate({ action }, row, context) as GateDecision & GateAnswer);
}

const outline = (gate: readonly GateAnswer[]): unknown =>
  gateGroups(gate).map(({ actions, allowed, status, delivery, ifDenied, why, mover }) => [
    actions.length,
    allowed,
    status,
    delivery,
    ifDenied,
    why,
    mover,
  ]);

const open = [7, true, 'Active', 'Open', null, [], null];
const test1 = [1, true, 'Active', 'Test only', null, [], null];
const thrownAway = 'Thrown away';

test.each([
  ['set up', setUp, [6, false, 'Pending', 'Blocked', thrownAway, ['Verification was not requested'], 'The customer']],
  [
    'in screening',
    inScreening,
    [6, false, 'Pending', 'Blocked', thrownAway, ['The request is under review'], 'Gatehouse'],
  ],
  ['in review', inReview, [6, false, 'Pending', 'Blocked', thrownAway, ['The request is under review'], 'A reviewer']],
  ['verified', verified, [6, true, 'Active', 'Live', null, [], null]],
])('%s: sending, test messages and setting up are three answers', async (_name, commands, sending) => {
  expect(outline(await gateAfter(commands))).toEqual([sending, test1, open]);
});

test('every action is told once, in the order of the gate', async () => {
  const told = gateGroups(await gateAfter(verified)).flatMap(({ actions }) => actions);
  expect(told.map(({ action }) => action)).toEqual([...gateActions]);
  expect(told[5]).toEqual({ action: 'message.send', words: 'Send a message' });
});

test('suspended: what is sent is held back, test messages are blocked, setting up goes on', async () => {
  const gate = await gateAfter([...verified, command('SuspendAccount')]);
  expect(outline(gate)).toEqual([
    [
      6,
      false,
      'Restricted',
      'Blocked',
      'Held back, and sent once it may be',
      ['The account is suspended'],
      'The customer',
    ],
    [1, false, 'Restricted', 'Blocked', thrownAway, ['The account is suspended'], 'The customer'],
    open,
  ]);
});

test('closed: everything is blocked for one reason, and nothing is kept or thrown away', async () => {
  expect(outline(await gateAfter(closed))).toEqual([
    [14, false, 'Restricted', 'Blocked', null, ['The account is closed'], null],
  ]);
});

test('what is missing is told with whose move it is', async () => {
  const [sending] = gateGroups(await gateAfter(setUp.slice(0, 2)));
  expect(sending?.missing).toContainEqual({ requirement: 'A channel', mover: 'The customer' });
});

test('limits of what is allowed: own addresses, types of messages, counts', async () => {
  const scope = { messageTypes: ['transactional' as const, 'newsletter' as const], limits: { perDay: 5_000 } };
  const gate = await gateAfter([...inReview, command('ApproveVerification', { scope })]);
  const [sending, testing] = gateGroups(gate);
  expect(sending?.limits).toEqual(['only transactional and newsletter messages', 'at most 5,000 per day']);
  expect(testing?.limits).toEqual(['only to the account’s own addresses', 'at most 100 a day']);
});

test('in mode observe what is allowed only for not being enforced is told so', async () => {
  const groups = gateGroups(await gateAfter(setUp, 'observe'));
  expect(groups.map(({ allowed, observed }) => [allowed, observed])).toEqual([
    [true, true],
    [true, false],
    [true, false],
  ]);
});

test('channels are told by themselves once the account may send', async () => {
  const scope = { channelKinds: ['sms' as const] };
  const gate = await gateAfter([...inReview, command('ApproveVerification', { scope })]);
  expect(channelViews(gate)).toEqual([
    {
      channelId: 'email-1',
      kind: 'email',
      allowed: false,
      status: 'Restricted',
      tone: 'wait',
      why: ['Outside of what the approval covers'],
    },
  ]);
  expect(channelViews(await gateAfter(setUp.slice(0, 1)))).toEqual([]);
});
