/** The journey of an account: delivered again it stays the same, and what belongs to which request is told apart. */
import { journeys, type Journey } from '../../projections/journeys.js';
import type { Command } from '../../src/commands/decide.js';
import type { StoredEvent } from '../../src/eventStore/eventStore.js';
import { decode } from '../../src/events/upcast.js';
import { ReadModelStore } from '../../src/readModels/store.js';
import { GenerationWriter } from '../../src/readModels/writer.js';
import {
  checks,
  command,
  informationRequested,
  inScreening,
  item,
  reasons,
  setUp,
  verified,
} from '../support/examples.js';
import { newGatehouse, type TestGatehouse } from '../support/gatehouse.js';

let gatehouse: TestGatehouse;
beforeEach(async () => (gatehouse = await newGatehouse()));
afterEach(async () => gatehouse.close());

async function events(): Promise<StoredEvent[]> {
  const found: StoredEvent[] = [];
  for await (const event of gatehouse.store.readAll({ types: journeys.types })) found.push(event);
  return found;
}

async function journey(commands: readonly Command[]): Promise<Journey> {
  await gatehouse.walk(commands);
  const row = (await events())
    .map(decode)
    .reduce<Journey | undefined>((before, event) => journeys.evolve(before, event), undefined);
  if (row === undefined) throw new Error('no events');
  return row;
}

const names = (stays: Journey['verification']): string[] => stays.map(([state]) => state);
const screened = command('CompleteScreening', {
  policyVersion: 'built-in-1',
  findings: [{ check: 'sign-up', outcome: 'fail', reasonCode: 'opt_in_unclear' }],
  recommendation: 'request_information',
});

test('given events that were applied, when they are delivered again, then the rows stay as they are', async () => {
  await gatehouse.walk([...informationRequested, command('SubmitInformation'), command('RejectVerification')], 'one');
  await gatehouse.walk(
    [...verified, command('WarnAccount'), command('SuspendAccount'), command('CloseAccount')],
    'two',
  );
  const store = new ReadModelStore(':memory:');
  const writer = new GenerationWriter(store, journeys, store.open(journeys as never));
  const all = await events();
  const deliver = (some: readonly StoredEvent[]): void => {
    for (const event of some) writer.absorb(event);
    writer.flush(all.at(-1)?.position);
  };
  deliver(all);
  const before = [...store.all(writer.generation)];
  expect(before).toHaveLength(2);
  deliver(all);
  deliver(all.slice(4, 9));
  expect([...store.all(writer.generation)]).toEqual(before);
  store.close();
});

test('given questions that screening asks at once, then nobody was in pendingReview, and screening asked', async () => {
  const { verification, rounds } = await journey([...inScreening, screened]);
  expect(names(verification)).toEqual(['notRequested', 'screening', 'infoRequested']);
  // Contiguous: each begins where the one before ended, and the last one lasts.
  for (const [index, [, enteredAt]] of verification.entries()) {
    if (index > 0) expect(enteredAt).toBe(verification[index - 1]?.[2]);
  }
  expect(verification.at(-1)?.[2]).toBeNull();
  expect(rounds).toMatchObject([
    { request: 0, automatic: true, items: [['subscription_process', 'opt_in_unclear']], ended: null },
  ]);
});

test('given questions in a re-review, then they belong to no request, and end by the confirmation’s way', async () => {
  const again = [command('OpenReReview', { reasons }), command('RequestInformation', { items: [item] })];
  const { rounds, verification, decisions } = await journey([
    ...verified,
    ...again,
    command('CancelInformationRequest'),
    command('ConfirmVerification'),
  ]);
  expect(rounds).toMatchObject([{ request: null, automatic: false, ended: ['cancelled', expect.any(Number)] }]);
  // A re-review is inside verified: no stay of its own.
  expect(names(verification)).toEqual(['notRequested', 'screening', 'pendingReview', 'verified']);
  expect(decisions.map(({ kind, since }) => [kind, since === null])).toEqual([
    ['approved', false],
    ['confirmed', true],
  ]);
});

test('given a re-review that is confirmed while its question is open, then the question ended with that', async () => {
  const again = [...verified, command('OpenReReview'), command('RequestInformation'), command('ConfirmVerification')];
  const { rounds, decisions } = await journey(again);
  expect(rounds).toMatchObject([{ ended: ['confirmed', decisions.at(-1)?.at] }]);
});

test('given a second request, then its questions are its own, and its decision counts from it', async () => {
  const { requests, rounds, withdrawals, decisions } = await journey([
    ...informationRequested,
    command('WithdrawVerification'),
    command('RequestVerification'),
    command('SkipScreening'),
    command('RequestInformation'),
    command('RejectVerification'),
  ]);
  expect([requests.length, withdrawals.length]).toEqual([2, 1]);
  expect(rounds.map(({ request, ended }) => [request, ended?.[0]])).toEqual([
    [0, 'withdrawn'],
    [1, 'rejected'],
  ]);
  expect(decisions).toMatchObject([{ kind: 'rejected', since: requests[1] }]);
});

test('given a decision by the system, then it is automatic, and its reasons are told once each', async () => {
  const { decisions, standing } = await journey([
    ...setUp,
    command('SuspendAccount', { reasons: [...reasons, ...reasons] }, checks),
  ]);
  expect(decisions).toMatchObject([
    {
      kind: 'suspended',
      automatic: true,
      by: checks.id,
      reasons: ['opt_in_unclear'],
      policy: 'built-in-1',
      since: null,
    },
  ]);
  expect(names(standing)).toEqual(['good', 'suspended']);
});
