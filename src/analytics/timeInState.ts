/** How long accounts stay in each state, and how many are there now. */
import type { Journey, Stay } from '../../projections/journeys.js';
import { isWithin, type Range } from './range.js';
import { Counts, type InSteps, Samples, type Summary } from './sample.js';

export type StateFigures = {
  readonly state: string;
  /** Stays that ended in the time asked for, in milliseconds. Leaving and coming back are two. */
  readonly stays: Summary;
  /** Accounts that are in the state at the end of the log. */
  readonly now: number;
};

export type TimeInState = {
  readonly verification: readonly StateFigures[];
  readonly standing: readonly StateFigures[];
};

/** The outermost states of the chart's regions, in the order of an account's life. */
export const verificationStates = [
  'notRequested',
  'screening',
  'pendingReview',
  'infoRequested',
  'verified',
  'rejected',
  'revoked',
  'expired',
  'ended',
] as const;
export const standings = ['good', 'warned', 'suspended', 'closed'] as const;

class Region {
  readonly #stays = new Samples<string>();
  readonly #now = new Counts<string>();

  constructor(
    readonly states: readonly string[],
    readonly range: Range,
  ) {}

  add(stays: readonly Stay[]): void {
    for (const [state, enteredAt, leftAt] of stays) {
      if (leftAt === null) this.#now.add(state);
      else if (isWithin(this.range, leftAt)) this.#stays.add(state, leftAt - enteredAt);
    }
  }

  *figures(): InSteps<StateFigures[]> {
    const figures: StateFigures[] = [];
    for (const state of this.states) {
      figures.push({ state, stays: yield* this.#stays.summary(state), now: this.#now.of(state) });
    }
    return figures;
  }
}

export class TimeInStateFigures {
  readonly #verification: Region;
  readonly #standing: Region;

  constructor(range: Range) {
    this.#verification = new Region(verificationStates, range);
    this.#standing = new Region(standings, range);
  }

  add({ verification, standing }: Journey): void {
    this.#verification.add(verification);
    this.#standing.add(standing);
  }

  *figures(): InSteps<TimeInState> {
    return { verification: yield* this.#verification.figures(), standing: yield* this.#standing.figures() };
  }
}
