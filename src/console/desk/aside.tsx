/** What stands beside a request: what approval needs, notes, linked accounts, and what happened last. */
import { api, bodyOf } from '../api/client.js';
import type { Answer, ReviewPage } from '../api/types.js';
import { Badge, StatusBadge } from '../ui/badge.js';
import { Empty, Notice, ProblemNotice, Skeleton } from '../ui/feedback.js';
import { Section } from '../ui/page.js';
import { Time } from '../ui/time.js';
import { eventWords } from '../words/events.js';
import { standingWords } from '../words/account.js';
import { wordFor } from '../words/plain.js';
import { useBeside } from './useBeside.js';
import { eventsFrom, type TimelineItem } from './useReview.js';
import { didWords, moverWords, requirementWords, shareWords } from './words.js';

type Part = { readonly review: ReviewPage };

/** What is open before approval, what is met, and what was waived. */
export function Requirements({ review: { missing, waived, form } }: Part) {
  const open = new Map<string, string>(missing.map((one) => [one.requirement, one.awaitingActionFrom]));
  const all = [...new Set<string>([...(form?.approvalRequirements ?? []), ...open.keys(), ...waived])];
  if (all.length === 0) return null;
  return (
    <Section title="What approval needs">
      <ul class="plain needs">
        {all.map((requirement) => {
          const mover = open.get(requirement);
          const isWaived = (waived as readonly string[]).includes(requirement);
          return (
            <li key={requirement} class={mover === undefined ? 'need-met' : 'need-open'}>
              <span aria-hidden="true">{mover === undefined ? '✓' : '○'}</span>
              <span>
                {requirementWords(requirement)}
                <span class="small muted">
                  {isWaived ? ' waived' : mover === undefined ? ' met' : ` open, ${moverWords(mover)}`}
                </span>
              </span>
            </li>
          );
        })}
      </ul>
    </Section>
  );
}

export function Notes({ review: { notes, escalations }, marked }: Part & { readonly marked: boolean }) {
  // What is told above in red is not told twice.
  const written = notes.filter(
    ({ at, event }) => event !== 'ReviewEscalated' || !escalations.some((escalation) => escalation.at === at),
  );
  return (
    <Section title="Internal notes" id="notes" marked={marked}>
      {escalations.map(({ at, by, to, reason }) => (
        <Notice key={at} tone="stop" title={`Escalated to ${to}`}>
          {reason} <span class="small">({by})</span>
        </Notice>
      ))}
      {written.length === 0 ? (
        <p class="muted">Notes that reviewers write with their decisions appear here. Customers never see them.</p>
      ) : (
        <ul class="plain">
          {written.toReversed().map(({ at, by, event, text }, index) => (
            <li key={index} class="finding">
              <p class="small muted">
                <code>{by}</code> {didWords(event)} <Time at={at} />
              </p>
              <p class="prose">{text}</p>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

type Linked = Answer<'/v1/accounts/{accountId}/linked'>;

export function LinkedAccounts({ review }: Part) {
  const { accountId } = review;
  const { data, problem, refresh } = useBeside<Linked>(review, 'linked', (signal) =>
    bodyOf(api.GET('/v1/accounts/{accountId}/linked', { params: { path: { accountId } }, signal })),
  );
  return (
    <Section title="Linked accounts" id="linked">
      {data === undefined ? (
        problem === undefined ? (
          <Skeleton lines={2} label="Looking for linked accounts" />
        ) : (
          <ProblemNotice problem={problem} onRetry={refresh} />
        )
      ) : data.items.length === 0 ? (
        <p class="muted">No other account has the same website, sending domain, mail domain or address.</p>
      ) : (
        <ul class="plain">
          {data.items.map(({ accountId: other, company, status, standing, refused, shares }) => (
            <li key={other} class="finding">
              <p class="row">
                <a href={`/console/reviews/${encodeURIComponent(other)}`}>{company ?? other}</a>
                <StatusBadge status={status} />
                {standing !== 'good' && standing !== 'closed' && (
                  <Badge tone="stop">{wordFor(standingWords, standing)}</Badge>
                )}
                {refused && status !== 'rejected' && status !== 'revoked' && <Badge tone="stop">Was refused</Badge>}
              </p>
              <p class="small muted">
                <code>{other}</code>
                {shares.map(({ kind, value }) => `, ${shareWords(kind)}: ${value}`)}
              </p>
            </li>
          ))}
        </ul>
      )}
      {data?.truncated === true && <p class="small muted">There are more; the first 50 are shown.</p>}
    </Section>
  );
}

/** So many events are shown here; the account's page has them all. */
const mostEvents = 40;

export function Timeline({ review }: Part) {
  const { accountId, revision } = review;
  const from = Math.max(0, revision - mostEvents + 1);
  const { data, problem, refresh } = useBeside<readonly TimelineItem[]>(review, 'latest events', async () =>
    eventsFrom(accountId, from),
  );
  return (
    <Section
      title="What happened"
      id="timeline"
      actions={<a href={`/console/accounts/${encodeURIComponent(accountId)}`}>The account’s page</a>}
    >
      {data === undefined ? (
        problem === undefined ? (
          <Skeleton lines={6} label="Loading what happened" />
        ) : (
          <ProblemNotice problem={problem} onRetry={refresh} />
        )
      ) : data.length === 0 ? (
        <Empty title="Nothing yet" />
      ) : (
        <ol class="plain events">
          {data.toReversed().map(({ revision: at, type, data: told, occurredAt, actor }) => (
            <li key={at}>
              <span>{eventWords({ type, data: told }).title}</span>
              <span class="small muted">
                <code>{actor.id}</code> <Time at={occurredAt} />
              </span>
            </li>
          ))}
        </ol>
      )}
      {from > 0 && <p class="small muted">The last {mostEvents} events; the account’s page has all of them.</p>}
    </Section>
  );
}
