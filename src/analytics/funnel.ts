/** How far accounts came, and how long each step took them. */
import { type Journey, type JourneyStep, journeySteps } from '../../projections/journeys.js';
import { isWithin, type Range } from './range.js';
import { Counts, type InSteps, Samples, type Summary } from './sample.js';

export type FunnelStep = {
  readonly step: JourneyStep;
  /** Accounts that reached it, however late; also one that came by another way (taken over as verified, say). */
  readonly accounts: number;
  /**
   * Milliseconds from the first time of the step before to the first time of this one, of accounts that took both in
   * this order; null for the first step.
   */
  readonly fromPrevious: Summary | null;
  /** Milliseconds from signing up. */
  readonly fromSignUp: Summary | null;
};

export const totalNames = [
  'signups',
  'requests',
  'informationRequests',
  'withdrawals',
  'approvals',
  'rejections',
  'revocations',
  'expiries',
  'grandfatherings',
  'warnings',
  'suspensions',
  'reinstatements',
  'appeals',
  'closures',
] as const;
export type TotalName = (typeof totalNames)[number];

export type Funnel = {
  /** Of the accounts that signed up in the time asked for. */
  readonly steps: readonly FunnelStep[];
  /** What happened in the time asked for, to whichever account. */
  readonly totals: Readonly<Record<TotalName, number>>;
};

const totalOf = {
  approved: 'approvals',
  rejected: 'rejections',
  revoked: 'revocations',
  grandfathered: 'grandfatherings',
  warned: 'warnings',
  suspended: 'suspensions',
  reinstated: 'reinstatements',
} as const;

export class FunnelFigures {
  readonly #accounts = new Counts<JourneyStep>();
  readonly #fromPrevious = new Samples<JourneyStep>();
  readonly #fromSignUp = new Samples<JourneyStep>();
  readonly #totals = new Counts<TotalName>();

  constructor(readonly range: Range) {}

  add(journey: Journey): void {
    this.#addTotals(journey);
    const { steps } = journey;
    const signedUp = steps.signed_up;
    if (signedUp === undefined || !isWithin(this.range, signedUp)) return;
    for (const [index, step] of journeySteps.entries()) {
      const at = steps[step];
      if (at === undefined) continue;
      this.#accounts.add(step);
      if (index === 0) continue;
      this.#fromSignUp.add(step, at - signedUp);
      const previous = steps[journeySteps[index - 1] ?? step];
      if (previous !== undefined && previous <= at) this.#fromPrevious.add(step, at - previous);
    }
  }

  #addTotals({ steps, requests, rounds, withdrawals, appeals, decisions, closedAt }: Journey): void {
    const count = (name: TotalName, at: number | null | undefined): void => {
      if (at !== null && at !== undefined && isWithin(this.range, at)) this.#totals.add(name);
    };
    count('signups', steps.signed_up);
    for (const at of requests) count('requests', at);
    for (const at of withdrawals) count('withdrawals', at);
    for (const at of appeals) count('appeals', at);
    for (const { at, ended } of rounds) {
      count('informationRequests', at);
      if (ended?.[0] === 'expired') count('expiries', ended[1]);
    }
    for (const { kind, at } of decisions) if (kind in totalOf) count(totalOf[kind as keyof typeof totalOf], at);
    count('closures', closedAt);
  }

  *figures(): InSteps<Funnel> {
    const steps: FunnelStep[] = [];
    for (const [index, step] of journeySteps.entries()) {
      const fromPrevious = index === 0 ? null : yield* this.#fromPrevious.summary(step);
      const fromSignUp = index === 0 ? null : yield* this.#fromSignUp.summary(step);
      steps.push({ step, accounts: this.#accounts.of(step), fromPrevious, fromSignUp });
    }
    const totals = Object.fromEntries(totalNames.map((name) => [name, this.#totals.of(name)]));
    return { steps, totals: totals as Record<TotalName, number> };
  }
}
