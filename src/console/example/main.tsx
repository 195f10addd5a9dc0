import { render } from 'preact';

const root = document.getElementById('app');
if (root !== null) render(<h1>Example dashboard</h1>, root);
