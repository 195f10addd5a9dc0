/** Earlier decisions, appeals and what they are against, standing and abuse signals. */
import type { ReviewPage } from '../api/types.js';
import { Badge } from '../ui/badge.js';
import { Section } from '../ui/page.js';
import { Time } from '../ui/time.js';
import { capitalised } from '../words/plain.js';
import { codeWords, type Tone } from '../words/status.js';
import { didWords, reasonWords, requirementWords } from './words.js';

type Reasons = ReviewPage['decisions'][number]['reasons'];

export function Reasons({ reasons }: { readonly reasons: Reasons }) {
  if (reasons.length === 0) return null;
  return (
    <ul class="plain reasons">
      {reasons.map(({ code, requirement, customerMessage }, index) => (
        <li key={index}>
          <span class="small muted">
            {reasonWords(code)}
            {requirement === undefined ? '' : ` · ${requirementWords(requirement)}`}
          </span>
          <span class="prose">{customerMessage}</span>
        </li>
      ))}
    </ul>
  );
}

const appealWords: Readonly<Record<string, string>> = {
  none: 'no appeal was made',
  open: 'an appeal is under review',
  used: 'the appeal was decided',
};

/** The appeal that waits for a decision, beside what it is against. */
export function AppealSection({ review, marked }: { readonly review: ReviewPage; readonly marked: boolean }) {
  const { appeals, decision, standing, suspensionAppeal } = review;
  const open = decision?.appeal === 'open' ? 'verification' : suspensionAppeal ? 'suspension' : undefined;
  const appeal = appeals.findLast(({ against }) => against === open);
  if (open === undefined || appeal === undefined) return null;
  return (
    <Section title={open === 'verification' ? 'Appeal to decide' : 'Appeal against the suspension'} marked={marked}>
      <div class="two">
        <figure class="quote">
          <figcaption>
            The customer, <Time at={appeal.at} />
          </figcaption>
          <blockquote class="prose">{appeal.statement}</blockquote>
        </figure>
        <figure class="quote">
          {open === 'verification' && decision !== null ? (
            <>
              <figcaption>
                {codeWords(decision.kind)} by <code>{decision.by}</code>, <Time at={decision.at} />
              </figcaption>
              <Reasons reasons={decision.reasons} />
            </>
          ) : (
            <>
              <figcaption>
                Suspended
                {standing.since !== null && (
                  <>
                    {' '}
                    <Time at={standing.since} />
                  </>
                )}
              </figcaption>
              <Reasons reasons={standing.reasons} />
            </>
          )}
        </figure>
      </div>
    </Section>
  );
}

/** Why a verified account is looked at again. */
export function ReReview({ review, marked }: { readonly review: ReviewPage; readonly marked: boolean }) {
  const opened = review.decisions.findLast(({ type }) => type === 'ReReviewOpened');
  if (review.review?.startsWith('re_review') !== true || opened === undefined) return null;
  return (
    <Section title="Why it is looked at again" marked={marked}>
      <figure class="quote">
        <figcaption>
          Opened by <code>{opened.by}</code>, <Time at={opened.at} />; sending goes on meanwhile
        </figcaption>
        <Reasons reasons={opened.reasons} />
      </figure>
    </Section>
  );
}

const decisionTones: Readonly<Record<string, Tone>> = {
  VerificationApproved: 'ok',
  VerificationConfirmed: 'ok',
  AccountReinstated: 'ok',
  VerificationRejected: 'stop',
  VerificationRevoked: 'stop',
  AccountSuspended: 'stop',
  AccountWarned: 'wait',
  AppealDismissed: 'stop',
  ReReviewOpened: 'info',
};

export function Decisions({ review, marked }: { readonly review: ReviewPage; readonly marked: boolean }) {
  const { decisions, decision, appeals } = review;
  if (decisions.length === 0) return null;
  return (
    <Section
      title="Decisions so far"
      id="decisions"
      marked={marked}
      lead={
        decision === null ? undefined : (
          <>
            {codeWords(decision.kind)}: {decision.retryable && !decision.windowClosed ? 'may ask again' : 'final'}
            {decision.resubmitUntil !== undefined && !decision.windowClosed && (
              <>
                {' '}
                until <Time at={decision.resubmitUntil} exact />
              </>
            )}
            , {appealWords[decision.appeal]}.
          </>
        )
      }
    >
      <ol class="plain">
        {decisions.toReversed().map(({ type, at, by, reasons }) => (
          <li key={`${type} ${at}`} class="finding">
            <p class="row">
              <Badge tone={decisionTones[type]}>{capitalised(didWords(type))}</Badge>
              <span class="small muted">
                by <code>{by}</code> <Time at={at} />
              </span>
            </p>
            <Reasons reasons={reasons} />
          </li>
        ))}
      </ol>
      {appeals.length > 0 && (
        <details class="small">
          <summary>What the customer wrote in {appeals.length === 1 ? 'the appeal' : 'the appeals'}</summary>
          {appeals.map(({ against, statement, at }) => (
            <figure key={at} class="quote">
              <figcaption>
                Against the {against}, <Time at={at} />
              </figcaption>
              <blockquote class="prose">{statement}</blockquote>
            </figure>
          ))}
        </details>
      )}
    </Section>
  );
}

const standingTones: Readonly<Record<string, Tone>> = {
  warned: 'wait',
  suspended: 'stop',
  closed: 'quiet',
  good: 'ok',
};

export function Standing({ review, marked }: { readonly review: ReviewPage; readonly marked: boolean }) {
  const { standing, signals } = review;
  if (standing.state === 'good' && signals.length === 0) return null;
  return (
    <Section title="Standing" id="standing" marked={marked}>
      <p class="row">
        <Badge tone={standingTones[standing.state]}>{codeWords(standing.state)}</Badge>
        {standing.since !== null && (
          <span class="small muted">
            <Time at={standing.since} />
          </span>
        )}
      </p>
      <Reasons reasons={standing.reasons} />
      {signals.length > 0 && (
        <ul class="plain">
          {signals.toReversed().map(({ kind, rate, window, source, at }, index) => (
            <li key={index} class="small">
              <Badge tone="wait">{codeWords(kind)}</Badge>{' '}
              {rate === undefined ? '' : `${(rate * 100).toLocaleString('en')} % `}
              {window === undefined ? '' : `in ${window}, `}from {source}, <Time at={at} />
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
