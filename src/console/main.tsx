/** The console starts here. */
import { render } from 'preact';
import { noteVersion, untilWhole } from './api/connection.js';
import { askAnew } from './api/live.js';
import { pageAt } from './pages.js';
import { App } from './shell/app.js';

const root = document.getElementById('app');
if (root !== null) render(<App />, root);
void noteVersion();
void untilWhole().then((waited) => waited && askAnew());

// The page of this address is on its way while the server is asked who is signed in. What fails is told when it is shown.
void pageAt(location.pathname)
  ?.load()
  .catch(() => undefined);
