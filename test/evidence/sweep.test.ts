import { utimesSync, writeFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { DiskEvidenceStore } from '../../src/evidence/disk.js';
import type { EvidenceStore } from '../../src/evidence/evidenceStore.js';
import { EvidenceSweep, orphanAge } from '../../src/evidence/sweep.js';
import { evidenceLoop } from '../../src/processes/evidence.js';
import { command, goodData } from '../support/examples.js';
import { filesUnder } from '../support/evidenceService.js';
import { newGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { keep } from './contract.js';

const now = Date.parse('2026-03-01T12:00:00Z');
const old = now - orphanAge - 60_000;

let gatehouse: TestGatehouse;
let evidence: DiskEvidenceStore;
beforeEach(async () => {
  gatehouse = await newGatehouse();
  evidence = new DiskEvidenceStore(gatehouse.folder.file('evidence'));
  await gatehouse.walk([command('SignUp')]);
});
afterEach(async () => gatehouse.close());

const pathOf = (sha256: string): string =>
  gatehouse.folder.file(`evidence/${sha256.slice(0, 2)}/${sha256.slice(2, 4)}/${sha256}`);

/** Keeps bytes as if at an instant. */
async function keptAt(content: string, at: number): Promise<string> {
  const sha256 = await keep(evidence, Buffer.from(content));
  utimesSync(pathOf(sha256), new Date(at), new Date(at));
  return sha256;
}

const attach = async (sha256: string): Promise<void> =>
  gatehouse.walk([
    command('AttachEvidence', { ...goodData.AttachEvidence, evidenceId: `e-${sha256.slice(0, 8)}`, sha256 }),
  ]);

const sweepOf = (store: EvidenceStore = evidence): EvidenceSweep =>
  new EvidenceSweep({ evidence: store, log: gatehouse.store, now: () => now });

test('given old bytes, then those that no event names go; named and young ones stay', async () => {
  const named = await keptAt('named', old);
  const orphan = await keptAt('orphan', old);
  const young = await keptAt('young', now - orphanAge + 60_000);
  await attach(named);
  expect(await sweepOf().run()).toEqual({ kept: 3, removed: 1, unfinished: 0 });
  expect([await evidence.has(named), await evidence.has(orphan), await evidence.has(young)]).toEqual([
    true,
    false,
    true,
  ]);
});

test('given uploads that ended long ago without an end, then their files go; one under way stays', async () => {
  const left = await evidence.stage(Readable.from([Buffer.from('left')]));
  utimesSync(left.file, new Date(old), new Date(old));
  const underWay = await evidence.stage(Readable.from([Buffer.from('under way')]));
  expect(await sweepOf().run()).toEqual({ kept: 0, removed: 0, unfinished: 1 });
  await underWay.keep();
  expect(await evidence.has(underWay.sha256)).toBe(true);
});

test('given evidence named between two sweeps of one process, then the second one knows it', async () => {
  const sweep = sweepOf();
  const first = await keptAt('first', old);
  await attach(first);
  expect(await sweep.run()).toMatchObject({ removed: 0 });
  const second = await keptAt('second', old);
  const orphan = await keptAt('orphan', old);
  await attach(second);
  expect(await sweep.run()).toMatchObject({ kept: 3, removed: 1 });
  expect([await evidence.has(first), await evidence.has(second), await evidence.has(orphan)]).toEqual([
    true,
    true,
    false,
  ]);
});

/** The store as it is, but something happens just before one of its calls. */
function before(call: 'list' | 'remove', happens: () => Promise<void>): EvidenceStore {
  return new Proxy(evidence, {
    get: (target, name) => {
      const value = Reflect.get(target, name) as unknown;
      if (typeof value !== 'function') return value;
      const bound = value.bind(target) as (...args: unknown[]) => unknown;
      if (name !== call) return bound;
      return async (...args: unknown[]) => {
        await happens();
        return bound(...args);
      };
    },
  });
}

test('given an orphan that is uploaded again just before it is removed, then it stays: its upload made it young', async () => {
  const orphan = await keptAt('orphan', old);
  // Its event is not in the log yet when the sweep has read it to its end.
  const sweep = sweepOf(
    before('remove', async () => {
      await keep(evidence, Buffer.from('orphan'));
      utimesSync(pathOf(orphan), new Date(now), new Date(now));
    }),
  );
  expect(await sweep.run()).toMatchObject({ removed: 0 });
  expect(await evidence.has(orphan)).toBe(true);
});

test('given the log cannot be read, then nothing is removed', async () => {
  const orphan = await keptAt('orphan', old);
  const log = {
    // oxlint-disable-next-line require-yield -- it fails before it gives anything
    async *readAll(): AsyncIterable<never> {
      throw new Error('the log is out of reach');
    },
  };
  await expect(new EvidenceSweep({ evidence, log, now: () => now }).run()).rejects.toThrow('out of reach');
  expect(await evidence.has(orphan)).toBe(true);
});

test('given a sweep that is stopped, then it removes nothing more', async () => {
  const orphan = await keptAt('orphan', old);
  await sweepOf().run(AbortSignal.abort());
  expect(await evidence.has(orphan)).toBe(true);
});

test('the process is called evidence, and looks by the clock of the service', async () => {
  const loop = evidenceLoop({ commands: gatehouse.deps, evidence });
  const orphan = await keptAt('orphan', Date.parse(gatehouse.deps.now()) - 2 * orphanAge);
  writeFileSync(gatehouse.folder.file('evidence/notes.txt'), 'of others');
  await loop.run(new AbortController().signal);
  expect([loop.name, await evidence.has(orphan)]).toEqual(['evidence', false]);
  expect(filesUnder(gatehouse.folder.file('evidence'))).toEqual(['notes.txt']);
});
