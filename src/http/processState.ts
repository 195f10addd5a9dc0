/** How a process of this node fares, as insiders are told. */
import { z } from 'zod';
import type { ProcessHealth } from '../processes/health.js';

export const processStateSchema = z.object({
  runsHere: z.boolean().meta({ description: 'False: GATEHOUSE_PROCESSES leaves it to another node, or to none.' }),
  state: z.enum(['ok', 'failing', 'not_here']),
  failures: z.int().meta({ description: 'How often it failed in a row.' }),
  error: z.string().nullable().meta({ description: 'What the last failure said.' }),
});

/** The state of one process; `not_here` where it does not run on this node. */
export function processState(health: ProcessHealth, name: string): z.input<typeof processStateSchema> {
  const found = health.states().find(({ process }) => process === name);
  if (found === undefined) return { runsHere: false, state: 'not_here', failures: 0, error: null };
  const { state, failures, error } = found;
  return { runsHere: true, state, failures, error };
}
