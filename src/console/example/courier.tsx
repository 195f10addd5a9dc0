/** Courier's dashboard. */
import { useCallback, useEffect, useMemo, useState } from 'preact/hooks';
import { Button } from '../ui/button.js';
import { useDraft } from '../ui/draft.js';
import { Select } from '../ui/field.js';
import { Backend, BackendError, type Workspace } from './backend.js';
import { SetupGuide } from './elements.js';
import { ChooseAccount, Connect } from './start.js';
import { BroadcastCard, ChannelsCard, MessagesCard, PeopleCard } from './workspace.js';

const languages = [
  { value: 'en', label: 'English' },
  { value: 'de', label: 'Deutsch' },
];

export function Courier() {
  const [token, setToken, forgetToken] = useDraft('example-token', '');
  const [accountId, setAccountId, forgetAccount] = useDraft('example-account', '');
  const [locale, setLocale] = useDraft('example-locale', 'en');
  const backend = useMemo(() => (token === '' ? undefined : new Backend(token)), [token]);
  return (
    <>
      <header class="top">
        <p class="brand">
          <span aria-hidden="true">➤</span> Courier
        </p>
        <p class="muted small about">An invented messaging product, with Gatehouse’s elements in its dashboard.</p>
        {accountId !== '' && backend !== undefined && (
          <div class="tools">
            <Select label="Language of the guide" options={languages} value={locale} onValue={setLocale} />
            <Button onClick={forgetAccount}>Sign out</Button>
          </div>
        )}
        {accountId === '' && backend !== undefined && (
          <div class="tools">
            <Button onClick={forgetToken}>Forget the token</Button>
          </div>
        )}
      </header>
      <main class="main">
        {backend === undefined ? (
          <Welcome>
            <Connect onToken={setToken} />
          </Welcome>
        ) : accountId === '' ? (
          <Welcome>
            <ChooseAccount backend={backend} onAccount={setAccountId} />
          </Welcome>
        ) : (
          <Dashboard key={accountId} backend={backend} accountId={accountId} locale={locale} />
        )}
      </main>
    </>
  );
}

function Welcome({ children }: { readonly children: preact.ComponentChildren }) {
  return (
    <div class="welcome">
      <h1>Messages that arrive</h1>
      {children}
    </div>
  );
}

type DashboardProps = { readonly backend: Backend; readonly accountId: string; readonly locale: string };

function Dashboard({ backend, accountId, locale }: DashboardProps) {
  const [workspace, setWorkspace] = useState<Workspace>({
    accountId,
    company: null,
    status: null,
    channels: [],
    messages: [],
  });
  const [error, setError] = useState<string | undefined>(undefined);
  const refresh = useCallback(async () => {
    try {
      setWorkspace(await backend.workspace(accountId));
      setError(undefined);
    } catch (failed) {
      setError(failed instanceof BackendError ? failed.message : 'The workspace cannot be shown just now.');
    }
  }, [backend, accountId]);
  useEffect(() => void refresh(), [refresh]);
  const onStatus = useCallback(() => void refresh(), [refresh]);
  const card = { backend, workspace, refresh, locale };
  return (
    <>
      <h1>{workspace.company ?? accountId}</h1>
      {error !== undefined && (
        <p class="said stop" role="alert">
          {error}
        </p>
      )}
      <div class="board">
        <div class="guide-place">
          <SetupGuide backend={backend} accountId={accountId} locale={locale} onStatus={onStatus} />
        </div>
        <div class="cards">
          <PeopleCard {...card} />
          <ChannelsCard {...card} />
          <MessagesCard {...card} />
          <BroadcastCard {...card} />
        </div>
      </div>
    </>
  );
}
