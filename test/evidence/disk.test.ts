import { mkdirSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { DiskEvidenceStore } from '../../src/evidence/disk.js';
import { EvidenceStoreUnavailable } from '../../src/evidence/evidenceStore.js';
import { newFolder } from '../support/folders.js';
import { evidenceStoreContract, hashOf, keep, listed } from './contract.js';

evidenceStoreContract('in a folder', async () => {
  const folder = newFolder();
  return { store: new DiskEvidenceStore(folder.file('evidence')), close: async () => folder.remove() };
});

describe('the folder', () => {
  const folder = newFolder();
  const store = new DiskEvidenceStore(folder.path);
  afterAll(() => folder.remove());

  test('given bytes kept, then the file is ab/cd/<sha256>, for its owner alone, and nothing waits beside it', async () => {
    const sha256 = await keep(store, Buffer.from('words'));
    const file = join(folder.path, sha256.slice(0, 2), sha256.slice(2, 4), sha256);
    expect(statSync(file)).toMatchObject({ size: 5, mode: 0o100_600 });
    expect(readdirSync(folder.file('incoming'))).toEqual([]);
  });

  test('given bytes that were there for a year, when they are kept again, then they are young', async () => {
    const bytes = Buffer.from('old');
    const sha256 = await keep(store, bytes);
    const file = join(folder.path, sha256.slice(0, 2), sha256.slice(2, 4), sha256);
    utimesSync(file, new Date(0), new Date(0));
    await keep(store, bytes);
    expect(Date.now() - statSync(file).mtimeMs).toBeLessThan(10_000);
  });

  test('given files of others in the folder, then they are neither listed nor removed', async () => {
    const other = 'f'.repeat(64);
    mkdirSync(folder.file('aa/bb'), { recursive: true });
    writeFileSync(folder.file(`aa/bb/${other}`), 'in the wrong place');
    writeFileSync(folder.file('aa/notes.txt'), 'notes');
    writeFileSync(folder.file('notes.txt'), 'notes');
    const names = (await listed(store)).map(({ sha256 }) => sha256);
    expect(names).toContain(hashOf(Buffer.from('words')));
    expect(names).not.toContain(other);
  });

  test('given a place where no folder can be made, then the store is unavailable, and says why', async () => {
    const blocked = new DiskEvidenceStore(folder.file('notes.txt'));
    await expect(blocked.stage(Readable.from([Buffer.from('x')]))).rejects.toThrow(EvidenceStoreUnavailable);
    expect(await blocked.has('0'.repeat(64))).toBe(false);
  });
});
