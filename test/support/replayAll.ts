/** Every request of a log decided again, account by account, in the order in which the accounts came. */
import { AccountBacktest, type ReplayedRequest } from '../../src/backtest/requests.js';
import { policyNamed, publishedPolicies } from '../../src/app/policySource.js';
import type { EventStore } from '../../src/eventStore/eventStore.js';
import { decode } from '../../src/events/upcast.js';
import type { PolicyDocument } from '../../src/policy/policy.js';

export async function replayAll(store: EventStore, candidate: PolicyDocument): Promise<ReplayedRequest[]> {
  const published = await publishedPolicies(store);
  const accounts = new Map<string, AccountBacktest>();
  for await (const stored of store.readAll()) {
    if (!stored.stream.startsWith('account-')) continue;
    const account =
      accounts.get(stored.stream) ??
      new AccountBacktest(candidate, (version) => policyNamed(published, version ?? '')?.document);
    accounts.set(stored.stream, account);
    account.add(decode(stored));
  }
  return [...accounts.values()].flatMap((account) => account.finish());
}
