/** The view is exactly what the answers follow from: it changes when, and only when, some answer does. */
import { sendingGate, type GateRow } from '../../projections/sendingGate.js';
import { decode } from '../../src/events/upcast.js';
import { messageTypes } from '../../src/events/vocabulary.js';
import { decideGate, gateActions, type GateQuestion } from '../../src/policy/gate.js';
import { builtInPolicy } from '../../src/policy/policy.js';
import { newGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { walkRandomly } from '../support/randomLog.js';

let gatehouse: TestGatehouse;
beforeAll(async () => {
  gatehouse = await newGatehouse();
  await walkRandomly(gatehouse, 11, 140, 60);
});
afterAll(async () => gatehouse.close());

const channels = [undefined, 'email-1', 'email-2', 'push-1', 'not-there'];
const questions: readonly GateQuestion[] = gateActions.flatMap((action) =>
  channels.flatMap((channelId) =>
    [undefined, ...messageTypes].map((messageType) => ({ action, channelId, messageType })),
  ),
);
const context = { policy: builtInPolicy, position: null, mode: 'enforce' } as const;

/** Every answer about an account, whatever its revision. */
function answersOf(row: GateRow): string {
  return JSON.stringify(questions.map((question) => decideGate(question, { ...row, revision: 0 }, context)));
}

test('given random histories, then the last change of a row moves with its answers and stays with them', async () => {
  const rows = new Map<string, { readonly row: GateRow; readonly answers: string }>();
  const seen = { changed: 0, unchanged: 0 };
  for await (const stored of gatehouse.store.readAll({ types: sendingGate.types })) {
    const event = decode(stored);
    const key = sendingGate.key(event) ?? '';
    const before = rows.get(key);
    const row = sendingGate.evolve(before?.row, event);
    const answers = answersOf(row);
    const changed = answers !== before?.answers;
    expect([key, event.revision, row.lastChange.position === event.position]).toEqual([key, event.revision, changed]);
    seen[changed ? 'changed' : 'unchanged'] += 1;
    rows.set(key, { row, answers });
  }
  expect(seen.changed).toBeGreaterThan(400);
  expect(seen.unchanged).toBeGreaterThan(200);
});
