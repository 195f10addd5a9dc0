import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { EvidenceStoreUnavailable, pathOf } from '../../src/evidence/evidenceStore.js';
import { openS3Evidence } from '../../src/evidence/s3.js';
import { newFolder } from '../support/folders.js';
import { bucket, newS3, pointAt, type TestS3 } from '../support/s3.js';
import { evidenceStoreContract, keep, listed } from './contract.js';

evidenceStoreContract('in a bucket', async () => {
  const s3 = await newS3();
  const folder = newFolder();
  const store = await openS3Evidence({ bucket, prefix: 'gatehouse/evidence', spoolFolder: folder.path });
  return {
    store,
    close: async () => {
      store.close();
      await s3.close();
      folder.remove();
    },
  };
});

describe('the bucket', () => {
  let s3: TestS3;
  const folder = newFolder();
  const open = async (prefix: string, name = bucket) =>
    openS3Evidence({ bucket: name, prefix, spoolFolder: folder.path });
  beforeAll(async () => (s3 = await newS3()));
  afterAll(async () => {
    await s3.close();
    folder.remove();
  });

  test('given two prefixes, one within the other, then each lists its own', async () => {
    const [outer, inner] = [await open(''), await open('inner')];
    const outerHash = await keep(outer, Buffer.from('outer'));
    const innerHash = await keep(inner, Buffer.from('inner'));
    expect((await listed(outer)).map(({ sha256 }) => sha256)).toEqual([outerHash]);
    expect((await listed(inner)).map(({ sha256 }) => sha256)).toEqual([innerHash]);
  });

  test('given a bucket that does not exist, then the store is unavailable, not empty', async () => {
    const store = await open('', 'no-such-bucket');
    await expect(store.open('0'.repeat(64))).rejects.toThrow(EvidenceStoreUnavailable);
    await expect(keep(store, Buffer.from('x'))).rejects.toThrow(EvidenceStoreUnavailable);
    await expect(listed(store)).rejects.toThrow(EvidenceStoreUnavailable);
  });

  test('given a bucket out of reach, then every question is answered soon, and keeping goes on when it is back', async () => {
    const store = await open('');
    const staged = await store.stage(Readable.from([Buffer.from('patient')]));
    await s3.goDown();
    const began = Date.now();
    await expect(staged.keep()).rejects.toThrow(EvidenceStoreUnavailable);
    await expect(store.open(staged.sha256)).rejects.toThrow(EvidenceStoreUnavailable);
    await expect(store.has(staged.sha256)).rejects.toThrow(EvidenceStoreUnavailable);
    await expect(store.remove(staged.sha256, Date.now())).rejects.toThrow(EvidenceStoreUnavailable);
    await expect(listed(store)).rejects.toThrow(EvidenceStoreUnavailable);
    expect(Date.now() - began).toBeLessThan(10_000);
    await s3.comeBack();
    await staged.keep();
    expect(await store.has(staged.sha256)).toBe(true);
  });
});

test('given more objects than a page has, then all are listed, page after page', async () => {
  const hash = (digit: string): string => digit.repeat(64);
  const key = (digit: string): string => `p/${pathOf(hash(digit))}`;
  const object = (name: string): string =>
    `<Contents><Key>${name}</Key><LastModified>2026-01-05T09:00:00.000Z</LastModified></Contents>`;
  const pages: Record<string, string> = {
    'first': `<IsTruncated>true</IsTruncated><NextContinuationToken>a+b/c=</NextContinuationToken>${object(key('1'))}${object('p/notes.txt')}`,
    'a+b/c=': `<IsTruncated>false</IsTruncated>${object(key('2'))}${object(key('3').replace('p/', 'q/'))}`,
  };
  const server = createServer((request, response) => {
    const token = new URL(request.url ?? '', 'http://x').searchParams.get('continuation-token') ?? 'first';
    response.setHeader('Content-Type', 'application/xml');
    response.end(`<?xml version="1.0"?><ListBucketResult>${pages[token] ?? ''}</ListBucketResult>`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const restore = pointAt(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const store = await openS3Evidence({ bucket, prefix: 'p', spoolFolder: '/nowhere' });
  const modifiedAt = Date.parse('2026-01-05T09:00:00.000Z');
  expect(await listed(store)).toEqual([
    { sha256: hash('1'), modifiedAt },
    { sha256: hash('2'), modifiedAt },
  ]);
  store.close();
  restore();
  server.close();
});

test('given neither region nor endpoint, then the bucket is not opened', async () => {
  const restore = pointAt('');
  await expect(openS3Evidence({ bucket, prefix: '', spoolFolder: '/nowhere' })).rejects.toThrow('Region');
  restore();
});
