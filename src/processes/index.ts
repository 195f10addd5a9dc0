/** The processes of the product, by name, and what they are made of. */
import type { CommandHandlerDeps } from '../app/handleCommand.js';
import type { DomainHolders } from '../screening/check.js';
import type { ScreeningParts } from '../screening/screen.js';
import type { Processes } from './process.js';
import { screeningProcess } from './screening.js';

/** What processes are given. */
export type ProcessParts = {
  readonly commands: CommandHandlerDeps;
  /** What reaches out: name servers and websites. */
  readonly network: Pick<ScreeningParts, 'resolver' | 'fetch'>;
};

/** Puts the processes together. */
export type MakeProcesses = (parts: ProcessParts) => Processes;

// TO WIRE: `domainHolders` of src/domains/claims.ts, on the read models, has this very shape.
const domainHolders: DomainHolders = () => [];
// TO WIRE with it: waits for those read models (`readModels.domainClaims.waitFor(position, 5_000)`).
const caughtUp = async (): Promise<boolean> => true;

/** The processes of the product. */
export const productProcesses: MakeProcesses = ({ commands, network }) => ({
  consumers: [screeningProcess(commands, { ...network, domainHolders, caughtUp })],
  loops: [],
});
