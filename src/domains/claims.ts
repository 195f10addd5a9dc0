/** Who else holds a domain: what screening asks, for a domain that another account has claimed goes to a person. */
import type { AccountLine } from '../../projections/accounts.js';
import { type DomainClaim, reversedName } from '../../projections/domainClaims.js';
import type { DomainState } from '../policy/facts.js';
import type { ReadModels } from '../readModels/readModels.js';
import { organisationalDomainOf } from './records.js';

/** Another account that holds the domain, or one of the same organisational domain. */
export type DomainHolder = {
  readonly accountId: string;
  /** One that was closed while it was suspended is suspended still. */
  readonly standing: 'good' | 'warned' | 'suspended' | 'closed';
  /** Whether its verification was rejected or revoked, and not granted since. */
  readonly refused: boolean;
  /** Who closed a closed account. */
  readonly closedBy?: 'customer' | 'provider';
  /** The state of its domain; of one that a suspended or refused account removed, as it was. */
  readonly state: DomainState;
  readonly domain: string;
  /** Whether it is this very domain, and not only one with the same owner by name. */
  readonly exact: boolean;
};

/** Most claims of one organisational domain that are looked at. */
const mostClaims = 1_000;

/** More accounts have such a domain than are looked at: who hides behind them is not known. */
export class TooManyClaims extends Error {
  override readonly name = 'TooManyClaims';
  constructor(domain: string) {
    super(`There are more than ${mostClaims} domains like ${domain}.`);
  }
}

function standingOf(line: AccountLine | undefined): DomainHolder['standing'] {
  if (line?.closedWhile === 'suspended') return 'suspended';
  return line === undefined || line.standing === 'none' ? 'good' : line.standing;
}

/**
 * Claims of the organisational domain and of what is below it; of the domain itself where it has none.
 * @throws {TooManyClaims}
 */
function claimsUnder({ store, generation }: ReadModels['domainClaims'], domain: string): DomainClaim[] {
  const first = reversedName(organisationalDomainOf(domain) ?? domain);
  const claims = store
    .query(generation, {
      where: [{ column: 'reversed', op: '<=', value: `${first}~` }],
      orderBy: ['reversed', 'key'],
      after: [first, ''],
      limit: mostClaims + 1,
    })
    .map((text) => JSON.parse(text) as DomainClaim);
  if (claims.length > mostClaims) throw new TooManyClaims(domain);
  return claims;
}

/**
 * Answers from the read models as they are; wait for the position that the answer must reflect before asking. Accounts
 * that removed the domain hold it no longer, but for suspended and refused ones: who was stopped with it may come back
 * with it. The exact ones come first.
 * @throws {TooManyClaims} when there are too many to look at
 */
export function domainHolders(readModels: Pick<ReadModels, 'domainClaims' | 'accounts'>) {
  return (domain: string, exceptAccountId: string): readonly DomainHolder[] => {
    const name = domain.toLowerCase().replace(/\.$/, '');
    return claimsUnder(readModels.domainClaims, name)
      .filter(({ accountId }) => accountId !== exceptAccountId)
      .map((claim) => {
        const line = readModels.accounts.row(claim.accountId);
        return {
          claim,
          standing: standingOf(line),
          refused: line?.refused === true,
          closedBy: line?.closedBy ?? undefined,
        };
      })
      .filter(({ claim, standing, refused }) => !claim.removed || standing === 'suspended' || refused)
      .map(({ claim, standing, refused, closedBy }) => ({
        accountId: claim.accountId,
        standing,
        refused,
        ...(closedBy === undefined ? {} : { closedBy }),
        state: claim.state,
        domain: claim.domain,
        exact: claim.domain === name,
      }))
      .toSorted((one, other) => Number(other.exact) - Number(one.exact));
  };
}
