/** What is remembered of the chart's answers is what the chart answers. */
import { isDeepStrictEqual } from 'node:util';
import { assign, createMachine } from 'xstate';
import { accountMachine } from '../../machines/account.js';
import { type AccountChart, advanceIn, initialOf } from '../../machines/fold.js';
import { Replayer } from '../../machines/replayer.js';
import { exampleFacts } from '../../src/commands/allowed.js';
import { commandNames } from '../../src/commands/catalogue.js';
import { decide } from '../../src/commands/decide.js';
import type { Fact } from '../../src/events/fact.js';
import { plusMilliseconds } from '../../src/events/time.js';
import { builtInPolicy } from '../../src/policy/policy.js';
import { backend, reviewer, secondReviewer, setUp, start } from '../support/examples.js';
import { nextCommand, seeded } from '../support/randomCommands.js';

type Config = { readonly states: Readonly<Record<string, Config>> };

/** Facts that accounts live through, one account after the other. */
function* lives(seeds: number): Iterable<readonly Fact[]> {
  for (let seed = 1; seed <= seeds; seed++) {
    const random = seeded(seed);
    let snapshot = initialOf(accountMachine);
    let at = start;
    const facts: Fact[] = [];
    for (let step = 0; step < 40; step++) {
      at = plusMilliseconds(at, Math.floor(10 ** (3 + random() * 6.5)));
      const command = setUp[seed % 3 === 0 ? 40 : step] ?? nextCommand(random, snapshot, at);
      const decision = decide(command, snapshot, builtInPolicy, at);
      if (decision.kind !== 'accepted') continue;
      facts.push(...decision.steps.map(({ fact }) => fact));
      snapshot = decision.snapshot;
    }
    yield facts;
  }
}

/** Other facts that could come at this moment, of every type, by several persons. */
function others(facts: Parameters<typeof exampleFacts>[1], at: string): Fact[] {
  const later = plusMilliseconds(at, 90 * 86_400_000);
  return commandNames.flatMap((name) =>
    [at, later].flatMap((when) =>
      exampleFacts(name, facts, when).flatMap((fact) =>
        [fact.actor, backend, reviewer, secondReviewer].map((actor) => ({ ...fact, actor })),
      ),
    ),
  );
}

type Comparison = { readonly compared: number; readonly differences: readonly string[]; readonly replayer: Replayer };

/** Goes through lives in both ways; at each moment every other fact is tried, too. */
function compare(chart: AccountChart, seeds: number): Comparison {
  const replayer = new Replayer(chart);
  const differences: string[] = [];
  let compared = 0;
  for (const facts of lives(seeds)) {
    let snapshot = initialOf(chart);
    let run = replayer.initial;
    for (const fact of facts) {
      for (const one of [...others(snapshot.context.facts, fact.occurredAt), fact]) {
        const plain = advanceIn(chart, snapshot, one);
        const quick = replayer.step(run, one);
        compared += 1;
        const same =
          JSON.stringify(quick?.place.value) === JSON.stringify(plain?.value) &&
          isDeepStrictEqual(quick?.context, plain?.context);
        if (!same) differences.push(`${one.type} in ${JSON.stringify(snapshot.value)}`);
        if (one === fact && plain !== undefined && quick !== undefined) [snapshot, run] = [plain, quick];
      }
    }
  }
  return { compared, differences, replayer };
}

test('given lives of accounts, and at each moment whatever else could come, then it answers as XState does', () => {
  const { compared, differences, replayer } = compare(accountMachine, 12);
  expect(differences).toEqual([]);
  expect(compared).toBeGreaterThan(15_000);
  // It did not ask each time.
  expect(replayer.answers).toBeLessThan(compared / 10);
  expect(replayer.answers).toBeGreaterThan(100);
});

test('given a chart whose guards say something else, then its own guards are asked', () => {
  const when = accountMachine.implementations.guards['when'] as (args: object, params: object) => boolean;
  const strict = accountMachine.provide({
    guards: {
      when: (args, params) =>
        when(args, params) && (args.event.type !== 'MessageCreated' || args.event.actor.id === '~'),
    },
  }) as AccountChart;
  const { differences, replayer } = compare(strict, 4);
  expect(differences).toEqual([]);
  expect(replayer.answers).toBeGreaterThan(10);
});

test('given a chart that does something else to the context, then nothing of it is remembered wrongly', () => {
  const other = accountMachine.provide({
    actions: {
      remember: assign(({ context, event }) => ({
        ...context,
        facts: { ...context.facts, company: event.type },
      })),
    },
  }) as AccountChart;
  expect(compare(other, 3).differences).toEqual([]);
});

/** Today's chart with something more in one of its states. */
function chartWith(path: readonly string[], more: object): AccountChart {
  const config = structuredClone(accountMachine.config) as unknown as Config;
  const state = path.reduce<Config | undefined>((within, name) => within?.states[name], config);
  if (state === undefined) throw new Error(`no state ${path.join('.')}`);
  Object.assign(state, more);
  return createMachine(config as never, accountMachine.implementations as never) as unknown as AccountChart;
}

test.each([
  ['an action on entry', ['verification', 'verified'], { entry: 'remember' }],
  [
    'a wildcard',
    ['verification', 'verified'],
    { on: { '*': { guard: { type: 'when', params: { conditions: ['isSetUp'] } }, target: 'expired' } } },
  ],
])('given a chart with %s, then XState takes every step', (_what, path, more) => {
  const { differences, replayer } = compare(chartWith(path, more), 2);
  expect(differences).toEqual([]);
  expect(replayer.answers).toBe(0);
});

test('given a transition that gives way to one of another region, then what it would have done is not done', () => {
  // One part of the setup leaves all of it: what another part would remember of the same event is not remembered.
  const chart = chartWith(
    ['setup', 'open', 'states', 'people'].filter((name) => name !== 'states'),
    {
      on: { EventsReceived: { target: '#account.setup.frozen' } },
    },
  );
  expect(compare(chart, 4).differences).toEqual([]);
});
