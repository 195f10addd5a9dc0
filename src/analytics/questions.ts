/** What customers are asked, how often, and what comes of it. */
import { type Journey, roundEnds, type RoundEnd } from '../../projections/journeys.js';
import { isWithin, type Range } from './range.js';
import { Counts, type InSteps, Sample, Samples, type Summary } from './sample.js';

export type EndedHow = RoundEnd | 'open';

/** What was asked for: a requirement, for a reason. */
export type AskedFor = {
  readonly requirement: string;
  readonly reasonCode: string;
  readonly asked: number;
  readonly ended: Readonly<Record<string, number>>;
  readonly timeToAnswer: Summary;
};

export type Questions = {
  /** Of the requests made in the time asked for: how many had so many rounds of questions, appeals included. */
  readonly roundsOfRequests: readonly { readonly rounds: number; readonly requests: number }[];
  /** Rounds asked in the time asked for, re-reviews included. */
  readonly asked: number;
  readonly byScreening: number;
  readonly byPerson: number;
  /** Of these, those that belong to no request: asked in a re-review, or on the appeal of an account that never made one. */
  readonly outsideRequests: number;
  /** How they ended; `rejected`, `revoked`, `confirmed` and `closed` are what was decided while they were open. */
  readonly ended: Readonly<Record<EndedHow, number>>;
  /** Milliseconds from question to answer, of those that were answered. */
  readonly timeToAnswer: Summary;
  /** A round that asks for several things counts for each. */
  readonly askedFor: readonly AskedFor[];
};

export class QuestionFigures {
  readonly #roundsOfRequests = new Map<number, number>();
  readonly #rounds = new Counts<'asked' | 'byScreening' | 'outsideRequests'>();
  readonly #ended = new Counts<EndedHow>();
  readonly #timeToAnswer = new Sample();
  readonly #askedFor = new Map<string, { readonly ended: Counts<EndedHow>; asked: number }>();
  readonly #answers = new Samples<string>();

  constructor(readonly range: Range) {}

  add({ requests, rounds }: Journey): void {
    for (const [index, at] of requests.entries()) {
      if (!isWithin(this.range, at)) continue;
      const count = rounds.filter(({ request }) => request === index).length;
      this.#roundsOfRequests.set(count, (this.#roundsOfRequests.get(count) ?? 0) + 1);
    }
    for (const round of rounds) {
      if (!isWithin(this.range, round.at)) continue;
      const how = round.ended?.[0] ?? 'open';
      this.#rounds.add('asked');
      if (round.automatic) this.#rounds.add('byScreening');
      if (round.request === null) this.#rounds.add('outsideRequests');
      this.#ended.add(how);
      const took = round.ended === null || how !== 'answered' ? undefined : round.ended[1] - round.at;
      if (took !== undefined) this.#timeToAnswer.add(took);
      for (const [requirement, reasonCode] of round.items) this.#addItem(`${requirement} ${reasonCode}`, how, took);
    }
  }

  #addItem(key: string, how: EndedHow, took: number | undefined): void {
    let known = this.#askedFor.get(key);
    if (known === undefined) this.#askedFor.set(key, (known = { ended: new Counts(), asked: 0 }));
    known.asked += 1;
    known.ended.add(how);
    if (took !== undefined) this.#answers.add(key, took);
  }

  *figures(): InSteps<Questions> {
    const askedFor: AskedFor[] = [];
    for (const [key, { asked, ended }] of this.#askedFor) {
      const [requirement = '', reasonCode = ''] = key.split(' ');
      const timeToAnswer = yield* this.#answers.summary(key);
      askedFor.push({ requirement, reasonCode, asked, ended: ended.all(), timeToAnswer });
    }
    const asked = this.#rounds.of('asked');
    const byScreening = this.#rounds.of('byScreening');
    const ended = [...roundEnds, 'open' as const].map((how) => [how, this.#ended.of(how)]);
    return {
      roundsOfRequests: [...this.#roundsOfRequests]
        .map(([rounds, requests]) => ({ rounds, requests }))
        .toSorted((a, b) => a.rounds - b.rounds),
      asked,
      byScreening,
      byPerson: asked - byScreening,
      outsideRequests: this.#rounds.of('outsideRequests'),
      ended: Object.fromEntries(ended) as Record<EndedHow, number>,
      timeToAnswer: yield* this.#timeToAnswer.summary(),
      askedFor: askedFor.toSorted((a, b) => b.asked - a.asked || (keyOf(a) < keyOf(b) ? -1 : 1)),
    };
  }
}

function keyOf({ requirement, reasonCode }: AskedFor): string {
  return `${requirement} ${reasonCode}`;
}
