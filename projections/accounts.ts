/** One line for each account: lists, look-ups, and the funnel by status. */
import { accountOf } from '../src/events/envelope.js';
import { type Standing, standingOf, type Status, statusOf } from '../src/policy/status.js';
import { accountKey, allAccountEvents } from './accountRow.js';
import type { ProjectedEvent, Projection } from './projection.js';

export type AccountLine = {
  readonly accountId: string;
  readonly company: string | null;
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

function firstLine(event: ProjectedEvent): AccountLine {
  const { fact, stream, revision, position } = event;
  const company = fact.type === 'AccountSignedUp' ? (fact.data.company ?? null) : null;
  return {
    accountId: accountOf(stream) ?? stream,
    company,
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
  version: 4,
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
  },
  indexes: [['status', 'signed_up_at']],
};
