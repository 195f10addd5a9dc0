/** Webhooks: what the product backend was told, and what became of it. */
import { useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { api, bodyOf, problemOf } from '../api/client.js';
import { usePages } from '../api/pages.js';
import { session } from '../api/session.js';
import type { Answer, Problem } from '../api/types.js';
import { Badge } from '../ui/badge.js';
import { Button } from '../ui/button.js';
import { Empty, Notice, ProblemNotice, Skeleton } from '../ui/feedback.js';
import { Id } from '../ui/id.js';
import { Section } from '../ui/page.js';
import { type Column, Table } from '../ui/table.js';
import { Time } from '../ui/time.js';
import { toast } from '../ui/toast.js';
import type { Tone } from '../words/status.js';
import { type ListFilterValue, listFilterOf, listFilterQuery } from './filterValue.js';
import { amount } from './health.js';
import { ListFilter } from './listFilter.js';
import { pathOf } from './views.js';

type Delivery = Answer<'/v1/webhooks/deliveries'>['items'][number];

const states: { readonly [Name in Delivery['state']]: readonly [words: string, tone: Tone] } = {
  waiting: ['Waiting', 'wait'],
  delivered: ['Delivered', 'ok'],
  given_up: ['Given up', 'stop'],
};
const stateChoices = Object.entries(states).map(([value, [label]]) => ({ value, label }));

/** How often the first page is asked for again, in milliseconds. */
const lookEvery = 5_000;

export function Webhooks() {
  const { query, route } = useLocation();
  const filter = listFilterOf(query, stateChoices);
  const [configured, setConfigured] = useState<boolean | undefined>(undefined);
  const deliveries = usePages<Delivery>(
    `deliveries ${JSON.stringify(filter)}`,
    async (cursor, signal) => {
      const asked = { ...filter, limit: '50', ...(cursor === null ? {} : { cursor }) };
      const params = { query: asked as { state?: Delivery['state'] } };
      const page = await bodyOf(api.GET('/v1/webhooks/deliveries', { params, signal }));
      setConfigured(page.configured);
      return page;
    },
    { every: lookEvery },
  );
  const { items, more, loading, problem, loadMore, reload, retry } = deliveries;
  const show = (wanted: ListFilterValue): void => route(pathOf('webhooks', listFilterQuery(wanted)));
  return (
    <Section
      title="Webhook deliveries"
      lead="What the product backend was told, the newest first. An account’s webhooks arrive in order: a later one waits for those before it. Delivered ones are kept for 30 days."
    >
      {configured === false && (
        <Notice tone="info" title="No address is told of changes">
          Set GATEHOUSE_WEBHOOK_URL and GATEHOUSE_WEBHOOK_SECRET, and start the service again: from then on, each change
          of what an account may do is sent there, and listed here.
        </Notice>
      )}
      {configured !== false && <ListFilter filter={filter} states={stateChoices} onFilter={show} />}
      {items === undefined && problem === undefined && <Skeleton lines={10} />}
      {items !== undefined && configured !== false && (
        <Table
          cards
          caption="Webhook deliveries, the newest first"
          columns={columnsOf(reload)}
          rows={items}
          keyOf={({ id }) => id}
          empty={
            Object.keys(filter).length > 0 ? (
              <Empty title="Nothing matches">No delivery is like that. Show all states, or another account.</Empty>
            ) : (
              <Empty title="Nothing was sent yet">
                When what an account may do changes, the webhook for it appears here with each attempt.
              </Empty>
            )
          }
        />
      )}
      {problem !== undefined && <ProblemNotice problem={problem} onRetry={retry} />}
      {more && (
        <div class="row">
          <Button busy={loading} onClick={() => void loadMore()}>
            Show more
          </Button>
        </div>
      )}
    </Section>
  );
}

function columnsOf(onReplayed: () => Promise<void>): readonly Column<Delivery>[] {
  return [
    {
      title: 'Made',
      cell: ({ createdAt }) => (
        <span class="nowrap">
          <Time at={createdAt} />
        </span>
      ),
    },
    {
      title: 'What',
      header: true,
      cell: ({ type, id }) => (
        <div class="operations-webhook">
          <code>{type}</code>
          <span class="small">
            <Id value={id} />
          </span>
        </div>
      ),
    },
    {
      title: 'Account',
      cell: ({ accountId, revision }) => (
        <div>
          <Id value={accountId} href={`/console/accounts/${encodeURIComponent(accountId)}?revision=${revision}`} />
          <div class="small muted">revision {revision}</div>
        </div>
      ),
    },
    {
      title: 'State',
      cell: ({ state, attempts }) => (
        <div class="operations-cell">
          <Badge tone={states[state][1]}>{states[state][0]}</Badge>
          <span class="small muted">{attempts === 0 ? 'not tried yet' : amount(attempts, false, 'attempt')}</span>
        </div>
      ),
    },
    {
      title: 'Last answer',
      cell: ({ lastStatus, lastError, lastAttemptAt }) => (
        <div class="operations-answer">
          {lastError !== null ? <span class="operations-error">{lastError}</span> : (lastStatus ?? '–')}
          {lastAttemptAt !== null && (
            <div class="small muted">
              <Time at={lastAttemptAt} />
            </div>
          )}
        </div>
      ),
    },
    ...(session.value?.role === 'admin'
      ? [{ title: 'Again', cell: (delivery: Delivery) => <Replay delivery={delivery} onReplayed={onReplayed} /> }]
      : []),
  ];
}

function Replay({ delivery: { id, accountId }, onReplayed }: { delivery: Delivery; onReplayed: () => Promise<void> }) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  const replay = async (): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    try {
      const params = { path: { deliveryId: id } };
      await bodyOf(api.POST('/v1/webhooks/deliveries/{deliveryId}/replay', { params }));
      toast(`The webhook of ${accountId} is sent once more.`);
      await onReplayed();
    } catch (error) {
      setProblem(problemOf(error));
    }
    setBusy(false);
  };
  return (
    <>
      <Button small busy={busy} aria-label={`Send again: ${id} of ${accountId}`} onClick={() => void replay()}>
        Send again
      </Button>
      {problem !== undefined && <p class="small operations-error">{problem.detail}</p>}
    </>
  );
}
