/** One line for each account: lists, look-ups by name, and the funnel by status. */
import { accountOf } from '../src/events/envelope.js';
import { type Standing, standingOf, type Status, statusOf } from '../src/policy/status.js';
import { accountKey, allAccountEvents } from './accountRow.js';
import type { ProjectedEvent, Projection } from './projection.js';

export type AccountLine = {
  readonly accountId: string;
  readonly company: string | null;
  /** The host of its website, as last told. */
  readonly website: string | null;
  /** Where its people have their mail; of addresses no more than the domain is kept. */
  readonly ownerDomain: string | null;
  readonly contactDomains: readonly string[];
  readonly technicalDomain: string | null;
  /** The domains that it sends from, or wants to. */
  readonly sendingDomains: readonly string[];
  readonly status: Status;
  readonly standing: Standing;
  /** Who closed it; null while it is open. */
  readonly closedBy: 'customer' | 'provider' | null;
  /** How it stood when it was closed: who is suspended or refused gets no clean slate by closing the account. */
  readonly closedWhile: Standing | null;
  /** Whether its verification was rejected or revoked, and not granted since, whatever was asked for afterwards. */
  readonly refused: boolean;
  readonly signedUpAt: string;
  /** How often verification was requested, information asked for, a request withdrawn, and verification approved. */
  readonly requests: number;
  readonly informationRequests: number;
  readonly withdrawals: number;
  readonly approvals: number;
  readonly lastEventAt: string;
  readonly revision: number;
  readonly position: string;
};

const counted: Readonly<Record<string, 'requests' | 'informationRequests' | 'withdrawals' | 'approvals'>> = {
  VerificationRequested: 'requests',
  InformationRequested: 'informationRequests',
  VerificationWithdrawn: 'withdrawals',
  VerificationApproved: 'approvals',
};

const refusing: Readonly<Record<string, boolean>> = {
  VerificationRejected: true,
  VerificationRevoked: true,
  VerificationApproved: false,
  VerificationGrandfathered: false,
};

/** The domain of an e-mail address. */
function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase();
}

/** What an event tells of the names by which an account is looked for. */
function namesAfter(line: AccountLine, { fact }: ProjectedEvent): Partial<AccountLine> {
  switch (fact.type) {
    case 'AccountSignedUp':
      return { ownerDomain: domainOf(fact.data.ownerEmail) };
    case 'ContactsUpdated':
      return { contactDomains: [...new Set(fact.data.contacts.map(({ email }) => domainOf(email)))] };
    case 'BusinessProfileUpdated':
    case 'VerificationRequested': {
      const { website, technicalContact } = fact.data;
      return {
        ...(website === undefined ? {} : { website: new URL(website).hostname }),
        ...(technicalContact === undefined ? {} : { technicalDomain: domainOf(technicalContact.email) }),
      };
    }
    case 'DomainAdded':
      return { sendingDomains: [...new Set([...line.sendingDomains, fact.data.domain])] };
    case 'DomainRemoved':
      return { sendingDomains: line.sendingDomains.filter((domain) => domain !== fact.data.domain) };
    default:
      return {};
  }
}

/** A text as it is looked for: without capitals and accents, and with single spaces. */
export function sought(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase().replaceAll(/\s+/g, ' ').trim();
}

/** All names of an account, a line each. */
function names(line: AccountLine): string {
  const { accountId, company, website, ownerDomain, contactDomains, technicalDomain, sendingDomains } = line;
  const all = [accountId, company, website, ownerDomain, ...contactDomains, technicalDomain, ...sendingDomains];
  return [...new Set(all.map((name) => sought(name ?? '')))].filter((name) => name !== '').join('\n');
}

function firstLine(event: ProjectedEvent): AccountLine {
  const { fact, stream, revision, position } = event;
  const company = fact.type === 'AccountSignedUp' ? (fact.data.company ?? null) : null;
  return {
    accountId: accountOf(stream) ?? stream,
    company,
    website: null,
    ownerDomain: null,
    contactDomains: [],
    technicalDomain: null,
    sendingDomains: [],
    status: 'not_requested',
    standing: 'good',
    closedBy: null,
    closedWhile: null,
    refused: false,
    signedUpAt: fact.occurredAt,
    requests: 0,
    informationRequests: 0,
    withdrawals: 0,
    approvals: 0,
    lastEventAt: fact.occurredAt,
    revision,
    position,
  };
}

function evolve(row: AccountLine | undefined, event: ProjectedEvent): AccountLine {
  const before = row ?? firstLine(event);
  const { fact, metadata, revision, position } = event;
  const count = counted[fact.type];
  return {
    ...before,
    ...namesAfter(before, event),
    ...(count === undefined ? {} : { [count]: before[count] + 1 }),
    status: statusOf(metadata.to) ?? before.status,
    standing: standingOf(metadata.to),
    ...(fact.type === 'AccountClosed' ? { closedBy: fact.data.cause, closedWhile: before.standing } : {}),
    refused: refusing[fact.type] ?? before.refused,
    lastEventAt: fact.occurredAt,
    revision,
    position,
  };
}

export const accounts: Projection<AccountLine> = {
  name: 'accounts',
  version: 5,
  types: allAccountEvents,
  key: accountKey,
  evolve,
  columns: {
    status: (row) => row.status,
    standing: (row) => row.standing,
    signed_up_at: (row) => row.signedUpAt,
    requests: (row) => row.requests,
    information_requests: (row) => row.informationRequests,
    withdrawals: (row) => row.withdrawals,
    approvals: (row) => row.approvals,
    names,
  },
  indexes: [
    ['status', 'signed_up_at', 'key'],
    ['signed_up_at', 'key'],
  ],
};
