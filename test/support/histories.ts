/** Histories that take every transition of the chart, found by random walks: only what shows something new is kept. */
import { type AccountSnapshot, foldOne, initialSnapshot } from '../../machines/fold.js';
import { type Command, decide } from '../../src/commands/decide.js';
import { accountOf } from '../../src/events/envelope.js';
import { plusMilliseconds } from '../../src/events/time.js';
import { builtInPolicy } from '../../src/policy/policy.js';
import { command as commandOf, inReview, start } from './examples.js';
import { newGatehouse } from './gatehouse.js';
import { nextCommand, seeded } from './randomCommands.js';
import { allTransitions, transitionsTaken } from './transitions.js';

const grandfather = commandOf('GrandfatherAccount');

type Timed = { readonly command: Command; readonly at: string };

/** A walk, and which transitions each of its commands takes. */
function walk(seed: number): { readonly step: Timed; readonly takes: readonly string[] }[] {
  const random = seeded(seed);
  let snapshot: AccountSnapshot = initialSnapshot;
  let at = start;
  const steps: { step: Timed; takes: readonly string[] }[] = [];
  const prefix = inReview.slice(0, Math.floor(random() * (inReview.length + 4)));
  for (let index = 0; index < 40; index++) {
    at = plusMilliseconds(at, Math.floor(10 ** (3 + random() * 6.5)));
    // Random walks seldom do it, since it ends most of what could follow.
    const grandfathers = random() < 0.05 && index > prefix.length;
    const command = prefix[index] ?? (grandfathers ? grandfather : nextCommand(random, snapshot, at));
    const decision = decide(command, snapshot, builtInPolicy, at);
    if (decision.kind !== 'accepted') continue;
    const takes: string[] = [];
    for (const { fact } of decision.steps) {
      takes.push(...transitionsTaken(snapshot, fact));
      snapshot = foldOne('a walk', snapshot, 0, fact);
    }
    steps.push({ step: { command, at }, takes });
  }
  return steps;
}

/** The walks that are needed, each cut off after the last step that takes a transition which none before it took. */
function covering(): Timed[][] {
  const missing = new Set(allTransitions());
  const kept: Timed[][] = [];
  for (let seed = 1; missing.size > 0; seed++) {
    if (seed > 6_000) throw new Error(`no walk takes ${[...missing].join('; ')}`);
    const steps = walk(seed);
    const last = steps.findLastIndex(({ takes }) => takes.some((one) => missing.has(one)));
    if (last === -1) continue;
    for (const { takes } of steps.slice(0, last + 1)) for (const one of takes) missing.delete(one);
    kept.push(steps.slice(0, last + 1).map(({ step }) => step));
  }
  return kept;
}

/** The events of such walks as lines. */
export async function writeHistories(): Promise<string> {
  let now = start;
  const gatehouse = await newGatehouse(() => now);
  for (const [index, steps] of covering().entries()) {
    for (const { command, at } of steps) {
      now = at;
      await gatehouse.send(command, { accountId: `history-${index + 1}` });
    }
  }
  const lines: string[] = [];
  for await (const event of gatehouse.store.readAll()) {
    if (accountOf(event.stream) !== undefined) lines.push(JSON.stringify(event));
  }
  await gatehouse.close();
  return `${lines.join('\n')}\n`;
}
