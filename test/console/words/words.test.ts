/** Word lists are complete, and nothing in them reads like code. */
import { channelKinds, messageTypes, reasonCodes, requirements } from '../../../src/events/vocabulary.js';
import {
  actorText,
  channelWords,
  messageTypeWords,
  reasonWords,
  requirementWords,
} from '../../../src/console/words/account.js';
import { actionWords, gateReasonWords } from '../../../src/console/words/gate.js';
import { counted, listed, plain, wordFor } from '../../../src/console/words/plain.js';
import { gateActions, gateReasons } from '../../../src/policy/gate.js';

test.each([
  ['requirements', requirements, requirementWords],
  ['reason codes', reasonCodes, reasonWords],
  ['channel kinds', channelKinds, channelWords],
  ['message types', messageTypes, messageTypeWords],
  ['gate actions', gateActions, actionWords],
  ['gate reasons', gateReasons, gateReasonWords],
] as const)('all %s have words, each its own', (_what, codes, words) => {
  expect(Object.keys(words).toSorted()).toEqual([...codes].toSorted());
  expect(Object.values(words).join(' ')).not.toMatch(/_|undefined/);
  expect(new Set(Object.values(words)).size).toBe(codes.length);
});

test('small helpers', () => {
  expect(plain('pendingReview')).toBe('pending review');
  expect(plain('in_app')).toBe('in app');
  expect([listed([]), listed(['a']), listed(['a', 'b']), listed(['a', 'b', 'c'])]).toEqual([
    '',
    'a',
    'a and b',
    'a, b and c',
  ]);
  expect([counted(1, 'event', 'events'), counted(1_200, 'event', 'events')]).toEqual(['1 event', '1,200 events']);
  expect([wordFor({ a: 'A' }, 'a'), wordFor({}, 'not_yet_known'), wordFor({}, 'toString')]).toEqual([
    'A',
    'not yet known',
    'to string',
  ]);
  expect(actorText({ type: 'product', id: 'shop' })).toBe('product backend shop');
});
