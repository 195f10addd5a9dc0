/** The console starts here. */
import { render } from 'preact';
import { noteVersion } from './api/connection.js';
import { App } from './shell/app.js';

const root = document.getElementById('app');
if (root !== null) render(<App />, root);
void noteVersion();
