/** Counts over requests that were decided again: exact, however many there are; of a request nothing is kept. */
import { type ScreeningOutcome, screeningOutcomes, type ScreeningRule } from './again.js';
import type { ApprovalAgain, ReplayedRequest } from './requests.js';

/** How reality judged some requests afterwards: so many of them. Signals of abuse are counted one by one. */
export type Judged = {
  readonly requests: number;
  readonly approvedByPerson: number;
  readonly rejected: number;
  readonly warned: number;
  readonly suspended: number;
  readonly revoked: number;
  /** Suspended, revoked or both: what an approval should not have led to. */
  readonly suspendedOrRevoked: number;
  readonly abuseSignals: number;
};

type Counting = { -readonly [K in keyof Judged]: number };

export const approvalOutcomes = ['approved', 'refused', 'forestalled'] as const;

export type BacktestFigures = {
  readonly requests: {
    readonly total: number;
    readonly screened: number;
    readonly skipped: number;
    /** Ended before their checks, or still waiting for them. */
    readonly unscreened: number;
  };
  readonly screening: {
    readonly before: Readonly<Record<ScreeningOutcome, number>>;
    readonly after: Readonly<Record<ScreeningOutcome, number>>;
    /** The matrix before × after, cells of nobody left out. */
    readonly cells: readonly (Judged & { readonly before: ScreeningOutcome; readonly after: ScreeningOutcome })[];
    /** How often each rule decided, the most frequent one of the candidate's first. */
    readonly rules: readonly { readonly rule: ScreeningRule; readonly before: number; readonly after: number }[];
  };
  readonly approvals: {
    /** Requests that a person approved; each counts once, whatever appeals there were. */
    readonly requests: number;
    readonly cells: readonly (Judged & { readonly after: ApprovalAgain['outcome'] })[];
    readonly refusedBy: Readonly<Record<string, number>>;
  };
  /** Requests that the candidate would have approved without a person, and the log did not. */
  readonly wouldApprove: Judged;
  /** Requests that the log approved, by itself or by a person, and the candidate would not have approved there. */
  readonly wouldStop: Judged;
  /** Requests with a difference of either kind. */
  readonly differing: number;
  /** Requests by the version of the policy that decided them first. */
  readonly policies: Readonly<Record<string, number>>;
};

/** Whether the candidate decides otherwise: another outcome of the screening, or an approval that it refuses. */
export function differs({ screening, approval }: ReplayedRequest): boolean {
  const screenedOtherwise = typeof screening === 'object' && screening.before.outcome !== screening.after.outcome;
  return screenedOtherwise || approval?.outcome === 'refused';
}

export class BacktestTally {
  readonly #requests = { total: 0, screened: 0, skipped: 0, unscreened: 0 };
  readonly #screening = new Map<string, Counting>();
  readonly #rules = new Map<ScreeningRule, { before: number; after: number }>();
  readonly #approvals = new Map<string, Counting>();
  readonly #refusedBy = new Map<string, number>();
  readonly #policies = new Map<string, number>();
  readonly #wouldApprove = nothing();
  readonly #wouldStop = nothing();
  #differing = 0;

  add(request: ReplayedRequest): void {
    const { screening, approval } = request;
    this.#requests.total += 1;
    if (differs(request)) this.#differing += 1;
    const policy =
      typeof screening === 'object'
        ? screening.before.policyVersion
        : approval === null
          ? undefined
          : approval.policyVersion;
    if (policy !== undefined) raise(this.#policies, policy ?? 'none');
    if (screening === 'skipped') this.#requests.skipped += 1;
    else if (screening === 'none') this.#requests.unscreened += 1;
    else {
      this.#requests.screened += 1;
      count(cell(this.#screening, `${screening.before.outcome} ${screening.after.outcome}`), request);
      this.#rule(screening.before.rule).before += 1;
      this.#rule(screening.after.rule).after += 1;
    }
    if (approval !== null) {
      count(cell(this.#approvals, approval.outcome), request);
      if (approval.rule !== null) raise(this.#refusedBy, approval.rule);
    }
    const [before, after] =
      typeof screening === 'object' ? [screening.before.outcome, screening.after.outcome] : [undefined, undefined];
    if (after === 'approved' && before !== 'approved') count(this.#wouldApprove, request);
    const stoppedAtScreening = before === 'approved' && after !== 'approved';
    if (stoppedAtScreening || approval?.outcome === 'refused') count(this.#wouldStop, request);
  }

  #rule(rule: ScreeningRule): { before: number; after: number } {
    let known = this.#rules.get(rule);
    if (known === undefined) this.#rules.set(rule, (known = { before: 0, after: 0 }));
    return known;
  }

  /** The figures so far, each list in an order that depends on nothing but them. */
  figures(): BacktestFigures {
    const cells = screeningOutcomes.flatMap((before) =>
      screeningOutcomes.flatMap((after) => {
        const counted = this.#screening.get(`${before} ${after}`);
        return counted === undefined ? [] : [{ before, after, ...counted }];
      }),
    );
    const sumOf = (side: 'before' | 'after', outcome: ScreeningOutcome): number =>
      cells.filter((one) => one[side] === outcome).reduce((sum, { requests }) => sum + requests, 0);
    const sums = (side: 'before' | 'after'): Record<ScreeningOutcome, number> => ({
      approved: sumOf(side, 'approved'),
      asked: sumOf(side, 'asked'),
      review: sumOf(side, 'review'),
    });
    const approvals = approvalOutcomes.flatMap((after) => {
      const counted = this.#approvals.get(after);
      return counted === undefined ? [] : [{ after, ...counted }];
    });
    return {
      requests: { ...this.#requests },
      screening: {
        before: sums('before'),
        after: sums('after'),
        cells,
        rules: [...this.#rules]
          .map(([rule, counted]) => ({ rule, ...counted }))
          .toSorted((a, b) => b.after - a.after || b.before - a.before || (a.rule < b.rule ? -1 : 1)),
      },
      approvals: {
        requests: approvals.reduce((sum, { requests }) => sum + requests, 0),
        cells: approvals,
        refusedBy: inOrder(this.#refusedBy),
      },
      wouldApprove: { ...this.#wouldApprove },
      wouldStop: { ...this.#wouldStop },
      differing: this.#differing,
      policies: inOrder(this.#policies),
    };
  }
}

function nothing(): Counting {
  return {
    requests: 0,
    approvedByPerson: 0,
    rejected: 0,
    warned: 0,
    suspended: 0,
    revoked: 0,
    suspendedOrRevoked: 0,
    abuseSignals: 0,
  };
}

function cell(cells: Map<string, Counting>, key: string): Counting {
  let known = cells.get(key);
  if (known === undefined) cells.set(key, (known = nothing()));
  return known;
}

function count(counted: Counting, { later }: ReplayedRequest): void {
  counted.requests += 1;
  if (later.approvedByPersonAt !== null) counted.approvedByPerson += 1;
  if (later.rejectedAt !== null) counted.rejected += 1;
  if (later.warnedAt !== null) counted.warned += 1;
  if (later.suspendedAt !== null) counted.suspended += 1;
  if (later.revokedAt !== null) counted.revoked += 1;
  if (later.suspendedAt !== null || later.revokedAt !== null) counted.suspendedOrRevoked += 1;
  counted.abuseSignals += later.abuseSignals;
}

function raise(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function inOrder(counts: ReadonlyMap<string, number>): Record<string, number> {
  return Object.fromEntries([...counts].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
