/**
 * All figures at once, from one look at each account's journey.
 *
 * The time asked for, [from, to), means: an event counts when it happened then; a stay when it ended then; a round of
 * questions when it was asked then, however late it ended; the steps of the funnel are those of accounts that signed up
 * then. How many accounts are in a state is always as of the end of the log.
 */
import type { Journey } from '../../projections/journeys.js';
import { type Decisions, DecisionFigures } from './decisions.js';
import { type Funnel, FunnelFigures } from './funnel.js';
import { type Questions, QuestionFigures } from './questions.js';
import type { Range } from './range.js';
import type { InSteps } from './sample.js';
import { type TimeInState, TimeInStateFigures } from './timeInState.js';
import { WeekFigures, type Weeks } from './weeks.js';

export type Figures = {
  readonly funnel: Funnel;
  readonly timeInState: TimeInState;
  readonly questions: Questions;
  readonly decisions: Decisions;
  readonly weeks: Weeks;
};

export class Analysis {
  readonly #funnel: FunnelFigures;
  readonly #timeInState: TimeInStateFigures;
  readonly #questions: QuestionFigures;
  readonly #decisions: DecisionFigures;
  readonly #weeks: WeekFigures;

  constructor(range: Range) {
    this.#funnel = new FunnelFigures(range);
    this.#timeInState = new TimeInStateFigures(range);
    this.#questions = new QuestionFigures(range);
    this.#decisions = new DecisionFigures(range);
    this.#weeks = new WeekFigures(range);
  }

  /** Takes one account's journey; in which order they come does not matter. */
  add(journey: Journey): void {
    this.#funnel.add(journey);
    this.#timeInState.add(journey);
    this.#questions.add(journey);
    this.#decisions.add(journey);
    this.#weeks.add(journey);
  }

  /** The figures of all journeys taken so far, worked out in steps. */
  *figures(): InSteps<Figures> {
    return {
      funnel: yield* this.#funnel.figures(),
      timeInState: yield* this.#timeInState.figures(),
      questions: yield* this.#questions.figures(),
      decisions: yield* this.#decisions.figures(),
      weeks: this.#weeks.figures(),
    };
  }
}
