/** Opens a re-review when a verified account changes what it was verified on. */
import { readAccount } from '../app/account.js';
import type { CommandHandlerDeps } from '../app/handleCommand.js';
import { accountOf } from '../events/envelope.js';
import { changesOf, reReviewFor } from '../policy/reReview.js';
import { reReviewOf, verificationState } from '../policy/status.js';
import type { Process } from './process.js';

const actor = { type: 'system', id: 're-review' } as const;

/**
 * The account is held against what it was just before the change. Where a re-review is under way already, or the account
 * is verified no longer, the command is refused, and there is nothing to do.
 */
export function reReview({ commands }: { readonly commands: CommandHandlerDeps }): Process {
  return {
    name: 're-review',
    types: ['BusinessProfileUpdated', 'DomainAdded', 'ChannelConfigured'],
    ordered: false,
    from: 'now',
    run: async ({ stream, revision, fact, metadata }, { send }) => {
      const accountId = accountOf(stream);
      if (accountId === undefined || verificationState(metadata.to) !== 'verified') return;
      if (reReviewOf(metadata.to) !== 'none') return;
      const before = await readAccount(commands.store, accountId, revision - 1);
      const causes = changesOf(before.snapshot.context.facts, fact);
      const data = reReviewFor(causes, commands.policy().document, commands.now());
      if (data === undefined) return;
      const result = await send(accountId, { name: 'OpenReReview', data, actor });
      if (result.kind === 'refused' && result.code === 'conflict') throw new Error(result.detail);
    },
  };
}
