/** Audit: what happened to every account, and the proof that nothing of it was altered. */
import { useMemo } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { api, bodyOf } from '../api/client.js';
import { useQuery } from '../api/query.js';
import { session } from '../api/session.js';
import { Button } from '../ui/button.js';
import { Page, Section } from '../ui/page.js';
import './audit.css';
import { Bundle } from './bundle.js';
import { CheckpointList } from './checkpointList.js';
import { type Filter, filterOf, queryOf } from './filter.js';
import { newEventsWords } from './newEvents.js';
import { Proof } from './proof.js';
import { SetFilters, TransitionFilters } from './transitionFilters.js';
import { TransitionList } from './transitionList.js';
import { useNewEvents } from './useNewEvents.js';
import { type Order, useTransitions } from './useTransitions.js';

const path = '/console/audit';

/** The parts of the page; each has its address. */
const views = [
  ['transitions', 'Transitions'],
  ['checkpoints', 'Checkpoints'],
  ['bundle', 'Bundle'],
] as const;
type View = (typeof views)[number][0];

/** How often the checkpoints are looked at again, in milliseconds. */
const lookEvery = 15_000;

export default function AuditPage() {
  const role = session.value?.role;
  // Who may not prove anything is not asked about it, either.
  const mayProve = role === 'auditor' || role === 'admin';
  return (
    <Page wide title="Audit" lead="What happened to every account: who moved it, when, from where to where, and why.">
      {mayProve ? <Proving /> : <TransitionsView />}
    </Page>
  );
}

function Proving() {
  const { query } = useLocation();
  const view: View = views.find(([name]) => name === query['view'])?.[0] ?? 'transitions';
  const checkpoints = useQuery(
    'checkpoints',
    async (signal) => bodyOf(api.GET('/v1/checkpoints', { params: { query: { limit: '20' } }, signal })),
    { every: lookEvery },
  );
  return (
    <>
      <Proof checkpoints={checkpoints} />
      <nav class="tabs" aria-label="Parts of the audit">
        {views.map(([name, label]) => (
          <a
            key={name}
            href={name === 'transitions' ? path : `${path}?view=${name}`}
            aria-current={name === view ? 'page' : undefined}
          >
            {label}
          </a>
        ))}
      </nav>
      {view === 'transitions' && <TransitionsView />}
      {view === 'checkpoints' && <CheckpointList newest={checkpoints.data?.items[0]?.number} />}
      {view === 'bundle' && <Bundle account={query['account'] ?? ''} checkpoints={checkpoints} />}
    </>
  );
}

function TransitionsView() {
  const { query, route } = useLocation();
  const text = JSON.stringify(filterOf(query));
  const filter = useMemo(() => JSON.parse(text) as Filter, [text]);
  const order: Order = query['order'] === 'asc' ? 'asc' : 'desc';
  const transitions = useTransitions(filter, order);
  const fresh = newEventsWords(useNewEvents(transitions.upTo));
  const show = (wanted: Filter, wantedOrder: Order = order): void =>
    route(`${path}${queryOf(wanted, wantedOrder === 'asc' ? { order: 'asc' } : {})}`);
  return (
    <Section
      title="Transitions"
      actions={
        <>
          <span class="visually-hidden" role="status">
            {fresh !== '' && `${fresh} in the log`}
          </span>
          <Button small onClick={() => void transitions.reload()} busy={transitions.loading}>
            Look again{fresh !== '' && ` (${fresh})`}
          </Button>
          <Button small onClick={() => show(filter, order === 'asc' ? 'desc' : 'asc')}>
            {order === 'asc' ? 'Latest first' : 'Oldest first'}
          </Button>
        </>
      }
    >
      <TransitionFilters filter={filter} onFilter={show} />
      <SetFilters filter={filter} onFilter={show} />
      <TransitionList transitions={transitions} filtered={Object.keys(filter).length > 0} />
    </Section>
  );
}
