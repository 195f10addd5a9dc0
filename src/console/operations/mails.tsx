/** Mails to customers: waiting, sent, failed. */
import { useLocation } from 'preact-iso';
import { api, bodyOf } from '../api/client.js';
import { usePages } from '../api/pages.js';
import type { Answer } from '../api/types.js';
import { Badge } from '../ui/badge.js';
import { Button } from '../ui/button.js';
import { Empty, ProblemNotice, Skeleton } from '../ui/feedback.js';
import { Id } from '../ui/id.js';
import { Section } from '../ui/page.js';
import { type Column, Table } from '../ui/table.js';
import { Time } from '../ui/time.js';
import { codeWords, type Tone } from '../words/status.js';
import { type ListFilterValue, listFilterOf, listFilterQuery } from './filterValue.js';
import { ListFilter } from './listFilter.js';
import { pathOf } from './views.js';

type Mail = Answer<'/v1/mails'>['items'][number];

const states: { readonly [Name in Mail['state']]: readonly [words: string, tone: Tone] } = {
  waiting: ['Waiting', 'wait'],
  sent: ['Sent', 'ok'],
  failed: ['Failed', 'stop'],
};
const stateChoices = Object.entries(states).map(([value, [label]]) => ({ value, label }));

/** How often the first page is asked for again, in milliseconds. */
const lookEvery = 5_000;

const columns: readonly Column<Mail>[] = [
  {
    title: 'When',
    cell: ({ at }) => (
      <span class="nowrap">
        <Time at={at} />
      </span>
    ),
  },
  {
    title: 'Mail',
    header: true,
    cell: ({ template, subject }) => (
      <>
        {codeWords(template)}
        {subject !== null && <div class="small muted operations-does">{subject}</div>}
      </>
    ),
  },
  { title: 'To', cell: ({ contact }) => <span class="operations-contact">{contact}</span> },
  {
    title: 'Account',
    cell: ({ accountId, revision }) => (
      <Id
        value={accountId}
        href={`/console/accounts/${encodeURIComponent(accountId)}${revision === null ? '' : `?revision=${revision}`}`}
      />
    ),
  },
  { title: 'State', cell: ({ state }) => <Badge tone={states[state][1]}>{states[state][0]}</Badge> },
  {
    title: 'What was said',
    cell: ({ state, detail, attempts, nextAttemptAt }) => (
      <div class="operations-answer">
        {detail === null || detail === '' ? (
          <span class="muted">–</span>
        ) : (
          <span class={state === 'sent' ? undefined : 'operations-error'}>{detail}</span>
        )}
        {attempts !== null && attempts > 0 && nextAttemptAt !== null && (
          <div class="small muted">
            tried {attempts === 1 ? 'once' : `${attempts.toLocaleString('en')} times`}, again{' '}
            <Time at={nextAttemptAt} />
          </div>
        )}
      </div>
    ),
  },
];

export function Mails() {
  const { query, route } = useLocation();
  const filter = listFilterOf(query, stateChoices);
  const { items, more, loading, problem, loadMore, retry } = usePages<Mail>(
    `mails ${JSON.stringify(filter)}`,
    async (cursor, signal) => {
      const asked = { ...filter, limit: '50', ...(cursor === null ? {} : { cursor }) };
      const params = { query: asked as { state?: Mail['state'] } };
      return bodyOf(api.GET('/v1/mails', { params, signal }));
    },
    { every: lookEvery },
  );
  const show = (wanted: ListFilterValue): void => route(pathOf('mail', listFilterQuery(wanted)));
  return (
    <Section
      title="Mail to customers"
      lead="First what waits in this node’s outbox, then what the log says was sent or failed, the newest first."
    >
      <ListFilter filter={filter} states={stateChoices} onFilter={show} />
      {items === undefined && problem === undefined && <Skeleton lines={10} />}
      {items !== undefined && (
        <Table
          cards
          caption="Mails to customers, the newest first"
          columns={columns}
          rows={items}
          keyOf={(mail) => `${mail.accountId} ${mail.revision ?? mail.at} ${mail.template} ${mail.contact}`}
          empty={
            more ? (
              <Empty title="None found so far">Only a part of the log was looked through yet. Go on below.</Empty>
            ) : Object.keys(filter).length > 0 ? (
              <Empty title="Nothing matches">No mail is like that. Show all states, or another account.</Empty>
            ) : (
              <Empty title="No mail was sent yet">
                Customers are written to when their request arrives, when something is asked of them, and when a
                decision is taken. Each of these mails appears here.
              </Empty>
            )
          }
        />
      )}
      {problem !== undefined && <ProblemNotice problem={problem} onRetry={retry} />}
      {more && (
        <div class="row">
          <Button busy={loading} onClick={() => void loadMore()}>
            {items?.length === 0 ? 'Go on looking' : 'Show more'}
          </Button>
        </div>
      )}
    </Section>
  );
}
