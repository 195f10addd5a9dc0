/** Writes lives of accounts into a log, in the order of time, as if the service had taken their commands when they happened. */
import { AccountCache } from '../../../src/app/accountCache.js';
import { type CommandHandlerDeps, handleCommand } from '../../../src/app/handleCommand.js';
import { ensurePolicy } from '../../../src/app/policySource.js';
import { publishPolicy } from '../../../src/app/publishPolicy.js';
import type { Command } from '../../../src/commands/decide.js';
import type { EventStore } from '../../../src/eventStore/eventStore.js';
import { plusMinutes } from '../../../src/events/time.js';
import type { PolicyDocument } from '../../../src/policy/policy.js';
import { admin } from '../examples.js';

/** What an account does next, so many minutes after what it did before. */
export type Step = { readonly after: number; readonly command: Command };

/** An account's life: given the types of events that each step led to, it says the next one. */
export type Life = Generator<Step, void, readonly string[]>;

/** An account and when its life begins. */
export type Account = { readonly accountId: string; readonly begins: string; readonly life: Life };

/** A policy and when it is published. */
export type Publication = { readonly at: string; readonly document: PolicyDocument };

type Due = { readonly at: string; readonly order: number; readonly run: () => Promise<void> };

/**
 * Writes all that happens before `end`; what would come later does not happen.
 * @throws {Error} when a command is refused: a life must fit the chart
 */
export async function writeLives(
  store: EventStore,
  accounts: readonly Account[],
  policies: readonly Publication[],
  end: string,
): Promise<void> {
  let now = accounts.map(({ begins }) => begins).toSorted()[0] ?? end;
  let policy = await ensurePolicy(store, () => now);
  const deps: CommandHandlerDeps = { store, accounts: new AccountCache(store), policy: () => policy, now: () => now };
  const due: Due[] = [];
  let order = 0;
  const schedule = (at: string, run: Due['run']): void => {
    if (at < end) due.push({ at, order: order++, run });
  };
  for (const { at, document } of policies) {
    schedule(at, async () => {
      const published = await publishPolicy(store, { document, actor: admin, now: () => now });
      if (published.kind === 'refused') throw new Error(published.detail);
      policy = published.policy;
    });
  }
  for (const { accountId, begins, life } of accounts) {
    let sent = 0;
    const next = (led: readonly string[]): void => {
      const step = life.next(led);
      if (step.done === true) return;
      const { after, command } = step.value;
      schedule(plusMinutes(sent === 0 ? begins : now, after), async () => {
        const result = await handleCommand(deps, { accountId, commandId: `${accountId}-${sent++}`, command });
        if (result.kind === 'refused') throw new Error(`${accountId}, ${command.name}: ${result.code}`);
        next(result.events.map(({ type }) => type));
      });
    };
    next([]);
  }
  for (let first = takeFirst(due); first !== undefined; first = takeFirst(due)) {
    now = first.at;
    await first.run();
  }
}

/** The earliest of them, taken out. */
function takeFirst(due: Due[]): Due | undefined {
  let index = 0;
  for (const [other, { at, order }] of due.entries()) {
    const best = due[index];
    if (best !== undefined && (at < best.at || (at === best.at && order < best.order))) index = other;
  }
  return due.splice(index, 1)[0];
}
