/** What is decided: by kind, reason, policy and reviewer, and how long after the request. */
import { type Decision, type DecisionKind, decisionKinds, type Journey } from '../../projections/journeys.js';
import { isWithin, type Range } from './range.js';
import { Counts, type InSteps, Sample, type Summary } from './sample.js';

export type KindCounts = Readonly<Partial<Record<DecisionKind, number>>>;

export type Decider = {
  readonly decisions: number;
  readonly kinds: KindCounts;
  /** Milliseconds from the request, or the appeal, to its approval or rejection. */
  readonly fromRequest: Summary;
  /** Approvals and rejections by people that had a time to be decided in, and those of them that came after it. */
  readonly withDeadline: number;
  readonly late: number;
};

export type Decisions = {
  readonly kinds: readonly (Decider & {
    readonly kind: DecisionKind;
    readonly byPerson: number;
    readonly automatic: number;
  })[];
  /** A decision with several reasons counts for each. */
  readonly reasons: readonly { readonly kind: DecisionKind; readonly reasonCode: string; readonly decisions: number }[];
  /** By the policy that was in force; null where the log does not say it. */
  readonly policies: readonly (Decider & { readonly policyVersion: string | null })[];
  /** By the people who decided, the busiest first. */
  readonly reviewers: readonly (Decider & { readonly reviewer: string })[];
  /** What the system decided by itself. */
  readonly automatic: Decider;
};

/** Whether it came when the time to decide was over, as the review queue has it: from the deadline on. */
export function isLate({ at, due }: Pick<Decision, 'at' | 'due'>): boolean {
  return due !== null && at >= due;
}

/** Decisions of one sort. */
class Tally {
  readonly #kinds = new Counts<DecisionKind>();
  readonly #fromRequest = new Sample();
  decisions = 0;
  automatic = 0;
  withDeadline = 0;
  late = 0;

  add({ kind, at, since, automatic, due }: Decision): void {
    this.decisions += 1;
    if (automatic) this.automatic += 1;
    this.#kinds.add(kind);
    if (since !== null) this.#fromRequest.add(at - since);
    if (due !== null) this.withDeadline += 1;
    if (isLate({ at, due })) this.late += 1;
  }

  *figures(): InSteps<Decider> {
    const { decisions, withDeadline, late } = this;
    return { decisions, kinds: this.#kinds.all(), fromRequest: yield* this.#fromRequest.summary(), withDeadline, late };
  }
}

class Tallies<K> {
  readonly #tallies = new Map<K, Tally>();

  of(key: K): Tally {
    let known = this.#tallies.get(key);
    if (known === undefined) this.#tallies.set(key, (known = new Tally()));
    return known;
  }

  get entries(): readonly (readonly [K, Tally])[] {
    return [...this.#tallies];
  }
}

export class DecisionFigures {
  readonly #kinds = new Tallies<DecisionKind>();
  readonly #policies = new Tallies<string | null>();
  readonly #reviewers = new Tallies<string>();
  readonly #automatic = new Tally();
  readonly #reasons = new Counts<`${DecisionKind} ${string}`>();

  constructor(readonly range: Range) {}

  add({ decisions }: Journey): void {
    for (const decision of decisions) {
      if (!isWithin(this.range, decision.at)) continue;
      this.#kinds.of(decision.kind).add(decision);
      this.#policies.of(decision.policy).add(decision);
      (decision.automatic ? this.#automatic : this.#reviewers.of(decision.by)).add(decision);
      for (const code of decision.reasons) this.#reasons.add(`${decision.kind} ${code}`);
    }
  }

  *figures(): InSteps<Decisions> {
    const kinds: Decisions['kinds'][number][] = [];
    for (const kind of decisionKinds) {
      const tally = this.#kinds.of(kind);
      const { automatic } = tally;
      kinds.push({ kind, byPerson: tally.decisions - automatic, automatic, ...(yield* tally.figures()) });
    }
    const policies: Decisions['policies'][number][] = [];
    for (const [policyVersion, tally] of this.#policies.entries) {
      policies.push({ policyVersion, ...(yield* tally.figures()) });
    }
    const reviewers: Decisions['reviewers'][number][] = [];
    for (const [reviewer, tally] of this.#reviewers.entries) reviewers.push({ reviewer, ...(yield* tally.figures()) });
    const reasons = this.#reasons.keys().map((key) => {
      const [kind, reasonCode = ''] = key.split(' ');
      return { kind: kind as DecisionKind, reasonCode, decisions: this.#reasons.of(key) };
    });
    return {
      kinds,
      reasons: reasons.toSorted((a, b) => b.decisions - a.decisions),
      policies: policies.toSorted((a, b) => byCount(a, b) || byText(a.policyVersion ?? '', b.policyVersion ?? '')),
      reviewers: reviewers.toSorted((a, b) => byCount(a, b) || byText(a.reviewer, b.reviewer)),
      automatic: yield* this.#automatic.figures(),
    };
  }
}

function byCount(a: Decider, b: Decider): number {
  return b.decisions - a.decisions;
}

function byText(a: string, b: string): number {
  return a < b ? -1 : 1;
}
