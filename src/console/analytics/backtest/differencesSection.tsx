/** The requests that the candidate decides otherwise. Each opens its account as it was then. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { api, bodyOf, problemOf } from '../../api/client.js';
import type { Problem } from '../../api/types.js';
import { Button } from '../../ui/button.js';
import { Empty, ProblemNotice, Skeleton } from '../../ui/feedback.js';
import { Section } from '../../ui/page.js';
import { type Column, Table } from '../../ui/table.js';
import { Time } from '../../ui/time.js';
import { number } from '../figures.js';
import { type DifferenceFilter, runAddress, sameFilter } from './address.js';
import { type Difference, differenceWords, noDifferenceWords, outcomeName, type Run } from './words.js';

const pageSize = 50;

type DifferencesProps = { readonly run: Run; readonly filter: DifferenceFilter };

export function DifferencesSection({ run, filter }: DifferencesProps) {
  const { items, next, loading, problem, more } = useDifferences(run.id, filter);
  const everything = sameFilter(filter, {});
  const none = noDifferenceWords(run.state);
  const bounded = run.kept < run.differing;
  useGoTo('differences', runAddress(run.id, filter));
  return (
    <Section
      title="Requests that differ"
      id="differences"
      lead={
        <span aria-live="polite">
          {filterWords(filter)}
          {bounded &&
            ` The first ${number(run.kept)} of ${number(run.differing)} that differ can be looked at; all are counted above.`}
        </span>
      }
      actions={!everything && <a href={runAddress(run.id)}>Show all that differ</a>}
    >
      {problem !== undefined && <ProblemNotice problem={problem} onRetry={more} />}
      {items.length === 0 && loading ? (
        <Skeleton lines={8} label="Loading requests" />
      ) : (
        <Table
          caption="Requests that the candidate decides otherwise"
          cards
          columns={columns}
          rows={items}
          keyOf={({ number: place }) => String(place)}
          empty={
            problem === undefined && (
              <Empty title={everything ? none.title : 'None of this kind'}>
                {everything ? none.text : 'Choose another figure above, or show all that differ.'}
              </Empty>
            )
          }
        />
      )}
      {next !== null && items.length > 0 && (
        <div class="form-actions">
          <Button busy={loading} onClick={() => void more()}>
            Show more
          </Button>
          <span class="muted" aria-live="polite">{`${number(items.length)} shown`}</span>
        </div>
      )}
    </Section>
  );
}

/** Who chooses another figure above is led to the requests behind it. */
function useGoTo(element: string, chosen: string): void {
  const before = useRef(chosen);
  useEffect(() => {
    if (before.current !== chosen) document.getElementById(element)?.scrollIntoView();
    before.current = chosen;
  }, [element, chosen]);
}

function filterWords({ was, becomes, approval }: DifferenceFilter): string {
  if (approval !== undefined) return 'Approvals by people that the candidate refuses.';
  if (was === undefined && becomes === undefined) return 'All of them, in the order of the log.';
  const [then, now] = [was, becomes].map((one) => (one === undefined ? 'anything' : outcomeName(one).toLowerCase()));
  return `In the log: ${then}; with the candidate: ${now}.`;
}

const columns: Column<Difference>[] = [
  {
    title: 'Account',
    cell: (difference) => {
      const { accountId, at } = difference;
      const { revision } = differenceWords(difference);
      return (
        <span class="difference-account">
          <a
            href={`/console/accounts/${encodeURIComponent(accountId)}?revision=${revision}`}
            title={`As it was at revision ${revision}`}
          >
            <code>{accountId}</code>
          </a>
          <span class="small muted">
            {'requested '}
            <Time at={at} />
          </span>
        </span>
      );
    },
    header: true,
  },
  { title: 'In the log', cell: (difference) => differenceWords(difference).was },
  { title: 'Candidate', cell: (difference) => <strong>{differenceWords(difference).becomes}</strong> },
  { title: 'Why', cell: (difference) => differenceWords(difference).why },
  {
    title: 'Afterwards',
    cell: (difference) => differenceWords(difference).afterwards || <span class="muted">–</span>,
  },
];

type Pages = {
  readonly key: string;
  readonly items: readonly Difference[];
  readonly next: string | null;
  readonly loading: boolean;
  readonly problem?: Problem | undefined;
};

/** Pages of differences, one after the other. */
function useDifferences(id: string, filter: DifferenceFilter) {
  const key = runAddress(id, filter);
  const fresh: Pages = { key, items: [], next: null, loading: true };
  const [state, setState] = useState(fresh);
  const current = state.key === key ? state : fresh;
  const load = async (before: Pages): Promise<void> => {
    setState({ ...before, loading: true, problem: undefined });
    const query = { ...filter, limit: String(pageSize), ...(before.next === null ? {} : { cursor: before.next }) };
    try {
      const page = await bodyOf(
        api.GET('/v1/backtests/{backtestId}/differences', { params: { path: { backtestId: id }, query } }),
      );
      const items = [...before.items, ...page.items];
      setState((now) => (now.key === key ? { key, items, next: page.next, loading: false } : now));
    } catch (error) {
      const problem = problemOf(error);
      setState((now) => (now.key === key ? { ...before, loading: false, problem } : now));
    }
  };
  useEffect(() => void load(fresh), [key]);
  return { ...current, more: async () => load(current) };
}
