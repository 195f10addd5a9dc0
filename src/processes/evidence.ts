/** The process `evidence`: stored bytes that no event names are removed. */
import type { CommandHandlerDeps } from '../app/handleCommand.js';
import type { EvidenceStore } from '../evidence/evidenceStore.js';
import { EvidenceSweep } from '../evidence/sweep.js';
import type { Loop } from './process.js';

/** The pause between two sweeps, in milliseconds: an hour. */
const pause = 60 * 60 * 1_000;

type Parts = { readonly commands: CommandHandlerDeps; readonly evidence: EvidenceStore };

/** @param minimumAge how old bytes without an event must be, in milliseconds; a day unless given */
export function evidenceLoop({ commands, evidence }: Parts, minimumAge?: number): Loop {
  const sweep = new EvidenceSweep({
    evidence,
    log: commands.store,
    now: () => Date.parse(commands.now()),
    ...(minimumAge === undefined ? {} : { minimumAge }),
  });
  return {
    name: 'evidence',
    everyMilliseconds: pause,
    run: async (signal) => {
      await sweep.run(signal);
    },
  };
}
