/** One line for each account: names and addresses by which another account may turn out to be of the same people. */
import { accountOf } from '../src/events/envelope.js';
import { accountKey } from './accountRow.js';
import { reversedName } from './domainClaims.js';
import type { ProjectedEvent, Projection } from './projection.js';

/** As the account has them now; what it replaced is not kept. Addresses and hosts are in lower case. */
export type AccountTraces = {
  readonly accountId: string;
  /** The host of its website. */
  readonly website: string | null;
  /** The address that it signed up with. */
  readonly owner: string | null;
  readonly technical: string | null;
  /** The addresses of whoever else it named. They lead from this account to others, not back. */
  readonly contacts: readonly string[];
};

const types = ['AccountSignedUp', 'ContactsUpdated', 'BusinessProfileUpdated', 'VerificationRequested'] as const;

/** The domain of an address, in lower case. */
export function addressDomain(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase();
}

/** What it says of its website and of the technical contact; what it does not mention stays. */
function named(data: {
  readonly website?: string | undefined;
  readonly technicalContact?: { readonly email: string } | undefined;
}): Partial<AccountTraces> {
  const { website, technicalContact } = data;
  return {
    ...(website === undefined || !URL.canParse(website) ? {} : { website: new URL(website).hostname.toLowerCase() }),
    ...(technicalContact === undefined ? {} : { technical: technicalContact.email.toLowerCase() }),
  };
}

function changed({ fact }: ProjectedEvent): Partial<AccountTraces> {
  switch (fact.type) {
    case 'AccountSignedUp':
      return { owner: fact.data.ownerEmail.toLowerCase() };
    case 'ContactsUpdated':
      return { contacts: fact.data.contacts.map(({ email }) => email.toLowerCase()) };
    case 'BusinessProfileUpdated':
    case 'VerificationRequested':
      return named(fact.data);
    default:
      return {};
  }
}

function evolve(row: AccountTraces | undefined, event: ProjectedEvent): AccountTraces {
  const before = row ?? {
    accountId: accountOf(event.stream) ?? event.stream,
    website: null,
    owner: null,
    technical: null,
    contacts: [],
  };
  return { ...before, ...changed(event) };
}

const reversed = (name: string | null): string | null => (name === null ? null : reversedName(name));
const reversedDomain = (address: string | null): string | null =>
  address === null ? null : reversedName(addressDomain(address));

export const accountTraces: Projection<AccountTraces> = {
  name: 'account_traces',
  version: 1,
  types,
  key: accountKey,
  evolve,
  // Domains are reversed, so that those of one organisation lie together.
  columns: {
    owner: (row) => row.owner,
    technical: (row) => row.technical,
    website: (row) => reversed(row.website),
    owner_domain: (row) => reversedDomain(row.owner),
    technical_domain: (row) => reversedDomain(row.technical),
  },
  indexes: [['owner'], ['technical'], ['website', 'key'], ['owner_domain', 'key'], ['technical_domain', 'key']],
};
