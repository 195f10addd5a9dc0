/** Many random walks through the real command shell and store, then every promise checked on the log that they leave. */
import { handleCommand } from '../../src/app/handleCommand.js';
import { plusMilliseconds } from '../../src/events/time.js';
import { setUp, start } from './examples.js';
import type { TestGatehouse } from './gatehouse.js';
import { nextCommand, seeded } from './randomCommands.js';

export type Walks = { readonly sequences: number; readonly commands: number; readonly accepted: number };

/**
 * Most walks are short and begin anywhere; every seventh starts from an account that is set up, and goes deep.
 *
 * @param sequences how many walks, each on an account of its own
 * @param length most commands of a deep walk
 */
export async function walkRandomly(
  gatehouse: TestGatehouse,
  seed: number,
  sequences: number,
  length: number,
): Promise<Walks> {
  let commands = 0;
  let accepted = 0;
  const one = async (index: number): Promise<void> => {
    const random = seeded(seed * 1_000_003 + index);
    const accountId = `walk-${seed}-${index}`;
    let at = start;
    const deps = { ...gatehouse.deps, now: () => at };
    const prefix = index % 7 === 0 ? setUp : setUp.slice(0, 1);
    const steps = prefix.length + Math.floor(random() * (index % 7 === 0 ? length : 6));
    for (let step = 0; step < steps; step++) {
      // From seconds to weeks: deadlines pass, or do not.
      at = plusMilliseconds(at, Math.floor(10 ** (3 + random() * 6.5)));
      const { snapshot } = await deps.accounts.get(accountId);
      const command = prefix[step] ?? nextCommand(random, snapshot, at);
      const result = await handleCommand(deps, { accountId, commandId: `step-${step}`, command });
      commands += 1;
      if (result.kind === 'accepted') accepted += 1;
    }
  };
  for (let index = 0; index < sequences; index += 64) {
    await Promise.all(
      Array.from({ length: Math.min(64, sequences - index) }, async (_, offset) => one(index + offset)),
    );
  }
  return { sequences, commands, accepted };
}
