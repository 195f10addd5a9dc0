/** Which other accounts have something in common with one: its website, its domains, its people's addresses. */
import type { AccountLine } from '../../projections/accounts.js';
import { addressDomain, type AccountTraces } from '../../projections/accountTraces.js';
import { type DomainClaim, reversedName } from '../../projections/domainClaims.js';
import { pausesAfter } from '../app/stretches.js';
import type { ReadModels } from '../readModels/readModels.js';
import { domainHolders, type DomainHolder, TooManyClaims } from './claims.js';
import { organisationalDomainOf } from './records.js';

/** What two accounts can share; `value` is what the other one has of it. */
export const shareKinds = ['address', 'website', 'sending_domain', 'mail_domain'] as const;
export type Share = { readonly kind: (typeof shareKinds)[number]; readonly value: string };

export type LinkedAccount = Pick<AccountLine, 'accountId' | 'company' | 'status' | 'refused' | 'signedUpAt'> & {
  /** One that was closed while it was suspended is suspended still. */
  readonly standing: DomainHolder['standing'];
  readonly shares: readonly Share[];
};

export type LinkedAccounts = {
  /** Suspended and refused ones first, then those that share most. */
  readonly items: readonly LinkedAccount[];
  /** Whether there are more than are looked at or given. */
  readonly truncated: boolean;
};

type Models = Pick<ReadModels, 'accountTraces' | 'domainClaims' | 'accounts'>;

/** Most organisations and addresses of the account, most others looked at for each, most accounts given. */
const most = { names: 50, others: 200, accounts: 50 } as const;

/** Gathers what each other account shares. */
class Shared {
  readonly #of = new Map<string, Map<string, Share>>();
  truncated = false;

  constructor(readonly accountId: string) {}

  add(accountId: string, kind: Share['kind'], value: string | null): void {
    if (accountId === this.accountId || value === null) return;
    const shares = this.#of.get(accountId) ?? new Map<string, Share>();
    this.#of.set(accountId, shares.set(`${kind} ${value}`, { kind, value }));
  }

  get all(): [accountId: string, shares: Share[]][] {
    return [...this.#of].map(([accountId, shares]) => [accountId, ordered([...shares.values()])]);
  }
}

/** The strongest first; an address in common says its domain already. */
function ordered(shares: readonly Share[]): Share[] {
  const known = new Set(shares.filter(({ kind }) => kind === 'address').map(({ value }) => addressDomain(value)));
  return shares
    .filter(({ kind, value }) => kind !== 'mail_domain' || !known.has(value))
    .toSorted((one, other) => shareKinds.indexOf(one.kind) - shareKinds.indexOf(other.kind));
}

function present<T>(values: readonly (T | null)[]): T[] {
  return [...new Set(values.filter((value) => value !== null))];
}

function addressesOf({ owner, technical, contacts }: AccountTraces): string[] {
  return present([owner, technical, ...contacts]);
}

/** The domains that the account claims today. */
function claimed({ store, generation }: Models['domainClaims'], accountId: string): string[] {
  return store
    .query(generation, {
      where: [{ column: 'account', op: '=', value: accountId }],
      limit: most.others,
    })
    .map((text) => JSON.parse(text) as DomainClaim)
    .filter(({ removed }) => !removed)
    .map(({ domain }) => domain);
}

/** The organisational domains behind its website, its sending domains and its people's addresses. */
function organisationsOf(models: Models, traces: AccountTraces, freeMail: readonly string[]): string[] {
  const names = [...present([traces.website]), ...claimed(models.domainClaims, traces.accountId)];
  const ofPeople = addressesOf(traces).map(addressDomain);
  const isFree = (name: string): boolean => freeMail.some((free) => name === free || name.endsWith(`.${free}`));
  const organisations = [...names, ...ofPeople].map((name) => organisationalDomainOf(name) ?? name);
  // Whoever writes from a free mail provider has nothing in common by that.
  return [...new Set(organisations)].filter((name) => !isFree(name));
}

function firstOf(rows: readonly string[], shared: Shared): AccountTraces[] {
  if (rows.length > most.others) shared.truncated = true;
  return rows.slice(0, most.others).map((text) => JSON.parse(text) as AccountTraces);
}

/** Accounts whose column has a name of this organisation. */
function under({ accountTraces }: Models, column: string, organisation: string, shared: Shared): AccountTraces[] {
  const first = reversedName(organisation);
  const rows = accountTraces.store.query(accountTraces.generation, {
    where: [{ column, op: '<=', value: `${first}~` }],
    orderBy: [column, 'key'],
    after: [first, ''],
    limit: most.others + 1,
  });
  return firstOf(rows, shared);
}

function addOrganisation(models: Models, organisation: string, shared: Shared): void {
  for (const { accountId, website } of under(models, 'website', organisation, shared)) {
    shared.add(accountId, 'website', website);
  }
  for (const person of ['owner', 'technical'] as const) {
    for (const other of under(models, `${person}_domain`, organisation, shared)) {
      const address = other[person];
      shared.add(other.accountId, 'mail_domain', address === null ? null : addressDomain(address));
    }
  }
  try {
    for (const { accountId, domain } of domainHolders(models)(organisation, shared.accountId)) {
      shared.add(accountId, 'sending_domain', domain);
    }
  } catch (error) {
    if (!(error instanceof TooManyClaims)) throw error;
    shared.truncated = true;
  }
}

function addAddress({ accountTraces }: Models, address: string, shared: Shared): void {
  for (const column of ['owner', 'technical']) {
    const where = [{ column, op: '=', value: address }] as const;
    const rows = accountTraces.store.query(accountTraces.generation, { where, limit: most.others + 1 });
    for (const { accountId } of firstOf(rows, shared)) shared.add(accountId, 'address', address);
  }
}

function accountOf({ accounts }: Models, accountId: string, shares: readonly Share[]): LinkedAccount[] {
  const line = accounts.row(accountId);
  // The line of an account that signed up just now may come a moment later than its traces.
  if (line === undefined) return [];
  const { company, status, refused, signedUpAt, closedWhile } = line;
  const own = line.standing === 'none' ? 'good' : line.standing;
  const standing = closedWhile === 'suspended' ? 'suspended' : own;
  return [{ accountId, company, status, refused, signedUpAt, standing, shares }];
}

function weight({ standing, refused, shares }: LinkedAccount): number {
  return (standing === 'suspended' ? 2_000 : 0) + (refused ? 1_000 : 0) + shares.length;
}

/** So long it works at a stretch, in milliseconds, before everything else gets its turn. */
const stretch = 2;

/**
 * The accounts linked to one, from the read models as they are. An account may name so many people and organisations that
 * tens of thousands of others are looked at.
 * @param freeMail the mail providers at which everybody can have an address
 */
export async function linkedAccounts(
  models: Models,
  accountId: string,
  freeMail: readonly string[],
): Promise<LinkedAccounts> {
  const pause = pausesAfter(stretch);
  const traces = models.accountTraces.row(accountId);
  if (traces === undefined) return { items: [], truncated: false };
  const shared = new Shared(accountId);
  const organisations = organisationsOf(models, traces, freeMail);
  const addresses = addressesOf(traces);
  shared.truncated = organisations.length > most.names || addresses.length > most.names;
  for (const organisation of organisations.slice(0, most.names)) {
    addOrganisation(models, organisation, shared);
    await pause();
  }
  for (const address of addresses.slice(0, most.names)) {
    addAddress(models, address, shared);
    await pause();
  }
  const found: LinkedAccount[] = [];
  for (const [other, shares] of shared.all) {
    found.push(...accountOf(models, other, shares));
    await pause();
  }
  const items = found.toSorted(
    (one, other) => weight(other) - weight(one) || (one.accountId < other.accountId ? -1 : 1),
  );
  return { items: items.slice(0, most.accounts), truncated: shared.truncated || items.length > most.accounts };
}
