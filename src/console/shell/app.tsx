/** The frame around every page: who is signed in, where to go, what is wrong with the connection. */
import { useEffect } from 'preact/hooks';
import { LocationProvider, lazy, Route, Router, useLocation } from 'preact-iso';
import { lost } from '../api/connection.js';
import { patientImport } from '../api/patientImport.js';
import { ended, learnSession, session } from '../api/session.js';
import { type ConsolePage, homeOf, pages } from '../pages.js';
import { KeyHelp, useKeys } from '../ui/keys.js';
import { goToSearch } from '../ui/search.js';
import { Toasts } from '../ui/toast.js';
import { Banner } from './banner.js';
import { Guarded } from './guarded.js';
import { Navigation } from './navigation.js';
import { NotFound } from './notFound.js';
import { SignIn } from './signIn.js';
import { SignInAgain } from './signInAgain.js';

/** A page; one that cannot be loaded fails where it would be shown: the router waits for ever for one that never comes. */
async function load(page: ConsolePage): ReturnType<ConsolePage['load']> {
  return patientImport(page.load).catch((error: unknown) => ({
    default: () => {
      throw error;
    },
  }));
}

/** Made once: a component made at each rendering would be another one each time. */
const routed = pages.map((page) => ({ ...page, component: lazy(async () => load(page)) }));

/** Asks until the service has said who is signed in. */
async function begin(): Promise<void> {
  for (;;) {
    try {
      await learnSession();
      return;
    } catch {
      await lost();
    }
  }
}

export function App() {
  useEffect(() => void begin(), []);
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
  const role = session.value?.role ?? 'customer';
  const mine = routed.filter(({ roles }) => roles.includes(role));
  useKeys('Everywhere', [
    ...mine.flatMap(({ nav, path: target }) =>
      nav === undefined
        ? []
        : [{ key: `g ${nav.key}`, does: `Go to ${nav.label.toLowerCase()}`, run: () => route(target) }],
    ),
    { key: '/', does: 'Search for an account', run: () => goToSearch(() => route('/console/accounts')) },
  ]);
  const home = /^\/console\/?$/.test(path);
  useEffect(() => {
    if (home) route(homeOf(role), true);
  }, [home, role]);
  return (
    <div class="frame">
      <a class="skip" href="#main">
        Skip to the page
      </a>
      <Navigation pages={mine} />
      <main id="main" class="main" tabIndex={-1}>
        {!home && (
          <Guarded path={path}>
            {isReadable(path) ? (
              <Router>
                {[
                  ...mine.map((page) => <Route key={page.path} path={page.path} component={page.component} />),
                  <Route key="none" default component={NotFound} />,
                ]}
              </Router>
            ) : (
              <NotFound />
            )}
          </Guarded>
        )}
      </main>
      <KeyHelp />
    </div>
  );
}

/** An address that was cut off within a letter's code names nothing. */
function isReadable(path: string): boolean {
  try {
    return decodeURIComponent(path) !== '';
  } catch {
    return false;
  }
}
