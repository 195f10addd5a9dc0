/** What needs an operator's look, and how things are counted and named. */
import {
  amount,
  concernsOf,
  eventsBehind,
  type Node,
  type Process,
  type ReadModel,
  sizeWords,
  waitingWords,
} from '../../src/console/operations/health.js';
import { listFilterOf, listFilterQuery } from '../../src/console/operations/filterValue.js';
import { pathOf, viewOf, viewsOf } from '../../src/console/operations/views.js';
import { minute, start } from '../support/examples.js';

const now = Date.parse(minute(60));
const model: ReadModel = {
  projection: 'review_queue',
  state: 'live',
  checkpoint: '0000000000000009',
  error: null,
  rebuilding: null,
  rebuiltFrom: null,
  lagSeconds: 0,
};
const process: Process = {
  process: 'mail',
  runsHere: true,
  state: 'ok',
  failures: 0,
  error: null,
  unavailable: null,
  takesEvents: true,
  parked: { count: 0, atLeast: false },
  waiting: { count: 0, atLeast: false, since: null, failed: 0 },
};
const node = { gateMode: 'enforce' } as Node;

const titles = (change: { model?: Partial<ReadModel>; process?: Partial<Process>; node?: Partial<Node> }): string[] =>
  concernsOf(
    {
      readModels: [{ ...model, ...change.model }],
      processes: [{ ...process, ...change.process }],
      node: { ...node, ...change.node },
    },
    now,
  ).map(({ title }) => title);

test('while all is well, nothing needs a look', () => {
  expect(titles({})).toEqual([]);
  expect(titles({ model: { lagSeconds: 2 } })).toEqual([]);
  expect(titles({ process: { waiting: { count: 2, atLeast: false, since: minute(58), failed: 0 } } })).toEqual([]);
  expect(titles({ process: { parked: null, takesEvents: false } })).toEqual([]);
});

test.each<[Parameters<typeof titles>[0], string]>([
  [{ model: { state: 'failed', error: 'x' } }, 'The read model review queue fails'],
  [{ model: { state: 'starting' } }, 'The read model review queue is behind'],
  [{ model: { lagSeconds: 60 } }, 'The read model review queue is behind'],
  [{ process: { state: 'failing', failures: 3 } }, 'The process mail has failed 3 times in a row'],
  [{ process: { state: 'failing', failures: 1 } }, 'The process mail has failed once'],
  [{ process: { parked: { count: 1, atLeast: false } } }, 'The process mail has set aside 1 event'],
  [{ process: { parked: { count: 100, atLeast: true } } }, 'The process mail has set aside at least 100 events'],
  [{ process: { waiting: { count: 2, atLeast: false, since: start, failed: 0 } } }, 'Work of mail has waited for 1 h'],
  [
    { process: { waiting: { count: 3, atLeast: false, since: minute(59), failed: 2 } } },
    '2 mails could not be sent yet',
  ],
  [
    { process: { process: 'webhooks', waiting: { count: 3, atLeast: false, since: minute(59), failed: 1 } } },
    '1 webhook could not be delivered yet',
  ],
  [{ process: { parked: null } }, 'What has been set aside cannot be told just now'],
  [{ node: { gateMode: 'observe' } }, 'The gate only observes'],
])('%j: %s', (change, title) => {
  expect(titles(change)).toEqual([title]);
});

test('what waits for a process that runs elsewhere is no concern of this node', () => {
  const waiting = { count: 2, atLeast: false, since: start, failed: 1 };
  expect(titles({ process: { runsHere: false, waiting } })).toEqual([]);
});

test('what a machine said is a sentence of its own', () => {
  const failing = { ...process, state: 'failing', failures: 1, error: 'connect ECONNREFUSED' } as const;
  const [concern] = concernsOf({ readModels: [], processes: [failing], node }, now);
  expect(concern?.text).toBe('connect ECONNREFUSED. It tries again by itself.');
});

test('what stops comes before what is only late', () => {
  const both = titles({ model: { lagSeconds: 60 }, process: { state: 'failing', failures: 2 } });
  expect(both[0]).toContain('failed');
});

test('amounts and sizes', () => {
  expect([amount(1, false, 'event'), amount(1_204, false, 'event'), amount(1, true, 'event')]).toEqual([
    '1 event',
    '1,204 events',
    'at least 1 event',
  ]);
  expect([sizeWords(512), sizeWords(1_536), sizeWords(192_098_304), sizeWords(2 ** 31)]).toEqual([
    '512 bytes',
    '1.5 KiB',
    '183 MiB',
    '2 GiB',
  ]);
  expect(waitingWords('mail', { count: 1, atLeast: false, since: start, failed: 0 })).toBe('1 mail waits to be sent');
  expect(waitingWords('timers', { count: 0, atLeast: false, since: null, failed: 0 })).toBe('nothing');
  expect(waitingWords('abuse', null)).toBe('–');
});

test('how far behind: in events where positions count them, unknown where they do not', () => {
  expect(eventsBehind('0000000000000009', '0000000000000012')).toBe(3);
  expect(eventsBehind(null, '0000000000000012')).toBe(12);
  expect(
    eventsBehind('00000000000000000009-00000000000000000009', '00000000000000000012-00000000000000000012'),
  ).toBeUndefined();
});

test('each role is offered only what it may ask for, whatever the address says', () => {
  expect(viewsOf('system').map(({ name }) => name)).toEqual(['service', 'node']);
  expect(viewOf('mail', 'system')).toBe('service');
  expect(viewOf('mail', 'admin')).toBe('mail');
  expect(viewOf('laundry', 'admin')).toBe('service');
  expect(pathOf('service')).toBe('/console/operations');
  expect(pathOf('mail', { state: 'failed' })).toBe('/console/operations?view=mail&state=failed');
});

test('the filter of a list stands in the address; a state that is none is left out', () => {
  const states = [{ value: 'sent' }, { value: 'failed' }];
  expect(listFilterOf({ account: ' acme ', state: 'odd', view: 'mail' }, states)).toEqual({ account: 'acme' });
  expect(listFilterOf({ state: 'sent' }, states)).toEqual({ state: 'sent' });
  expect(listFilterQuery({ account: ' ', state: 'sent' })).toEqual({ state: 'sent' });
});
