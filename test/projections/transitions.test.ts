/** What a transition tells: the command behind an event, what it moved, and why. */
import { transitions } from '../../projections/transitions.js';
import { type AccountSnapshot, initialSnapshot } from '../../machines/fold.js';
import { commandBehind, reasonCodesIn } from '../../src/events/causedBy.js';
import { type CommandName, commandNames } from '../../src/commands/catalogue.js';
import { type Command, decide } from '../../src/commands/decide.js';
import { eventTypes } from '../../src/events/catalogue.js';
import type { Fact } from '../../src/events/fact.js';
import { decode, type RecordedEvent } from '../../src/events/upcast.js';
import { builtInPolicy } from '../../src/policy/policy.js';
import { admin, command, day, domain, minute, reasons, reviewer, setUp, verified } from '../support/examples.js';
import { late, reachable, tries } from '../support/explore.js';
import { newGatehouse } from '../support/gatehouse.js';

/** Data that leads to further events than the examples do. */
const more: readonly Command[] = [
  command('RecordNotification', { template: 'x', contact: 'owner@acme.example', outcome: 'failed' }),
  command('CompleteScreening', {
    policyVersion: 'built-in-1',
    findings: [{ check: 'website', outcome: 'fail', reasonCode: 'website_inaccessible' }],
    recommendation: 'request_information',
  }),
  command('RequestInformation', undefined, admin),
];

const failing = command('RecordDomainCheck', { domain, outcome: 'failed', records: [] });
const another = 'news.acme.example';

/** What takes several steps of setting up, a day each: the last failed check of three lets the domain lapse. */
const walks: readonly (readonly Command[])[] = [
  [...setUp, command('AddDomain', { domain: another }), command('RemoveDomain', { domain: another })],
  [...setUp, failing, failing, failing, failing],
];

describe('the command behind an event', () => {
  /** Every fact that a command led to, in every state that the chart can reach. */
  const seen = new Map<CommandName, Map<string, Fact>>();
  const decided = (one: Command, snapshot: AccountSnapshot, now: string): AccountSnapshot => {
    const decision = decide(one, snapshot, builtInPolicy, now);
    if (decision.kind !== 'accepted') return snapshot;
    const known = seen.get(one.name) ?? new Map<string, Fact>();
    for (const { fact } of decision.steps) known.set(JSON.stringify([fact.type, fact.data, fact.actor.type]), fact);
    seen.set(one.name, known);
    return decision.snapshot;
  };
  beforeAll(() => {
    for (const snapshot of [initialSnapshot, ...reachable()]) {
      for (const one of [...tries, ...more]) for (const now of [day(1), late]) decided(one, snapshot, now);
    }
    for (const walk of walks) {
      walk.reduce((snapshot, one, index) => decided(one, snapshot, day(index)), initialSnapshot);
    }
  });

  test.each(commandNames)('%s', (name) => {
    const facts = [...(seen.get(name)?.values() ?? [])];
    expect(facts.length).toBeGreaterThan(0);
    expect(facts.filter((fact) => commandBehind(fact) !== name)).toEqual([]);
  });

  test('every event was among them', () => {
    const types = new Set([...seen.values()].flatMap((facts) => [...facts.values()].map(({ type }) => type)));
    expect(eventTypes.filter((type) => !types.has(type))).toEqual([]);
  });
});

describe('the reason codes of an event', () => {
  const fact = (partial: Pick<Fact, 'type' | 'data'>): Fact =>
    ({ ...partial, actor: reviewer, occurredAt: minute(0) }) as Fact;

  test('of a decision, each once', () => {
    const rejected = fact({
      type: 'VerificationRejected',
      data: { reasons: [...reasons, ...reasons], retryable: true },
    });
    expect(reasonCodesIn(rejected)).toEqual(['opt_in_unclear']);
  });

  test('of what was asked', () => {
    const items = [{ requirement: 'identity' as const, reasonCode: 'fraud' as const, message: 'Who are you?' }];
    expect(reasonCodesIn(fact({ type: 'InformationRequested', data: { items, respondBy: minute(1) } }))).toEqual([
      'fraud',
    ]);
  });

  test('of what screening found to fail; what could not be checked, or passed, gives none', () => {
    const findings = [
      { check: 'a', outcome: 'fail' as const, reasonCode: 'phishing' as const },
      { check: 'b', outcome: 'unknown' as const, reasonCode: 'domain_listed' as const },
      { check: 'c', outcome: 'pass' as const, reasonCode: 'malware' as const },
      { check: 'd', outcome: 'fail' as const },
    ];
    const data = { policyVersion: 'p', findings, recommendation: 'review' as const };
    expect(reasonCodesIn(fact({ type: 'ScreeningCompleted', data }))).toEqual(['phishing']);
  });

  test('none of what has no reason', () => {
    expect(reasonCodesIn(fact({ type: 'VerificationApproved', data: { automatic: false } }))).toEqual([]);
  });
});

describe('rows', () => {
  /** Each transition of an account with its columns. */
  async function rowsOf(commands: readonly Command[]): Promise<Record<string, unknown>[]> {
    const gatehouse = await newGatehouse();
    await gatehouse.walk(commands);
    const events: RecordedEvent[] = [];
    for await (const stored of gatehouse.store.read('account-acme')) events.push(decode(stored));
    await gatehouse.close();
    return events.map((event) => {
      const row = transitions.evolve(undefined, event);
      const columns = Object.entries(transitions.columns).map(([name, column]) => [name, column(row)] as const);
      return { key: transitions.key(event), ...row, ...Object.fromEntries(columns) };
    });
  }

  test('one an event, by its position, without its data', async () => {
    const rows = await rowsOf(verified);
    expect(rows).toHaveLength(verified.length);
    expect(rows.map(({ key }) => key)).toEqual(rows.map(({ position }) => position));
    expect(JSON.stringify(rows)).not.toContain('@acme.example');
    expect(rows[0]).toMatchObject({
      command: 'SignUp',
      from: null,
      from_state: 'none',
      to_state: 'notRequested',
      changed: 1,
    });
  });

  test('states are those that the verification left and came to; a move within one is none', async () => {
    const rows = await rowsOf([
      ...verified,
      command('WarnAccount'),
      command('OpenReReview'),
      command('UpdateContacts'),
    ]);
    const told = rows
      .slice(-4)
      .map(({ type, from_state, to_state, standing, reasons: codes, changed }) => [
        type,
        from_state,
        to_state,
        standing,
        codes,
        changed,
      ]);
    expect(told).toEqual([
      ['VerificationApproved', 'pendingReview', 'verified', null, null, 1],
      ['AccountWarned', null, null, 'warned', ' opt_in_unclear ', 1],
      ['ReReviewOpened', null, null, null, ' opt_in_unclear ', 1],
      ['ContactsUpdated', null, null, null, null, 0],
    ]);
  });
});
