/** All accounts, the newest first, or those that are looked for. */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { Badge, StatusBadge } from '../ui/badge.js';
import { Button } from '../ui/button.js';
import { Empty, ProblemNotice, Skeleton } from '../ui/feedback.js';
import { Select, TextField } from '../ui/field.js';
import { Page } from '../ui/page.js';
import { useSearchWish } from '../ui/search.js';
import { type Column, Table } from '../ui/table.js';
import { Time } from '../ui/time.js';
import { standingTones, standingWords } from '../words/account.js';
import { counted, wordFor } from '../words/plain.js';
import { statusWords } from '../words/status.js';
import { addressOf, type Filters, filtersOf, listPath, statusChoices } from './accountsView.js';
import type { AccountLine } from './types.js';
import { useAccounts } from './useAccounts.js';
import { useNarrow } from './useNarrow.js';
import './account.css';

/** How long somebody pauses in typing before the list is asked for, in milliseconds. */
const pause = 180;

const statusOptions = [
  { value: '', label: 'Any status' },
  ...statusChoices.map((value) => ({ value, label: statusWords(value) })),
];

export default function AccountsPage() {
  const { query, route } = useLocation();
  const filters = filtersOf(query);
  const [typed, setTyped] = useState(filters.q);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  // The address may change by itself: by going back, or by a link to this page.
  useEffect(() => setTyped((text) => (text.trim() === filters.q ? text : filters.q)), [filters.q]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const show = (changed: Partial<Filters>): void => route(addressOf({ ...filters, ...changed }), true);
  useSearchWish();
  const list = useAccounts(filters);
  const isAll = list.filters.q === '' && list.filters.status === '';
  return (
    <Page title="Accounts" wide>
      <form
        class="account-filters"
        role="search"
        onSubmit={(event) => {
          event.preventDefault();
          show({ q: typed });
        }}
      >
        <TextField
          label="Search"
          type="search"
          hint="Part of an id, company, website, sending domain or e-mail address."
          value={typed}
          input={{ required: false, maxLength: 256, autocomplete: 'off', spellcheck: false }}
          onValue={(q) => {
            setTyped(q);
            clearTimeout(timer.current);
            timer.current = setTimeout(() => {
              // Who has gone on meanwhile is not called back.
              if (location.pathname === listPath) show({ q });
            }, pause);
          }}
        />
        <Select
          label="Status"
          options={statusOptions}
          value={filters.status}
          onValue={(status) => show({ status: status as Filters['status'] })}
        />
      </form>
      {list.problem !== undefined && <ProblemNotice problem={list.problem} onRetry={list.refresh} />}
      <div class="account-list-space stack" aria-busy={list.loading}>
        {list.items === undefined ? (
          list.problem === undefined && <Skeleton lines={18} label="Loading accounts" />
        ) : (
          <>
            <div class="row account-count">
              <p class="muted" role="status">
                {list.items.length === 0
                  ? ''
                  : `${counted(list.items.length, 'account', 'accounts')}${list.hasMore ? ' so far' : ''}${isAll ? ', the newest first' : ''}`}
              </p>
              {list.newer && (
                <Button small onClick={list.refresh}>
                  There is news: show it
                </Button>
              )}
            </div>
            <List
              caption={isAll ? 'Accounts, the newest first' : 'Accounts that were found'}
              items={list.items}
              empty={list.hasMore ? <p class="muted">None so far.</p> : <Nothing filters={list.filters} />}
            />
            {list.hasMore && (
              <div class="row">
                <Button busy={list.loading} onClick={list.more}>
                  {list.items.length === 0 ? 'Look further' : 'Show more'}
                </Button>
              </div>
            )}
          </>
        )}
      </div>
    </Page>
  );
}

type ListProps = {
  readonly caption: string;
  readonly items: readonly AccountLine[];
  readonly empty: ComponentChildren;
};

function List({ caption, items, empty }: ListProps) {
  if (!useNarrow()) {
    return (
      <Table caption={caption} columns={columns} rows={items} keyOf={({ accountId }) => accountId} empty={empty} />
    );
  }
  if (items.length === 0) return <>{empty}</>;
  return (
    <ul class="plain-list stack" aria-label={caption}>
      {items.map((line) => (
        <li key={line.accountId} class="account-card">
          <Name line={line} />
          <span class="row">
            <StatusBadge status={line.status} /> <Standing line={line} />
          </span>
          <span class="small muted">
            Signed up <Time at={line.signedUpAt} />, last event <Time at={line.lastEventAt} />
          </span>
        </li>
      ))}
    </ul>
  );
}

function Name({ line: { accountId, company } }: { readonly line: AccountLine }) {
  return (
    <div class="account-name">
      <a class="account-company" href={`/console/accounts/${encodeURIComponent(accountId)}`}>
        <bdi>{company ?? accountId}</bdi>
      </a>
      <br />
      <code class="small muted">{accountId}</code>
    </div>
  );
}

function Standing({ line: { standing } }: { readonly line: AccountLine }) {
  return <Badge tone={standingTones[standing] ?? 'quiet'}>{wordFor(standingWords, standing)}</Badge>;
}

const columns: readonly Column<AccountLine>[] = [
  {
    title: 'Account',
    header: true,
    cell: (line) => <Name line={line} />,
  },
  { title: 'Status', cell: ({ status }) => <StatusBadge status={status} /> },
  {
    title: 'Standing',
    cell: (line) => <Standing line={line} />,
  },
  {
    title: 'Known as',
    cell: ({ website, ownerDomain, sendingDomains }) => {
      const names = [...new Set([website, ...sendingDomains, ownerDomain].filter((name) => name !== null))];
      return names.length === 0 ? (
        <span class="muted">–</span>
      ) : (
        <div class="account-known">
          {names.slice(0, 2).join(', ')}
          {names.length > 2 && (
            <span class="muted" title={names.slice(2).join(', ')}>
              {' '}
              and {names.length - 2} more
            </span>
          )}
        </div>
      );
    },
  },
  {
    title: 'Signed up',
    cell: ({ signedUpAt }) => (
      <span class="nowrap">
        <Time at={signedUpAt} />
      </span>
    ),
  },
  {
    title: 'Last event',
    cell: ({ lastEventAt }) => (
      <span class="nowrap">
        <Time at={lastEventAt} />
      </span>
    ),
  },
];

function Nothing({ filters: { q, status } }: { readonly filters: Filters }) {
  if (q === '' && status === '') {
    return (
      <Empty title="No account has signed up yet">
        Accounts appear here as soon as your product backend signs one up, the newest first.
      </Empty>
    );
  }
  return (
    <Empty title={q === '' ? `No account is ${statusWords(status).toLowerCase()}` : `No account is known as “${q}”`}>
      {status === ''
        ? 'Try a shorter part of the name, the id, or the domain of an address.'
        : 'Accounts of other statuses may be: choose “Any status” to see them.'}
    </Empty>
  );
}
