/** The rounds of questions, and what the customer answered. */
import type { ReviewPage } from '../api/types.js';
import { Badge } from '../ui/badge.js';
import { Notice } from '../ui/feedback.js';
import { Section } from '../ui/page.js';
import { Time } from '../ui/time.js';
import type { Tone } from '../words/status.js';
import { reasonWords, requirementWords } from './words.js';

type Round = ReviewPage['rounds'][number];

const outcomes: Readonly<Record<Round['outcome'], readonly [words: string, tone: Tone]>> = {
  open: ['Open', 'wait'],
  answered: ['Answered', 'ok'],
  cancelled: ['Taken back', 'quiet'],
  expired: ['Ran out', 'stop'],
};

export function Questions({ review, marked }: { readonly review: ReviewPage; readonly marked: boolean }) {
  const { rounds, questionsUnreachable, unreachableContacts, respondBy } = review;
  if (rounds.length === 0) return null;
  return (
    <Section title="Questions and answers" id="questions" marked={marked}>
      {questionsUnreachable && (
        <Notice tone="stop" title="No mail with the questions arrived; the time to answer stands still">
          {unreachableContacts.length === 0
            ? 'Reach the customer another way.'
            : `Not reached: ${unreachableContacts.join(', ')}. Reach the customer another way.`}
        </Notice>
      )}
      {rounds.toReversed().map((round, index) => (
        <RoundOf key={round.askedAt} round={round} number={rounds.length - index} respondBy={respondBy} />
      ))}
    </Section>
  );
}

type RoundProps = { readonly round: Round; readonly number: number; readonly respondBy: string | null };

function RoundOf({ round, number, respondBy }: RoundProps) {
  const { askedAt, askedBy, items, outcome, closedAt, answers = [], via } = round;
  const [words, tone] = outcomes[outcome];
  return (
    <article class="stack round" aria-label={`Round ${number}`}>
      <p class="row">
        <strong>Round {number}</strong>
        <Badge tone={tone}>{words}</Badge>
        <span class="small muted">
          asked by <code>{askedBy}</code> <Time at={askedAt} />
          {closedAt !== undefined && (
            <>
              , {words.toLowerCase()} <Time at={closedAt} />
            </>
          )}
          {outcome === 'open' && (
            <>
              , to be answered <Time at={respondBy ?? round.respondBy} />
            </>
          )}
          {via !== undefined && `, reply by ${via}`}
        </span>
      </p>
      <dl class="asked">
        {items.map(({ requirement, reasonCode, message }, index) => {
          const answer = answers.find((one) => one.requirement === requirement);
          return (
            <div key={index}>
              <dt>
                <span class="small muted">
                  {requirementWords(requirement)} · {reasonWords(reasonCode)}
                </span>
                <span class="prose">{message}</span>
              </dt>
              <dd>
                {answer === undefined ? (
                  <span class="muted">{outcome === 'open' ? 'No answer yet.' : 'Not answered.'}</span>
                ) : (
                  <>
                    {answer.text !== undefined && <p class="prose">{answer.text}</p>}
                    {answer.evidenceId !== undefined && (
                      <p>
                        Evidence <a href={`#evidence-${answer.evidenceId}`}>{answer.evidenceId}</a>
                      </p>
                    )}
                    {answer.cannotProvide !== undefined && (
                      <p class="prose">
                        <Badge tone="wait">Cannot provide it</Badge> {answer.cannotProvide}
                      </p>
                    )}
                  </>
                )}
              </dd>
            </div>
          );
        })}
      </dl>
    </article>
  );
}
