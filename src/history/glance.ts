/** An account at a glance: the guide and the gate of a folded account, as of now or as it was. */
import type { AccountRow } from '../../projections/accountRow.js';
import { guideOf, type SetupGuide } from '../../projections/setupGuide.js';
import { stateOf } from '../../machines/fold.js';
import type { Account } from '../app/account.js';
import { accountView } from '../app/accountView.js';
import type { AccountThen, AsOf } from '../app/asOf.js';
import { recordsOf } from '../domains/records.js';
import type { ActorType } from '../events/vocabulary.js';
import { decideGate, gateActions, type GateDecision, type GateMode } from '../policy/gate.js';
import type { PolicyDocument } from '../policy/policy.js';

export type Glance = {
  readonly policyVersion: string;
  readonly guide: SetupGuide;
  /** The answer to each action that can be asked for. */
  readonly gate: readonly GateDecision[];
};

/** What projections keep of an account; undefined where it has no event. */
export function rowOf({ accountId, revision, position, snapshot }: Account): AccountRow | undefined {
  if (position === undefined) return undefined;
  return { accountId, facts: snapshot.context.facts, state: stateOf(snapshot), revision, position };
}

/** Guide and gate of an account under a policy. */
export function glanceOf(row: AccountRow, policy: PolicyDocument, mode: GateMode): Glance {
  const { position } = row;
  return {
    policyVersion: policy.version,
    guide: guideOf(row, recordsOf(row.accountId, policy.domains.provider)),
    gate: gateActions.map((action) => decideGate({ action }, row, { policy, position, mode })),
  };
}

/** The same as it was: what the policy then in force says, whatever mode the gate runs in today. */
export function glanceThen({ account, policy }: AccountThen): Glance {
  const row = rowOf(account);
  if (row === undefined) throw new Error('an account without events has nothing to show');
  return glanceOf(row, policy.document, 'enforce');
}

export type HistoryView = Glance & { readonly asOf: AsOf };

/** All that an account's own page shows, as it was, with guide and gate, for a reader of this role. */
export function historyView(then: AccountThen, role: ActorType): HistoryView {
  return { ...accountView(then.account, role, then.instant), asOf: then.asOf, ...glanceThen(then) };
}
