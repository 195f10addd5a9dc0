/** What an account was, by whose clock, and under which policy. */
import { type AccountThen, type NothingThen, readAccountThen, sayNothingThen, type Then } from '../../src/app/asOf.js';
import { handleCommand } from '../../src/app/handleCommand.js';
import { ImportRun } from '../../src/app/importRun.js';
import type { Command } from '../../src/commands/decide.js';
import { plusMilliseconds } from '../../src/events/time.js';
import { type HistoryView, historyView } from '../../src/history/glance.js';
import { builtInPolicy, type Policy } from '../../src/policy/policy.js';
import { command, day, minute, setUp, start, verified } from '../support/examples.js';
import { newGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { publishAt, variantOf } from '../support/policies.js';

let now = start;
let gatehouse: TestGatehouse;
beforeEach(async () => {
  now = start;
  gatehouse = await newGatehouse(() => now);
});
afterEach(async () => gatehouse.close());

/** Commands, each a minute after the one before. */
async function walk(commands: readonly Command[], accountId = 'acme'): Promise<void> {
  for (const one of commands) {
    now = plusMilliseconds(now, 60_000);
    await gatehouse.walk([one], accountId);
  }
}

const read = async (then: Then, accountId = 'acme'): Promise<AccountThen | NothingThen> =>
  readAccountThen(gatehouse.store, accountId, then);

async function asItWas(then: Then, accountId = 'acme'): Promise<HistoryView & Record<string, unknown>> {
  const found = await read(then, accountId);
  if (found.kind !== 'found') throw new Error(sayNothingThen(accountId, then, found));
  return historyView(found, 'system') as HistoryView & Record<string, unknown>;
}

const perDay = ({ gate }: HistoryView): number | undefined =>
  gate.find(({ action }) => action === 'message.send_test')?.constraints?.perDay;
const spf = ({ guide }: HistoryView): (string | undefined)[] =>
  guide.domains.map(({ records }) => records.find(({ purpose }) => purpose === 'spf')?.value);

test('given an account that was revoked and verified again, then each time shows its own', async () => {
  await walk([
    ...verified,
    command('RevokeVerification'),
    command('RequestVerification'),
    command('SkipScreening'),
    command('ApproveVerification'),
  ]);
  const sends = ({ gate }: HistoryView): boolean | undefined =>
    gate.find(({ action }) => action === 'message.send')?.allowed;
  const story = await Promise.all([9, 10, 11, 12, 13].map(async (revision) => asItWas({ revision })));
  expect(story.map((view) => [view['status'], sends(view), view.guide.notices.map(({ kind }) => kind)])).toEqual([
    ['verified', true, ['ready_to_send']],
    ['revoked', false, ['revoked']],
    ['in_review', false, ['under_review']],
    ['in_review', false, ['under_review']],
    ['verified', true, ['ready_to_send']],
  ]);
  expect(story[1]?.guide.reasons).toMatchObject([{ code: 'opt_in_unclear' }]);
});

describe('by instant', () => {
  test('what had happened by then, to the millisecond', async () => {
    await walk(setUp);
    expect((await asItWas({ at: minute(3) })).asOf).toEqual({
      revision: 2,
      at: minute(3),
      known: null,
      occurredAt: minute(3),
      recordedAt: minute(3),
    });
    expect((await asItWas({ at: plusMilliseconds(minute(3), -1) })).asOf.revision).toBe(1);
    expect((await asItWas({ at: plusMilliseconds(minute(3), 1) })).asOf.revision).toBe(2);
    expect((await asItWas({ at: day(30) })).asOf.revision).toBe(setUp.length - 1);
  });

  test('given nodes whose clocks disagree, then it is a beginning of the stream, never a part from its middle', async () => {
    await walk(setUp.slice(0, 2));
    now = plusMilliseconds(minute(2), -5);
    await gatehouse.walk(setUp.slice(2, 3));
    // The third event bears an earlier time than the second: at that time neither is shown.
    expect((await asItWas({ at: plusMilliseconds(minute(2), -5) })).asOf.revision).toBe(0);
    expect((await asItWas({ at: minute(2) })).asOf.revision).toBe(2);
  });

  test('commands that fall due are judged at that instant, never by the present clock', async () => {
    await walk([...verified.slice(0, -1), command('RequestInformation')]);
    const due = async (at: string) =>
      ((await asItWas({ at }))['allowedCommands'] as string[]).includes('ExpireInformationRequest');
    expect([await due(day(29)), await due(day(31))]).toEqual([false, true]);
    expect((await asItWas({ revision: 9 }))['allowedCommands']).not.toContain('ExpireInformationRequest');
  });
});

describe('before there was anything to show', () => {
  test('an account that nobody knows, one that had not signed up, a revision that was not reached: each is told apart', async () => {
    now = minute(10);
    await walk(setUp);
    expect(await read({ revision: 0 }, 'nobody')).toEqual({ kind: 'unknown' });
    expect(await read({ at: minute(10) })).toEqual({ kind: 'not_yet', occurredAt: minute(11), recordedAt: minute(11) });
    expect(await read({ revision: 7 })).toEqual({ kind: 'not_reached', last: 6 });
    expect(await read({ revision: 3, known: minute(12) })).toEqual({ kind: 'not_reached', last: 1 });
  });

  test('the sentence says what there is instead', () => {
    expect(sayNothingThen('acme', { revision: 7 }, { kind: 'not_reached', last: 6 })).toBe(
      'acme had not reached that revision: its last one is 6.',
    );
    const nothing = { kind: 'not_yet', occurredAt: minute(1), recordedAt: minute(2) } as const;
    expect(sayNothingThen('acme', { at: start, known: minute(1) }, nothing)).toBe(
      `By what was recorded by ${minute(1)}, acme had not signed up then: it did so at ${minute(1)}, recorded at ${minute(2)}.`,
    );
  });
});

describe('the policy then in force', () => {
  test('given a policy that was changed in between, then guide and gate before and after show one each', async () => {
    await walk(setUp);
    now = minute(20);
    await publishAt(gatehouse.store, variantOf('p-2', 3), now);
    // Decided by a node that has not followed yet: what counts is what the log had in force.
    await walk([command('UpdateContacts')]);
    await publishAt(gatehouse.store, variantOf('p-3', 4), minute(40));
    const [before, after] = [await asItWas({ revision: 6 }), await asItWas({ revision: 7 })];
    expect([before.policyVersion, perDay(before), spf(before)]).toEqual([
      'built-in-1',
      builtInPolicy.testSends.perDay,
      [undefined],
    ]);
    expect([after.policyVersion, perDay(after), spf(after)]).toEqual([
      'p-2',
      3,
      ['v=spf1 include:p-2.spf.example ~all'],
    ]);
  });

  test('by instant it is the one published by then, though the account did not move', async () => {
    await walk(setUp);
    await publishAt(gatehouse.store, variantOf('p-2', 3), minute(20));
    expect((await asItWas({ at: minute(19) })).policyVersion).toBe('built-in-1');
    expect((await asItWas({ at: minute(20) })).policyVersion).toBe('p-2');
    expect((await asItWas({ at: minute(30), known: minute(19) })).policyVersion).toBe('built-in-1');
    expect((await asItWas({ revision: 6 })).policyVersion).toBe('built-in-1');
  });
});

describe('history that was brought in later', () => {
  /** Brings in lines of the year before, a day apart, under a policy. */
  async function bringIn(
    commands: readonly Command[],
    accountId: string,
    recordedAt: string,
    policy?: Policy,
  ): Promise<void> {
    now = recordedAt;
    const run = new ImportRun();
    const deps = { ...gatehouse.deps, ...(policy === undefined ? {} : { policy: () => policy }) };
    for (const [index, one] of commands.entries()) {
      const imported = { at: day(index - 365), run };
      const result = await handleCommand(deps, { accountId, commandId: `line-${index}`, command: one, imported });
      if (result.kind !== 'accepted') throw new Error(`${one.name}: ${JSON.stringify(result)}`);
    }
  }

  test('it is shown when it happened, and not by what was known before it was recorded', async () => {
    await bringIn(setUp, 'old', minute(60));
    expect((await asItWas({ at: day(-362) }, 'old')).asOf).toMatchObject({ revision: 3, recordedAt: minute(60) });
    expect(await read({ at: day(-362), known: minute(59) }, 'old')).toEqual({
      kind: 'not_yet',
      occurredAt: day(-365),
      recordedAt: minute(60),
    });
    expect((await asItWas({ at: day(-362), known: minute(60) }, 'old')).asOf).toMatchObject({
      revision: 3,
      known: minute(60),
    });
  });

  test('given an account that goes on live, then what was known tells its recorded beginning from the rest', async () => {
    await bringIn(setUp, 'old', minute(60));
    now = minute(90);
    await gatehouse.walk([command('UpdateContacts')], 'old');
    expect((await asItWas({ at: day(1), known: minute(89) }, 'old')).asOf.revision).toBe(6);
    expect((await asItWas({ at: day(1), known: minute(90) }, 'old')).asOf.revision).toBe(7);
  });

  test('at a time before the first policy, it is the one that its last event names', async () => {
    const second = await publishAt(gatehouse.store, variantOf('p-2', 3), minute(30));
    await bringIn(setUp, 'old', minute(60), second);
    expect((await asItWas({ at: day(-360) }, 'old')).policyVersion).toBe('p-2');
    expect((await asItWas({ at: minute(10) }, 'old')).policyVersion).toBe('built-in-1');
    expect((await asItWas({ revision: 3 }, 'old')).policyVersion).toBe('p-2');
  });

  test('at a time before the first policy, of events that name an unknown one, it is the first of the log', async () => {
    const unknown = { version: 'elsewhere', hash: '', document: { ...builtInPolicy, version: 'elsewhere' } };
    await bringIn(setUp, 'old', minute(60), unknown);
    expect((await asItWas({ at: day(-360) }, 'old')).policyVersion).toBe('built-in-1');
  });
});
