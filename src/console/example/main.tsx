/**
 * An example: the dashboard of Courier, a messaging product that does not exist, with Gatehouse's elements in it. It does
 * in the browser what a product's own backend would do; a real product keeps its token there.
 */
import { render } from 'preact';
import { Courier } from './courier.js';

const root = document.getElementById('app');
if (root !== null) render(<Courier />, root);
