/** The queue: what waits for reviewers, by tab and state. */
import { useLocation } from 'preact-iso';
import { useEffect, useRef } from 'preact/hooks';
import { api, bodyOf } from '../api/client.js';
import { useQuery } from '../api/query.js';
import { session } from '../api/session.js';
import { useKeys } from '../ui/keys.js';
import { Page } from '../ui/page.js';
import { addressOf, countOf, type Filter, filterOf, type ReviewCounts, tabs, tabWords } from './filter.js';
import { QueueView } from './queueView.js';
import { reviewStates, reviewWords } from './words.js';
import './desk.css';

/** Where the tab is remembered that somebody works in. */
const lastTab = 'queue-tab';

export default function QueuePage() {
  const { path, query, route } = useLocation();
  // While the next page is loaded this one is still shown, and the address is not its own any more.
  const own = useRef<Filter | undefined>(undefined);
  if (own.current === undefined || path.replace(/\/+$/, '') === '/console/reviews') {
    own.current = filterOf(query, localStorage.getItem(lastTab));
  }
  const filter = own.current;
  const me = session.value?.actor ?? '';
  // Also asked now and then: reviews become overdue without anything happening.
  const counts = useQuery<ReviewCounts>('review-counts', (signal) => bodyOf(api.GET('/v1/review-counts', { signal })), {
    when: () => true,
    every: 60_000,
  }).data;
  const go = (to: Filter): void => route(addressOf(to), true);
  const bar = useRef<HTMLElement>(null);
  useEffect(() => {
    localStorage.setItem(lastTab, filter.tab);
    // On a narrow screen the tab may be out of sight.
    bar.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [filter.tab]);
  useKeys(
    'Queue: which reviews',
    tabs.map((tab, index) => ({
      key: String(index + 1),
      does: `Show ${tabWords[tab].toLowerCase()}`,
      run: () => go({ ...filter, tab }),
    })),
  );
  return (
    <div class="queue-page">
      <Page title="Reviews" wide>
        <div class="queue-filter">
          <nav class="tabs" aria-label="Which reviews" ref={bar}>
            {tabs.map((tab) => (
              <a key={tab} href={addressOf({ ...filter, tab })} aria-current={tab === filter.tab ? 'page' : undefined}>
                {tabWords[tab]}
                <span class={tab === 'overdue' && (counts?.overdue ?? 0) > 0 ? 'count count-late' : 'count'}>
                  {counts?.[tab].toLocaleString('en') ?? '–'}
                </span>
              </a>
            ))}
          </nav>
          <label class="queue-state">
            <span>State</span>
            <select
              class="input"
              value={filter.state ?? ''}
              onChange={({ currentTarget: { value } }) => go(filterOf({ tab: filter.tab, state: value }, null))}
            >
              <option value="">Every state</option>
              {reviewStates.map((state) => (
                <option key={state} value={state}>
                  {reviewWords(state)}
                  {counts === undefined ? '' : ` (${(counts.states[state] ?? 0).toLocaleString('en')})`}
                </option>
              ))}
            </select>
          </label>
        </div>
        <QueueView key={addressOf(filter)} filter={filter} me={me} expected={countOf(filter, counts)} counts={counts} />
      </Page>
    </div>
  );
}
