/** Who else holds a domain: what screening asks, for a domain that another account has claimed goes to a person. */
import type { AccountLine } from '../../projections/accounts.js';
import { type DomainClaim, reversedName } from '../../projections/domainClaims.js';
import type { DomainState } from '../policy/facts.js';
import type { ReadModels } from '../readModels/readModels.js';
import { organisationalDomainOf } from './records.js';

/** Another account that holds the domain, or one of the same organisational domain. */
export type DomainHolder = {
  readonly accountId: string;
  readonly standing: 'good' | 'warned' | 'suspended' | 'closed';
  /** The state of its domain; of one that a suspended account removed, as it was. */
  readonly state: DomainState;
  readonly domain: string;
  /** Whether it is this very domain, and not only one with the same owner by name. */
  readonly exact: boolean;
};

/** Most claims of one organisational domain that are looked at. */
const mostClaims = 1_000;

function standingOf(line: AccountLine | undefined): DomainHolder['standing'] {
  return line === undefined || line.standing === 'none' ? 'good' : line.standing;
}

/** Claims of the organisational domain and of what is below it; of the domain itself where it has none. */
function claimsUnder({ store, generation }: ReadModels['domainClaims'], domain: string): DomainClaim[] {
  const first = reversedName(organisationalDomainOf(domain) ?? domain);
  return store
    .query(generation, {
      where: [{ column: 'reversed', op: '<=', value: `${first}~` }],
      orderBy: ['reversed', 'key'],
      after: [first, ''],
      limit: mostClaims,
    })
    .map((text) => JSON.parse(text) as DomainClaim);
}

/**
 * Answers from the read models as they are; wait for the position that the answer must reflect before asking. Accounts
 * that removed the domain hold it no longer, but for suspended ones: who was suspended with it may come back with it.
 * The exact ones come first.
 */
export function domainHolders(readModels: Pick<ReadModels, 'domainClaims' | 'accounts'>) {
  return (domain: string, exceptAccountId: string): readonly DomainHolder[] => {
    const name = domain.toLowerCase().replace(/\.$/, '');
    return claimsUnder(readModels.domainClaims, name)
      .filter(({ accountId }) => accountId !== exceptAccountId)
      .map((claim) => ({ claim, standing: standingOf(readModels.accounts.row(claim.accountId)) }))
      .filter(({ claim, standing }) => !claim.removed || standing === 'suspended')
      .map(({ claim, standing }) => ({
        accountId: claim.accountId,
        standing,
        state: claim.state,
        domain: claim.domain,
        exact: claim.domain === name,
      }))
      .toSorted((one, other) => Number(other.exact) - Number(one.exact));
  };
}
