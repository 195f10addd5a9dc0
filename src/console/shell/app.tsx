/** The frame around every page: who is signed in, where to go, what is wrong with the connection. */
import { useEffect, useState } from 'preact/hooks';
import { ErrorBoundary, LocationProvider, lazy, Route, Router, useLocation } from 'preact-iso';
import { lost } from '../api/connection.js';
import { askSession, ended, session } from '../api/session.js';
import { homeOf, pages } from '../pages.js';
import { KeyHelp, useKeys } from '../ui/keys.js';
import { Toasts } from '../ui/toast.js';
import { Banner } from './banner.js';
import { Crash } from './crash.js';
import { Navigation } from './navigation.js';
import { NotFound } from './notFound.js';
import { SignIn } from './signIn.js';
import { SignInAgain } from './signInAgain.js';

/** Made once: a component made at each rendering would be another one each time. */
const routed = pages.map((page) => ({ ...page, component: lazy(page.load) }));

/** Asks until the service has said who is signed in. */
async function learnSession(): Promise<void> {
  for (;;) {
    try {
      await askSession();
      return;
    } catch {
      await lost();
    }
  }
}

export function App() {
  useEffect(() => void learnSession(), []);
  return (
    <LocationProvider scope="/console">
      <Banner />
      {session.value === undefined ? null : session.value === null ? <SignIn /> : <Frame />}
      {ended.value && <SignInAgain />}
      <Toasts />
    </LocationProvider>
  );
}

function Frame() {
  const { route, path } = useLocation();
  const [crash, setCrash] = useState<Error | undefined>(undefined);
  const role = session.value?.role ?? 'customer';
  const mine = routed.filter(({ roles }) => roles.includes(role));
  useKeys('Everywhere', [
    ...mine.flatMap(({ nav, path: target }) =>
      nav === undefined
        ? []
        : [{ key: `g ${nav.key}`, does: `Go to ${nav.label.toLowerCase()}`, run: () => route(target) }],
    ),
    { key: '/', does: 'Search for an account', run: focusSearch },
  ]);
  const home = /^\/console\/?$/.test(path);
  useEffect(() => {
    if (home) route(homeOf(role), true);
  }, [home, role]);
  useEffect(() => setCrash(undefined), [path]);
  return (
    <div class="frame">
      <a class="skip" href="#main">
        Skip to the page
      </a>
      <Navigation pages={mine} />
      <main id="main" class="main" tabIndex={-1}>
        {crash !== undefined ? (
          <Crash error={crash} onAgain={() => setCrash(undefined)} />
        ) : (
          !home && (
            <ErrorBoundary onError={setCrash}>
              <Router>
                {[
                  ...mine.map((page) => <Route key={page.path} path={page.path} component={page.component} />),
                  <Route key="none" default component={NotFound} />,
                ]}
              </Router>
            </ErrorBoundary>
          )
        )}
      </main>
      <KeyHelp />
    </div>
  );
}

function focusSearch(): void {
  document.querySelector<HTMLInputElement>('input[type=search]')?.focus();
}
