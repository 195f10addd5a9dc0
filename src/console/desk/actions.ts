/** What can be done about a review: in which order it is offered, under which key, and what it does. */
import type { ReviewPage } from '../api/types.js';
import { type DeskCommand, isDeskCommand } from './draft.js';
import { refusalWords } from './words.js';

export type Action = {
  readonly command: DeskCommand;
  readonly key?: string;
  /** What sending it does, in a sentence. */
  readonly does: string;
  readonly kind?: 'primary' | 'danger';
  /** The customer is told by mail: it can be looked at before. */
  readonly mailed?: true;
};

type Group = { readonly title: string; readonly actions: readonly Action[] };

export const groups: readonly Group[] = [
  {
    title: 'Decide',
    actions: [
      {
        command: 'ApproveVerification',
        key: 'e',
        kind: 'primary',
        does: 'Verifies the account: it may send, wholly or within a scope.',
        mailed: true,
      },
      { command: 'ProposeApproval', key: 'p', does: 'Proposes approval to a second person, who reads your note.' },
      {
        command: 'RequestInformation',
        key: 'm',
        does: 'Asks the customer for what is missing. The review waits for the answers.',
        mailed: true,
      },
      {
        command: 'RejectVerification',
        key: 'x',
        kind: 'danger',
        does: 'Refuses the request, with reasons that the customer reads.',
        mailed: true,
      },
      {
        command: 'ConfirmVerification',
        key: 'c',
        kind: 'primary',
        does: 'Ends the re-review: the account stays verified.',
      },
      {
        command: 'RevokeVerification',
        kind: 'danger',
        does: 'Takes the verification away, with reasons that the customer reads.',
        mailed: true,
      },
      { command: 'DismissAppeal', kind: 'danger', does: 'Upholds the suspension against the appeal.' },
      { command: 'ReinstateAccount', kind: 'primary', does: 'Ends the warning or the suspension.' },
    ],
  },
  {
    title: 'Questions',
    actions: [
      { command: 'RecordCustomerReply', does: 'Records what the customer answered by e-mail, phone or ticket.' },
      { command: 'CancelInformationRequest', does: 'Takes the questions back; the review goes on.' },
    ],
  },
  {
    title: 'Handling',
    actions: [
      { command: 'AssignReview', key: 'i', does: 'Gives the review to a reviewer.' },
      { command: 'ReleaseReview', key: 'l', does: 'Gives the review back to the queue: it is with nobody then.' },
      { command: 'EscalateReview', does: 'Brings the review to somebody’s attention.' },
      { command: 'WaiveRequirement', key: 'w', does: 'Decides that a requirement need not be met in this review.' },
      { command: 'WithdrawProposal', does: 'Takes your proposal back.' },
      { command: 'SkipScreening', does: 'Sends the request to a person without waiting for the checks.' },
    ],
  },
  {
    title: 'Account',
    actions: [
      { command: 'OpenReReview', does: 'Looks at the verified account again; it goes on sending meanwhile.' },
      { command: 'WarnAccount', does: 'Warns the account; it goes on sending.', mailed: true },
      {
        command: 'SuspendAccount',
        kind: 'danger',
        does: 'Stops the account’s sending, whatever its verification.',
        mailed: true,
      },
      {
        command: 'GrandfatherAccount',
        does: 'Verifies an account that is trusted already, without a review.',
      },
      { command: 'CloseAccount', kind: 'danger', does: 'Closes the account for ever. Nothing opens it again.' },
    ],
  },
];

const all = new Map(groups.flatMap(({ actions }) => actions).map((action) => [action.command as string, action]));

export function actionOf(command: DeskCommand): Action {
  return all.get(command) ?? { command, does: '' };
}

/** The commands without which no review is decided: refused ones are shown with the reason, not only in the list. */
const main: ReadonlySet<string> = new Set([
  'ApproveVerification',
  'ProposeApproval',
  'RequestInformation',
  'RejectVerification',
]);

type Allowed = Pick<ReviewPage, 'allowedCommands' | 'refusedCommands' | 'missing'>;

export type Offered = {
  readonly groups: readonly Group[];
  /** Main commands that somebody would look for, and why they are refused. */
  readonly blocked: readonly { readonly command: DeskCommand; readonly why: string }[];
  /** The others, by why they are refused. */
  readonly refused: readonly { readonly why: string; readonly commands: readonly string[] }[];
};

/** What is offered of what the chart allows this person now, and why the rest is not. */
export function offeredOf({ allowedCommands, refusedCommands, missing }: Allowed): Offered {
  const allowed = new Set<string>(allowedCommands);
  const shown = groups
    .map(({ title, actions }) => ({ title, actions: actions.filter(({ command }) => allowed.has(command)) }))
    .filter(({ actions }) => actions.length > 0);
  const desk = refusedCommands.filter(({ command }) => isDeskCommand(command));
  // What has no place in this state at all, or on a closed account, is nothing that anybody waits for.
  const blocked = desk.filter(
    ({ command, code }) => main.has(command) && code !== 'not_in_this_state' && code !== 'closed',
  );
  const byReason = new Map<string, string[]>();
  for (const one of desk) {
    if (!blocked.includes(one)) byReason.set(one.detail, [...(byReason.get(one.detail) ?? []), one.command]);
  }
  return {
    groups: shown,
    blocked: blocked.map(({ command, ...refusal }) => ({
      command: command as DeskCommand,
      why: refusalWords({ ...refusal, missing }),
    })),
    refused: [...byReason].map(([why, commands]) => ({ why, commands })),
  };
}
