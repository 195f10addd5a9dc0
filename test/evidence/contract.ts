/** What every evidence store does. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { EvidenceStore, KeptEvidence } from '../../src/evidence/evidenceStore.js';

export type OpenedStore = { readonly store: EvidenceStore; readonly close: () => Promise<void> };

export const hashOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** Stages and keeps bytes. */
export async function keep(store: EvidenceStore, bytes: Buffer): Promise<string> {
  const staged = await store.stage(Readable.from([bytes]));
  await staged.keep();
  await staged.discard();
  return staged.sha256;
}

export async function listed(store: EvidenceStore): Promise<KeptEvidence[]> {
  const all: KeptEvidence[] = [];
  for await (const one of store.list()) all.push(one);
  return all;
}

const soon = (): number => Date.now() + 60_000;

export function evidenceStoreContract(name: string, open: () => Promise<OpenedStore>): void {
  describe(`the evidence store ${name}`, () => {
    let opened: OpenedStore;
    let store: EvidenceStore;
    beforeAll(async () => {
      opened = await open();
      ({ store } = opened);
    });
    afterAll(async () => opened.close());

    test('given nothing kept, then there is nothing', async () => {
      expect(await store.open('0'.repeat(64))).toBeUndefined();
      expect(await store.has('0'.repeat(64))).toBe(false);
      expect(await listed(store)).toEqual([]);
      expect(await store.remove('0'.repeat(64), soon())).toBe(true);
    });

    test('given bytes kept, then they are read back whole, and listed with their age', async () => {
      const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, index) => index % 251));
      const sha256 = await keep(store, bytes);
      expect(sha256).toBe(hashOf(bytes));
      const found = await store.open(sha256);
      expect(found?.bytes).toBe(bytes.length);
      expect(hashOf(await buffer(found?.stream ?? Readable.from([])))).toBe(sha256);
      expect(await store.has(sha256)).toBe(true);
      const [one] = await listed(store);
      expect(one?.sha256).toBe(sha256);
      expect(Math.abs((one?.modifiedAt ?? 0) - Date.now())).toBeLessThan(10_000);
    });

    test('given bytes staged and not kept, then nothing is there, and discarding leaves no file', async () => {
      const staged = await store.stage(Readable.from([Buffer.from('not kept')]));
      expect(staged).toMatchObject({ bytes: 8, sha256: hashOf(Buffer.from('not kept')) });
      expect(await store.has(staged.sha256)).toBe(false);
      expect(existsSync(staged.file)).toBe(true);
      await staged.discard();
      await staged.discard();
      expect(existsSync(staged.file)).toBe(false);
    });

    test('given a source that breaks off, then its error comes through and no file is left', async () => {
      async function* broken(): AsyncIterable<Uint8Array> {
        yield Buffer.from('half');
        throw new Error('cut off');
      }
      await expect(store.stage(broken())).rejects.toThrow('cut off');
      expect(await store.removeStaged(soon())).toBe(0);
    });

    test('given the same bytes kept again, also at once, then they are there once', async () => {
      const bytes = Buffer.from('the same');
      const all = await Promise.all(Array.from({ length: 20 }, async () => keep(store, bytes)));
      expect(new Set(all).size).toBe(1);
      expect((await listed(store)).filter(({ sha256 }) => sha256 === hashOf(bytes))).toHaveLength(1);
      expect(await buffer((await store.open(hashOf(bytes)))?.stream ?? Readable.from([]))).toEqual(bytes);
    });

    test('given bytes kept lately, then removing what is older leaves them; removing them takes them', async () => {
      const sha256 = await keep(store, Buffer.from('young'));
      expect(await store.remove(sha256, Date.now() - 60_000)).toBe(false);
      expect(await store.has(sha256)).toBe(true);
      expect(await store.remove(sha256, soon())).toBe(true);
      expect(await store.has(sha256)).toBe(false);
    });

    test('given bytes removed before their upload has ended, then they can be kept once more', async () => {
      const staged = await store.stage(Readable.from([Buffer.from('kept twice')]));
      await staged.keep();
      await store.remove(staged.sha256, soon());
      await staged.keep();
      await staged.keep();
      expect(await store.has(staged.sha256)).toBe(true);
      await staged.discard();
      expect(await store.removeStaged(soon())).toBe(0);
    });

    test('given uploads that were never discarded, then the old ones are removed', async () => {
      await store.stage(Readable.from([Buffer.from('left behind')]));
      expect(await store.removeStaged(Date.now() - 60_000)).toBe(0);
      expect(await store.removeStaged(soon())).toBe(1);
    });
  });
}
