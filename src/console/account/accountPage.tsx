/** One account: where it stands, what it may do and why, what it sees, what happened; now, or as it was at any revision. */
import { useEffect, useState } from 'preact/hooks';
import { useLocation, useRoute } from 'preact-iso';
import { api, bodyOf } from '../api/client.js';
import { ofAccount, useQuery } from '../api/query.js';
import { Badge, StatusBadge } from '../ui/badge.js';
import { ButtonLink } from '../ui/button.js';
import { ProblemNotice, Skeleton } from '../ui/feedback.js';
import { Id } from '../ui/id.js';
import { Page, Section } from '../ui/page.js';
import { Time } from '../ui/time.js';
import { standingTones, standingWords } from '../words/account.js';
import { wordFor } from '../words/plain.js';
import { GateSection } from './gateSection.js';
import { GuideSection } from './guideSection.js';
import { ProfileSection } from './profileSection.js';
import { revisionOf, revisionShown } from './revision.js';
import { TimelineSection } from './timelineSection.js';
import { reaches } from './timelineView.js';
import { Travel } from './travel.js';
import type { Glance } from './types.js';
import { useChart } from './useChart.js';
import { useThen } from './useThen.js';
import { useTimeline } from './useTimeline.js';
import './account.css';

export default function AccountPage() {
  const { accountId = '' } = useRoute().params;
  // Another account is another page: nothing of the one before is shown under its name.
  return <Account key={accountId} accountId={accountId} />;
}

/** The revision that the page shows: the address keeps it once it is settled. */
function useRevision(): [number | undefined, (revision: number | undefined, settled: boolean) => void] {
  const { path, query, route } = useLocation();
  const asked = revisionOf(query['revision']);
  const [revision, setRevision] = useState(asked);
  useEffect(() => setRevision(asked), [asked]);
  return [
    revision,
    (to, settled) => {
      setRevision(to);
      if (settled && to !== asked) route(to === undefined ? path : `${path}?revision=${to}`, true);
    },
  ];
}

function Account({ accountId }: { readonly accountId: string }) {
  const overview = useQuery(
    `overview ${accountId}`,
    async (signal) =>
      (await bodyOf(
        api.GET('/v1/accounts/{accountId}/overview', { params: { path: { accountId } }, signal }),
      )) as unknown as Glance,
    { when: ofAccount(accountId) },
  );
  const timeline = useTimeline(accountId);
  const [asked, setRevision] = useRevision();
  const now = overview.data;
  const head = now?.revision;
  const revision = revisionShown(asked, head);
  const then = useThen(accountId, revision, head);
  const glance = revision === undefined ? now : then.data;
  // What cannot be shown as it was is not shown as it is.
  const lost = revision !== undefined && then.problem !== undefined;
  const upTo = revision ?? Infinity;
  const Chart = useChart();

  if (now === undefined) return <Waiting accountId={accountId} overview={overview} />;
  const event = timeline.items.find((item) => item.revision === (revision ?? now.revision));
  return (
    <Page
      wide
      title={now.company ?? accountId}
      lead={lost ? <Id value={accountId} /> : <Lead glance={glance ?? now} />}
      actions={<Actions accountId={accountId} />}
    >
      <Travel
        revision={revision}
        head={now.revision}
        event={event}
        busy={!lost && glance?.revision !== (revision ?? now.revision)}
        onRevision={setRevision}
      />
      {overview.problem !== undefined && <ProblemNotice problem={overview.problem} onRetry={overview.refresh} />}
      {lost && then.problem !== undefined && <ProblemNotice problem={then.problem} onRetry={then.retry} />}
      {Chart === undefined || !reaches(timeline, revision ?? now.revision) ? (
        <Section title="On the chart" id="chart">
          <div class="chart-space">
            <Skeleton lines={6} label="Loading the chart" />
          </div>
        </Section>
      ) : (
        <Chart items={timeline.items} upTo={upTo} />
      )}
      {lost ? null : glance === undefined ? (
        <Section title="What it may do">
          <Skeleton lines={16} />
        </Section>
      ) : (
        <>
          <GateSection glance={glance} />
          <div class="account-columns">
            <div class="stack-l">
              <GuideSection glance={glance} />
              <ProfileSection glance={glance} />
            </div>
            <TimelineSection
              accountId={accountId}
              timeline={timeline}
              upTo={upTo}
              onRevision={(to) => setRevision(to >= now.revision ? undefined : to, true)}
            />
          </div>
        </>
      )}
    </Page>
  );
}

function Lead({ glance }: { readonly glance: Glance }) {
  return (
    <span class="row">
      <Id value={glance.accountId} />
      <StatusBadge status={glance.status} />
      <Badge tone={standingTones[glance.standing] ?? 'quiet'}>{wordFor(standingWords, glance.standing)}</Badge>
      {glance.signedUpAt !== null && (
        <span>
          signed up <Time at={glance.signedUpAt} />
        </span>
      )}
    </span>
  );
}

function Actions({ accountId }: { readonly accountId: string }) {
  return <ButtonLink href={`/console/reviews/${encodeURIComponent(accountId)}`}>Open its review</ButtonLink>;
}

type WaitingProps = { readonly accountId: string; readonly overview: ReturnType<typeof useQuery<Glance>> };

/** The page before its first answer, of the size that it will have. */
function Waiting({ accountId, overview: { problem, refresh } }: WaitingProps) {
  return (
    <Page
      wide
      title={accountId}
      lead={
        <span class="row">
          <Id value={accountId} />
        </span>
      }
    >
      {problem === undefined ? (
        <>
          <div class="travel travel-waiting" />
          <Section title="On the chart">
            <div class="chart-space">
              <Skeleton lines={6} label="Loading the account" />
            </div>
          </Section>
        </>
      ) : problem.code === 'unknown_account' || problem.status === 422 ? (
        <Nobody accountId={accountId} />
      ) : (
        <ProblemNotice problem={problem} onRetry={refresh} />
      )}
    </Page>
  );
}

function Nobody({ accountId }: { readonly accountId: string }) {
  return (
    <div class="empty">
      <p class="empty-title">There is no account {accountId}</p>
      <div class="empty-text">
        <p>It may be mistyped, or has not signed up yet: it appears here once it has.</p>
        <ButtonLink kind="primary" href={`/console/accounts?q=${encodeURIComponent(accountId)}`}>
          Look for it
        </ButtonLink>
      </div>
    </div>
  );
}
