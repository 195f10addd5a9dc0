/** What the gate knows of each account; `src/policy/gate.ts` answers questions from it. */
import { standingOf, verificationState } from '../src/policy/status.js';
import { accountKey, type AccountRow, allAccountEvents, evolveAccount } from './accountRow.js';
import type { Projection } from './projection.js';

export const sendingGate: Projection<AccountRow> = {
  name: 'sending_gate',
  version: 3,
  types: allAccountEvents,
  key: accountKey,
  evolve: evolveAccount,
  columns: {
    verification: ({ state }) => verificationState(state),
    standing: ({ state }) => standingOf(state),
  },
  indexes: [],
};
