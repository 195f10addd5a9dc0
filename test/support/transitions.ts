/** Which of the chart's transitions events take. */
import type { AnyStateNode } from 'xstate';
import { accountMachine } from '../../machines/account.js';
import type { AccountSnapshot } from '../../machines/fold.js';
import type { Fact } from '../../src/events/fact.js';

/** A transition: the state that has it, its event, and which one of several it is. */
function nameOf(node: AnyStateNode, type: string, index: number): string {
  return `${node.path.join('.')} ${type} ${index}`;
}

function nodesOf(node: AnyStateNode): AnyStateNode[] {
  return [node, ...Object.values(node.states).flatMap((child) => nodesOf(child as AnyStateNode))];
}

/** Those that no stored event takes. */
const neverTaken: ReadonlySet<string> = new Set([
  // It holds off the one of the outer state.
  'verification.pendingReview.approval.proposed ApprovalProposed 0',
  // The chart admits them once more, commands append them once.
  'setup.open.people.added PeopleAdded 0',
  'setup.open.events.received EventsReceived 0',
]);

/** Every transition that an event can take. */
export function allTransitions(): readonly string[] {
  return nodesOf(accountMachine.root as AnyStateNode)
    .flatMap((node) =>
      [...node.transitions].flatMap(([type, each]) => each.map((_one, index) => nameOf(node, type, index))),
    )
    .filter((name) => !neverTaken.has(name));
}

/** The transitions that an event takes, in all regions. */
export function transitionsTaken(snapshot: AccountSnapshot, fact: Fact): readonly string[] {
  return accountMachine.getTransitionData(snapshot, fact).map((transition) => {
    const node = transition.source as AnyStateNode;
    const index = (node.transitions.get(transition.eventType) ?? []).indexOf(transition as never);
    return nameOf(node, transition.eventType, index);
  });
}
