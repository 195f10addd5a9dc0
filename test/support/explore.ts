/** Every state of the chart that commands can reach, found by trying them all. */
import { type AccountSnapshot, initialSnapshot, stateOf } from '../../machines/fold.js';
import { type CommandInput, commandNames } from '../../src/commands/catalogue.js';
import { type Command, decide } from '../../src/commands/decide.js';
import { builtInPolicy } from '../../src/policy/policy.js';
import { checks, command, day, reasons, secondReviewer, setUp } from './examples.js';

/** An instant at which every deadline of the examples has passed, and one at which none has. */
export const late = day(400);
const early = day(1);

type Screening = CommandInput<'CompleteScreening'>;

/** Further data of commands that lead elsewhere than the good example does. */
const variants: readonly Command[] = [
  command('RejectVerification', { reasons, retryable: false }),
  command('RevokeVerification', { reasons, retryable: false }),
  command('ApproveVerification', {}, secondReviewer),
  command('RejectVerification', { reasons, retryable: true }, secondReviewer),
  command('SubmitAppeal', { against: 'suspension', statement: 'It was a mistake.' }),
  command('CompleteScreening', approving()),
  command('SkipScreening', { reason: 'Checks took too long' }, checks),
];

function approving(): Screening {
  const findings: Screening['findings'] = [{ check: 'website', outcome: 'pass' }];
  return { policyVersion: 'built-in-1', findings, recommendation: 'approve' };
}

/** The good example of every command, and the variants. */
export const tries: readonly Command[] = [...commandNames.map((name) => command(name)), ...variants];

/** Commands that only undo or repeat setup: the exploration keeps an account set up, or states would multiply. */
const setupCommands: ReadonlySet<string> = new Set([...setUp.map(({ name }) => name), 'RemoveChannel', 'RemoveDomain']);

/** What tells two snapshots apart: the chart's states, and the facts that its conditions read. */
function keyOf(snapshot: AccountSnapshot): string {
  const { decision, proposal, information, standing, assignee } = snapshot.context.facts;
  const { retryable, appeal, kind, by, windowClosed } = decision ?? {};
  const facts = [
    retryable,
    appeal,
    kind,
    by,
    windowClosed,
    proposal?.by,
    information !== undefined,
    standing?.appealed,
    assignee,
  ];
  return JSON.stringify([stateOf(snapshot), ...facts]);
}

/** Snapshots of all reachable states: before sign-up, just signed up, and everything that an account set up can reach. */
export function reachable(): readonly AccountSnapshot[] {
  const signedUp = follow(initialSnapshot, command('SignUp'), early) ?? initialSnapshot;
  const ready = setUp.reduce((snapshot, next) => follow(snapshot, next, early) ?? snapshot, initialSnapshot);
  const found = new Map([initialSnapshot, signedUp, ready].map((snapshot) => [keyOf(snapshot), snapshot]));
  const waiting = [ready];
  for (let snapshot = waiting.pop(); snapshot !== undefined; snapshot = waiting.pop()) {
    for (const next of successors(snapshot)) {
      const key = keyOf(next);
      if (found.has(key)) continue;
      found.set(key, next);
      waiting.push(next);
    }
  }
  return [...found.values()];
}

function* successors(snapshot: AccountSnapshot): Iterable<AccountSnapshot> {
  for (const one of tries) {
    if (setupCommands.has(one.name)) continue;
    for (const now of [early, late]) {
      const next = follow(snapshot, one, now);
      if (next !== undefined) yield next;
    }
  }
}

function follow(snapshot: AccountSnapshot, one: Command, now: string): AccountSnapshot | undefined {
  const decision = decide(one, snapshot, builtInPolicy, now);
  return decision.kind === 'accepted' ? decision.snapshot : undefined;
}

/** The first snapshot found for each state value. */
export function byState(snapshots: readonly AccountSnapshot[]): ReadonlyMap<string, AccountSnapshot> {
  const found = new Map<string, AccountSnapshot>();
  for (const snapshot of snapshots) {
    const key = JSON.stringify(stateOf(snapshot));
    if (!found.has(key)) found.set(key, snapshot);
  }
  return found;
}
