/** How a process fares, of several parts. */
import { ProcessHealth } from '../../src/processes/health.js';

const down = new Error('down');

test('what one part can do says nothing of another: a process fails while any part does', () => {
  const health = new ProcessHealth(['mail']);
  health.failed('mail', down, 'outbox');
  health.failed('mail', down, 'outbox');
  health.succeeded('mail', 'reminders');
  health.succeeded('mail');
  expect(health.states()).toEqual([{ process: 'mail', state: 'failing', failures: 2, error: 'down' }]);
  health.succeeded('mail', 'outbox');
  expect(health.states()).toEqual([{ process: 'mail', state: 'ok', failures: 0, error: null }]);
});
