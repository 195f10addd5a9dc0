/** The process `checkpoints`: signs what the log holds, on a schedule; soon after the start, too. */
import type { CommandHandlerDeps } from '../app/handleCommand.js';
import { findingLine } from '../audit/findings.js';
import { type CheckpointSettings, takeCheckpoint } from '../audit/take.js';
import type { Loop } from './process.js';

/** Where checkpoints go, and how often one is taken. */
export type CheckpointSchedule = CheckpointSettings & { readonly everyMinutes: number };

/** What is wrong with the log or the checkpoints: nothing was signed. */
class NotSigned extends Error {
  override readonly name = 'NotSigned';
}

export function checkpointLoop(
  { store, now }: Pick<CommandHandlerDeps, 'store' | 'now'>,
  { everyMinutes, ...settings }: CheckpointSchedule,
): Loop {
  return {
    name: 'checkpoints',
    everyMilliseconds: everyMinutes * 60_000,
    run: async (signal) => {
      const taken = await takeCheckpoint(store, settings, { now, signal });
      const first = taken.kind === 'refused' ? taken.findings[0] : undefined;
      if (first !== undefined) throw new NotSigned(`No checkpoint was taken: ${findingLine(first)}`);
    },
  };
}
