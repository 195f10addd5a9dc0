/**
 * Figures worked out from stored events alone, in the plainest way there is: no projection, no shared code. Only what the
 * chart wrote into `to` is taken as it is.
 */
import type { StoredEvent } from '../../src/eventStore/eventStore.js';

type Times = { count: number; median: number | null; p90: number | null; p99: number | null; max: number | null };

function times(values: readonly number[]): Times {
  const inOrder = [...values].sort((a, b) => a - b);
  const at = (percent: number): number | null => {
    if (inOrder.length === 0) return null;
    const h = (inOrder.length - 1) * percent;
    const [lower = 0, upper = lower] = [inOrder[Math.floor(h / 100)], inOrder[Math.floor(h / 100) + 1]];
    return lower + ((upper - lower) * (h % 100)) / 100;
  };
  return { count: inOrder.length, median: at(50), p90: at(90), p99: at(99), max: inOrder.at(-1) ?? null };
}

type Event = {
  type: string;
  at: number;
  command: string;
  to: Record<string, unknown>;
  actor: { type: string; id: string };
  data: Record<string, unknown>;
};

const outermost = (value: unknown): string =>
  typeof value === 'string' ? value : (Object.keys(value as object)[0] ?? '');

function byAccount(stored: readonly StoredEvent[]): Event[][] {
  const accounts = new Map<string, Event[]>();
  for (const { stream, type, data, metadata } of stored.filter((one) => one.stream.startsWith('account-'))) {
    const { occurredAt, commandId, to, actor } = metadata as unknown as {
      occurredAt: string;
      commandId: string;
      to: Record<string, unknown>;
      actor: Event['actor'];
    };
    const events = accounts.get(stream) ?? [];
    events.push({
      type,
      at: Date.parse(occurredAt),
      command: commandId,
      to,
      actor,
      data: data as Record<string, unknown>,
    });
    accounts.set(stream, events);
  }
  return [...accounts.values()];
}

/** Stays of a region; what one command enters and leaves again is none. */
function staysIn(region: string, events: readonly Event[]): { state: string; from: number; to: number | null }[] {
  // What a command leads to is where it ends.
  const ends = events.filter((event, index) => events[index + 1]?.command !== event.command);
  const first = new Map(events.toReversed().map(({ command, at }) => [command, at]));
  const stays: { state: string; from: number; to: number | null }[] = [];
  for (const { to, command } of ends) {
    const state = outermost(to[region]);
    const last = stays.at(-1);
    if (last?.state === state) continue;
    const at = first.get(command) ?? 0;
    if (last !== undefined) last.to = at;
    stays.push({ state, from: at, to: null });
  }
  return stays;
}

const kindOf: Record<string, string> = {
  VerificationApproved: 'approved',
  VerificationRejected: 'rejected',
  VerificationRevoked: 'revoked',
  VerificationConfirmed: 'confirmed',
  VerificationGrandfathered: 'grandfathered',
  AccountWarned: 'warned',
  AccountSuspended: 'suspended',
  AccountReinstated: 'reinstated',
  AppealDismissed: 'appeal_dismissed',
};

const totalOf: Record<string, string> = {
  AccountSignedUp: 'signups',
  VerificationRequested: 'requests',
  InformationRequested: 'informationRequests',
  VerificationWithdrawn: 'withdrawals',
  VerificationApproved: 'approvals',
  VerificationRejected: 'rejections',
  VerificationRevoked: 'revocations',
  InformationRequestExpired: 'expiries',
  VerificationGrandfathered: 'grandfatherings',
  AccountWarned: 'warnings',
  AccountSuspended: 'suspensions',
  AccountReinstated: 'reinstatements',
  AppealSubmitted: 'appeals',
  AccountClosed: 'closures',
};

const stepTypes: readonly (readonly [string, readonly string[]])[] = [
  ['signed_up', ['AccountSignedUp']],
  ['people_added', ['PeopleAdded']],
  ['events_received', ['EventsReceived']],
  ['channel_configured', ['ChannelConfigured']],
  ['message_created', ['MessageCreated']],
  ['requested', ['VerificationRequested']],
  ['screened', ['ScreeningCompleted', 'ScreeningSkipped']],
  ['decided', ['VerificationApproved', 'VerificationRejected']],
  ['verified', ['VerificationApproved', 'VerificationGrandfathered']],
];

const questionEnds: Record<string, string> = {
  InformationSubmitted: 'answered',
  InformationRequestCancelled: 'cancelled',
  InformationRequestExpired: 'expired',
  VerificationWithdrawn: 'withdrawn',
  VerificationRejected: 'rejected',
  VerificationRevoked: 'revoked',
  AccountClosed: 'closed',
};

/** What ends the reviewers' time to decide, or begins another one. */
const endsTime = [
  'InformationRequested',
  'VerificationRequested',
  'VerificationApproved',
  'VerificationRejected',
  'VerificationWithdrawn',
  'InformationRequestExpired',
];

/** The instants of approvals and rejections by people that came after their time, looking back from each of them. */
function lateDecisions(events: readonly Event[]): number[] {
  return events.flatMap(({ type, at, actor }, index) => {
    if (!['VerificationApproved', 'VerificationRejected'].includes(type) || actor.type === 'system') return [];
    const before = events.slice(0, index);
    const told = before.findLastIndex(({ data }) => data['decideBy'] !== undefined && data['against'] !== 'suspension');
    const over = before.findLastIndex((one) => endsTime.includes(one.type));
    return told > over && at >= Date.parse(String(before[told]?.data['decideBy'])) ? [at] : [];
  });
}

/** What of the answers can be held against the events. @param from @param to milliseconds; [from, to) */
export function rawFigures(stored: readonly StoredEvent[], from = -Infinity, to = Infinity) {
  const accounts = byAccount(stored);
  const within = (at: number): boolean => at >= from && at < to;
  const events = accounts.flat().filter(({ at }) => within(at));
  const totals: Record<string, number> = Object.fromEntries(Object.values(totalOf).map((name) => [name, 0]));
  for (const { type } of events)
    if (totalOf[type] !== undefined) totals[totalOf[type]] = (totals[totalOf[type]] ?? 0) + 1;

  const states = (region: string) => {
    const all = accounts.flatMap((one) => staysIn(region, one));
    return (state: string) => {
      const ended = all.filter((stay) => stay.state === state && stay.to !== null && within(stay.to));
      return {
        stays: times(ended.map((stay) => (stay.to ?? 0) - stay.from)),
        now: all.filter((stay) => stay.state === state && stay.to === null).length,
      };
    };
  };

  const cohort = accounts.filter(([signedUp]) => signedUp !== undefined && within(signedUp.at));
  const firstAt = (one: readonly Event[], types: readonly string[]) => one.find(({ type }) => types.includes(type))?.at;
  const steps = stepTypes.map(([step, types], index) => {
    const before = stepTypes[index - 1]?.[1] ?? [];
    const reached = cohort.flatMap((one) => {
      const at = firstAt(one, types);
      return at === undefined ? [] : [{ at, before: firstAt(one, before), signUp: one[0]?.at ?? 0 }];
    });
    const inOrder = reached.flatMap(({ at, before: earlier }) =>
      earlier !== undefined && earlier <= at ? [at - earlier] : [],
    );
    return {
      step,
      accounts: reached.length,
      fromPrevious: index === 0 ? null : times(inOrder),
      fromSignUp: index === 0 ? null : times(reached.map(({ at, signUp }) => at - signUp)),
    };
  });

  const decided = events.filter(({ type }) => kindOf[type] !== undefined);
  const reviewers: Record<string, number> = {};
  const reasons: Record<string, number> = {};
  for (const { type, actor, data } of decided) {
    if (actor.type !== 'system') reviewers[actor.id] = (reviewers[actor.id] ?? 0) + 1;
    const codes = new Set(((data['reasons'] ?? []) as { code: string }[]).map(({ code }) => code));
    for (const code of codes)
      reasons[`${kindOf[type] ?? ''} ${code}`] = (reasons[`${kindOf[type] ?? ''} ${code}`] ?? 0) + 1;
  }

  const late = accounts.flatMap(lateDecisions).filter(within);

  const rounds = accounts.flatMap((one) =>
    one.flatMap((event, index) => {
      if (event.type !== 'InformationRequested' || !within(event.at)) return [];
      const end = one.slice(index + 1).find(({ type }) => questionEnds[type] !== undefined);
      return [
        {
          how: end === undefined ? 'open' : (questionEnds[end.type] ?? ''),
          took: end === undefined ? 0 : end.at - event.at,
        },
      ];
    }),
  );
  return {
    totals,
    steps,
    verification: states('verification'),
    standing: states('standing'),
    late: late.length,
    reviewers,
    reasons,
    kinds: (kind: string) => ({
      byPerson: decided.filter(({ type, actor }) => kindOf[type] === kind && actor.type !== 'system').length,
      automatic: decided.filter(({ type, actor }) => kindOf[type] === kind && actor.type === 'system').length,
    }),
    ended: (how: string) => rounds.filter((round) => round.how === how).length,
    timeToAnswer: times(rounds.filter(({ how }) => how === 'answered').map(({ took }) => took)),
    week: (monday: string) => {
      const [start, end] = [Date.parse(monday), Date.parse(monday) + 7 * 86_400_000];
      const types = events.filter(({ at }) => at >= start && at < end).map(({ type }) => type);
      const count = (type: string): number => types.filter((one) => one === type).length;
      return {
        signups: count('AccountSignedUp'),
        requests: count('VerificationRequested'),
        approvals: count('VerificationApproved'),
        rejections: count('VerificationRejected'),
        questions: count('InformationRequested'),
        late: late.filter((at) => at >= start && at < end).length,
      };
    },
  };
}
