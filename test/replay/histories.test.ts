/**
 * Stored histories fold for ever, to the same states. A file here was written by the version that its name says, and is
 * never changed; new ones are added when events or the chart change (`GATEHOUSE_WRITE_HISTORIES=1`, once).
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { foldOne, initialSnapshot, stateOf } from '../../machines/fold.js';
import type { StoredEvent } from '../../src/eventStore/eventStore.js';
import { accountOf } from '../../src/events/envelope.js';
import { decode } from '../../src/events/upcast.js';
import { newGatehouse } from '../support/gatehouse.js';
import { walkRandomly } from '../support/randomLog.js';

const folder = join(__dirname, 'histories');
const current = join(folder, 'machine-1.ndjson');

async function write(): Promise<void> {
  const gatehouse = await newGatehouse();
  await walkRandomly(gatehouse, 42, 140, 40);
  const lines: string[] = [];
  for await (const event of gatehouse.store.readAll())
    if (accountOf(event.stream) !== undefined) lines.push(JSON.stringify(event));
  writeFileSync(current, `${lines.join('\n')}\n`);
  await gatehouse.close();
}

beforeAll(async () => {
  if (process.env['GATEHOUSE_WRITE_HISTORIES'] === '1' && !existsSync(current)) await write();
});

test('there are histories', () => {
  expect(readdirSync(folder).length).toBeGreaterThan(0);
});

test.each(readdirSync(folder))('%s folds to the states that were stored', (name) => {
  const snapshots = new Map<string, ReturnType<typeof foldOne>>();
  const lines = readFileSync(join(folder, name), 'utf8').trim().split('\n');
  for (const line of lines) {
    const event = decode(JSON.parse(line) as StoredEvent);
    const before = snapshots.get(event.stream) ?? initialSnapshot;
    const after = foldOne(event.stream, before, event.revision, event.fact);
    expect(stateOf(before)).toEqual(event.metadata.from);
    expect(stateOf(after)).toEqual(event.metadata.to);
    snapshots.set(event.stream, after);
  }
  expect(lines.length).toBeGreaterThan(500);
});
