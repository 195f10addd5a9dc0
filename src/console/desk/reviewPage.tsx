/** One review on one page: what is known, what changed, and what can be done. */
import { useRoute } from 'preact-iso';
import { useEffect, useRef } from 'preact/hooks';
import type { ReviewPage as Review } from '../api/types.js';
import { Badge, StatusBadge } from '../ui/badge.js';
import { Button, ButtonLink } from '../ui/button.js';
import { Notice, ProblemNotice, Skeleton } from '../ui/feedback.js';
import { Id } from '../ui/id.js';
import { Facts, Page, Section } from '../ui/page.js';
import { Time } from '../ui/time.js';
import { eventWords } from '../words/events.js';
import { ActionsPanel } from './actionsPanel.js';
import { LinkedAccounts, Notes, Requirements, Timeline } from './aside.js';
import type { Part } from './changes.js';
import { CustomerForm } from './customerForm.js';
import { DomainsSection } from './domains.js';
import { Evidence } from './evidence.js';
import { Findings } from './findings.js';
import { AppealSection, Decisions, ReReview, Standing } from './history.js';
import { Proposal } from './proposal.js';
import { Questions } from './questions.js';
import { useFit } from './useFit.js';
import { type OpenReview, useReview } from './useReview.js';
import { reviewTone, reviewWords } from './words.js';
import './desk.css';

export default function ReviewPage() {
  const { accountId = '' } = useRoute().params;
  return <OpenedReview key={accountId} accountId={accountId} />;
}

function OpenedReview({ accountId }: { readonly accountId: string }) {
  const open = useReview(accountId);
  const { review, problem, refresh } = open;
  if (review === undefined) {
    return (
      <Page title={accountId}>
        {problem === undefined ? (
          <div class="columns">
            <Skeleton lines={18} label="Loading the review" />
            <Skeleton lines={10} label="Loading what can be done" />
          </div>
        ) : (
          <ProblemNotice problem={problem} onRetry={() => refresh()} />
        )}
      </Page>
    );
  }
  return <Reviewed review={review} open={open} />;
}

function Reviewed({ review, open }: { readonly review: Review; readonly open: OpenReview }) {
  const { accountId, company, proposal } = review;
  const has = (part: Part): boolean => open.marked.has(part);
  const parts = { review };
  const aside = useRef<HTMLElement>(null);
  useFit(aside);
  return (
    <Page
      title={company ?? accountId}
      lead={<Lead review={review} />}
      actions={
        <ButtonLink href={`/console/accounts/${encodeURIComponent(accountId)}`}>Chart, gate and history</ButtonLink>
      }
      wide
    >
      <Summary review={review} />
      <News open={open} />
      {open.problem !== undefined && <ProblemNotice problem={open.problem} onRetry={() => open.refresh()} />}
      <div class="columns desk-columns">
        <div class="stack desk-main">
          <AppealSection {...parts} marked={has('decisions') || has('standing')} />
          <ReReview {...parts} marked={has('decisions')} />
          {proposal !== null && (
            <Section title="Proposed for approval" id="proposal" marked={has('proposal')}>
              <Proposal proposal={proposal} />
            </Section>
          )}
          <CustomerForm {...parts} marked={has('form')} />
          <Findings {...parts} marked={has('findings')} />
          <Questions {...parts} marked={has('questions')} />
          <Evidence {...parts} marked={has('evidence')} />
          <DomainsSection {...parts} marked={has('domains')} />
          <Decisions {...parts} marked={has('decisions')} />
          <Standing {...parts} marked={has('standing')} />
        </div>
        <aside ref={aside} class="stack desk-aside" aria-label="Decide, and what is known beside the request">
          <ActionsPanel review={review} open={open} />
          <Requirements {...parts} />
          <Notes {...parts} marked={has('notes')} />
          <LinkedAccounts {...parts} />
          <Timeline {...parts} />
        </aside>
      </div>
    </Page>
  );
}

function Lead({
  review: { accountId, status, review, suspensionAppeal, decision, standing },
}: {
  readonly review: Review;
}) {
  return (
    <div class="row">
      <Id value={accountId} />
      <StatusBadge status={status} />
      {review === null ? (
        <Badge>Nothing to decide</Badge>
      ) : (
        <Badge tone={reviewTone(review)}>{reviewWords(review)}</Badge>
      )}
      {decision?.appeal === 'open' && <Badge tone="stop">Appeal</Badge>}
      {suspensionAppeal && review !== 'suspension_appeal' && <Badge tone="stop">Suspension appealed</Badge>}
      {standing.state === 'suspended' && <Badge tone="stop">Suspended</Badge>}
      {standing.state === 'warned' && <Badge tone="wait">Warned</Badge>}
    </div>
  );
}

function Summary({ review }: { readonly review: Review }) {
  const { waitingSince, decideBy, overdue, assignee, respondBy, policyVersion, mailReference } = review;
  return (
    <div class="desk-summary">
      <Facts
        items={[
          ['Waiting since', waitingSince === null ? null : <Time at={waitingSince} />],
          [
            'Decide by',
            decideBy === null ? null : (
              <span class={overdue ? 'queue-late' : undefined}>
                {overdue ? 'overdue: ' : ''}
                <Time at={decideBy} />
              </span>
            ),
          ],
          ...(respondBy === null ? [] : [['Customer answers by', <Time at={respondBy} />] as const]),
          ['With', assignee === null ? 'nobody' : <code>{assignee}</code>],
          ['Policy', <code>{policyVersion}</code>],
          ['Reference in mails', <Id value={mailReference} />],
        ]}
      />
    </div>
  );
}

/** What came in while somebody read; the page itself stays as it is until they ask for it. */
function News({ open: { news, marked, showNews, unmark } }: { readonly open: OpenReview }) {
  const place = useRef<HTMLDivElement>(null);
  const isNew = news.length > 0;
  useEffect(() => {
    // The button that showed it is gone; whoever pressed it goes on at what changed.
    if (!isNew && document.activeElement === document.body) place.current?.focus();
  }, [isNew]);
  if (isNew) {
    return (
      <div ref={place} class="desk-news">
        <Notice
          tone="wait"
          live="polite"
          title="This review changed while you read it"
          actions={
            <Button small kind="primary" onClick={showNews}>
              Show what changed <kbd>u</kbd>
            </Button>
          }
        >
          <ul class="plain">
            {news.slice(-8).map(({ revision, type, data, actor, occurredAt }) => (
              <li key={revision}>
                {eventWords({ type, data }).title} by <code>{actor.id}</code>, <Time at={occurredAt} />
              </li>
            ))}
          </ul>
        </Notice>
      </div>
    );
  }
  if (marked.size === 0) return null;
  return (
    <div ref={place} class="desk-news" tabIndex={-1}>
      <Notice
        tone="info"
        live="polite"
        title="What changed is marked"
        actions={
          <Button small onClick={unmark}>
            I have seen it
          </Button>
        }
      >
        <p class="row small">
          {[...marked].map((part) =>
            partWords[part] === undefined ? null : (
              <a key={part} href={`#${part}`}>
                {partWords[part]}
              </a>
            ),
          )}
        </p>
      </Notice>
    </div>
  );
}

/** The sections that can be marked. */
const partWords: Partial<Record<Part, string>> = {
  form: 'What the customer says',
  findings: 'Findings',
  questions: 'Questions and answers',
  evidence: 'Evidence',
  domains: 'Sending domains',
  decisions: 'Decisions',
  standing: 'Standing',
  proposal: 'Proposal',
  notes: 'Notes',
};
