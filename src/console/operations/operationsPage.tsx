/** Operations: whether the service is well, what it does by itself, and what became of it. */
import { useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { api, bodyOf } from '../api/client.js';
import { useQuery } from '../api/query.js';
import { session } from '../api/session.js';
import { Page } from '../ui/page.js';
import { Mails } from './mails.js';
import { NodeView } from './node.js';
import './operations.css';
import { Overview, type State } from './overview.js';
import { Processes } from './processes.js';
import { ReadModels } from './readModels.js';
import { pathOf, viewOf, viewsOf } from './views.js';
import { Webhooks } from './webhooks.js';

/** How often the service is asked how it is, in milliseconds; more often while something is being rebuilt. */
const lookEvery = 4_000;
const followEvery = 700;

function useService(): State {
  const [rebuilding, setRebuilding] = useState(false);
  const readModels = useQuery(
    'projections',
    async (signal) => {
      const answer = await bodyOf(api.GET('/v1/projections', { signal }));
      setRebuilding(answer.items.some((one) => one.rebuilding !== null));
      return answer;
    },
    { every: rebuilding ? followEvery : lookEvery },
  );
  const processes = useQuery(
    'processes',
    async (signal) => (await bodyOf(api.GET('/v1/processes', { signal }))).items,
    { every: lookEvery },
  );
  const node = useQuery('store', async (signal) => bodyOf(api.GET('/v1/store', { signal })), { every: lookEvery });
  return { readModels, processes, node };
}

export default function OperationsPage() {
  const { query } = useLocation();
  const role = session.value?.role ?? 'system';
  const view = viewOf(query['view'], role);
  const state = useService();
  return (
    <Page wide title="Operations" lead="How this node of the service is, as of now.">
      <Overview state={state} />
      <nav class="tabs" aria-label="Parts of operations">
        {viewsOf(role).map(({ name, label }) => (
          <a key={name} href={pathOf(name)} aria-current={name === view ? 'page' : undefined}>
            {label}
          </a>
        ))}
      </nav>
      {view === 'service' && (
        <>
          <Processes state={state} />
          <ReadModels state={state} />
        </>
      )}
      {view === 'webhooks' && <Webhooks />}
      {view === 'mail' && <Mails />}
      {view === 'node' && <NodeView state={state} />}
    </Page>
  );
}
