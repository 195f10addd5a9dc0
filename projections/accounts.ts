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

function firstLine(event: ProjectedEvent): AccountLine {
  const { fact, stream, revision, position } = event;
  const company = fact.type === 'AccountSignedUp' ? (fact.data.company ?? null) : null;
  return {
    accountId: accountOf(stream) ?? stream,
    company,
    status: 'not_requested',
    standing: 'good',
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
    lastEventAt: fact.occurredAt,
    revision,
    position,
  };
}

export const accounts: Projection<AccountLine> = {
  name: 'accounts',
  version: 2,
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
