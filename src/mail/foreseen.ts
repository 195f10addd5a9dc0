/** The mails that a command would lead to, written before anybody sends it: nothing is recorded, nothing goes out. */
import { foldOne } from '../../machines/fold.js';
import type { CommandHandlerDeps } from '../app/handleCommand.js';
import { type Command, decide } from '../commands/decide.js';
import type { Refusal } from '../commands/refusal.js';
import type { Provider } from './compose.js';
import { noticeOf } from './notice.js';
import { accountNow, thenOf, type WrittenMail, writeMail } from './planner.js';
import { recipients } from './recipients.js';

/** What would go out if the command came now; why it would be refused, in which case nothing goes out. */
export type ForeseenMails = {
  /** The account's revision that the command was decided on; -1 when there is no such account. */
  readonly revision: number;
  readonly mails: readonly WrittenMail[];
  readonly refusal?: Refusal;
};

/**
 * Decides a command on the account as it is now, and writes the mails of its facts as the mail process would.
 * @throws {EventStoreError} when the account cannot be read
 */
export async function foreseeMails(
  deps: { readonly commands: CommandHandlerDeps; readonly provider: Provider },
  accountId: string,
  command: Command,
): Promise<ForeseenMails> {
  const { commands, provider } = deps;
  const account = await accountNow(commands, accountId);
  const policy = commands.policy().document;
  const decision = decide(command, account.snapshot, policy, commands.now());
  const { revision } = account;
  if (decision.kind === 'refused') return { revision, mails: [], refusal: decision };
  if (decision.kind === 'unchanged') return { revision, mails: [] };
  let { snapshot } = account;
  const mails = decision.steps.flatMap(({ fact }, index) => {
    // Each fact is told as the account was right after it, not after all of them.
    snapshot = foldOne(account.stream, snapshot, revision + 1 + index, fact);
    const then = thenOf({ snapshot });
    const notice = noticeOf(fact, then, policy);
    if (notice === undefined) return [];
    return recipients(then.facts, notice, policy).map((to) => writeMail(provider, accountId, then, notice, to));
  });
  return { revision, mails };
}
