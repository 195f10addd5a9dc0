/** What the gate knows of each account; `src/policy/gate.ts` answers questions from it. */
import { type GateView, gateViewOf } from '../src/policy/gateView.js';
import { standingOf, verificationState } from '../src/policy/status.js';
import { accountKey, type AccountRow, allAccountEvents, evolveAccount } from './accountRow.js';
import type { ProjectedEvent, Projection } from './projection.js';

/** What the answers follow from since they changed last: at this event of the account, at this place in the log. */
export type GateChange = { readonly view: GateView; readonly revision: number; readonly position: string };

export type GateRow = AccountRow & { readonly lastChange: GateChange };

/** The row after an event. The last change moves only when some answer does. */
export function evolveGate(row: GateRow | undefined, event: ProjectedEvent): GateRow {
  const account = evolveAccount(row, event);
  const view = gateViewOf(account);
  const unchanged = row !== undefined && JSON.stringify(view) === JSON.stringify(row.lastChange.view);
  const { revision, position } = event;
  return { ...account, lastChange: unchanged ? row.lastChange : { view, revision, position } };
}

export const sendingGate: Projection<GateRow> = {
  name: 'sending_gate',
  version: 3,
  types: allAccountEvents,
  key: accountKey,
  evolve: evolveGate,
  columns: {
    verification: ({ state }) => verificationState(state),
    standing: ({ state }) => standingOf(state),
    changed_at: ({ lastChange }) => lastChange.position,
  },
  // The gate feed reads accounts in the order in which their answers changed.
  indexes: [['changed_at']],
};
