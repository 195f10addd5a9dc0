/** Uploads side by side, cut off, and stopped in the middle: no event without its bytes, and nothing left of the others. */
import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { attached, boundary, fileOf, filesUnder, formOf } from '../../support/evidenceService.js';
import { png, text } from '../../support/evidence.js';
import { command } from '../../support/examples.js';
import { newFolder } from '../../support/folders.js';
import { openConnection, sendBytes } from '../../support/rawHttp.js';
import { newService, type TestService } from '../../support/service.js';

let service: TestService;
beforeAll(async () => {
  service = await newService();
  await service.walk('acme', [command('SignUp')]);
});
afterAll(async () => service.stop());

const files = (): string[] => filesUnder(service.folder.file('evidence'));

/** Nothing waits in the folder of uploads, soon. */
async function thenNothingWaits(): Promise<void> {
  const waiting = (): string[] => filesUnder(service.folder.file('evidence/incoming'));
  for (let tries = 0; waiting().length > 0 && tries < 100; tries++) await sleep(20);
  expect(waiting()).toEqual([]);
}

const head = (length: number | string, path = '/v1/accounts/acme/evidence'): string =>
  `POST ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${service.tokens.product}\r\n` +
  `Content-Type: multipart/form-data; boundary=${boundary}\r\n` +
  `${typeof length === 'number' ? `Content-Length: ${length}` : length}\r\n\r\n`;

test('given 100 uploads at once, then each has its event and its bytes', async () => {
  const all = Array.from({ length: 100 }, (_, index) =>
    Buffer.concat([text(`file ${index}`), Buffer.alloc(70_000, 'x')]),
  );
  const answers = await Promise.all(
    all.map(async (bytes, index) => service.upload('product', 'acme', new Blob([bytes]), `file-${index}.txt`)),
  );
  expect(answers.map(({ status }) => status)).toEqual(all.map(() => 200));
  const events = await attached(service, 'acme');
  expect(events).toHaveLength(100);
  for (const { data } of events) {
    const bytes = readFileSync(fileOf(service, data.sha256));
    expect([createHash('sha256').update(bytes).digest('hex'), bytes.length]).toEqual([data.sha256, data.bytes]);
  }
  await thenNothingWaits();
});

test('given the same bytes uploaded 30 times at once, then they are kept once, with an event each', async () => {
  await service.walk('twins', [command('SignUp')]);
  const answers = await Promise.all(
    Array.from({ length: 30 }, async () => service.upload('product', 'twins', new Blob([png('twin')]), 'form.png')),
  );
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
  expect(new Set(answers.map(({ body }) => body['evidenceId'])).size).toBe(30);
  expect(files().filter((name) => name === answers[0]?.body['sha256'])).toHaveLength(1);
  await thenNothingWaits();
});

test('given a connection that is cut in the middle of the file, then nothing is left of it', async () => {
  const before = [files(), (await attached(service)).length];
  const form = formOf(Buffer.alloc(500_000, 'x'), 'a.txt');
  for (const sent of [50, 200, 300_000, form.length - 2]) {
    const connection = await openConnection(service.url);
    connection.socket.write(head(form.length));
    connection.socket.write(form.subarray(0, sent));
    await sleep(50);
    connection.socket.destroy();
  }
  await thenNothingWaits();
  expect([files(), (await attached(service)).length]).toEqual(before);
});

test.each([
  ['in the file', (form: Buffer) => form.subarray(0, 1_000)],
  ['in the last boundary', (form: Buffer) => form.subarray(0, form.length - 5)],
  ['in the head of the part', (form: Buffer) => form.subarray(0, 40)],
  ['before it began', () => Buffer.alloc(0)],
])('given a form that ends %s, though the request is whole: 400', async (_where, cut) => {
  const before = [files(), (await attached(service)).length];
  const body = cut(formOf(Buffer.alloc(5_000, 'x'), 'a.txt')).toString('latin1');
  const answer = await sendBytes(service.url, head(body.length) + body);
  expect(answer).toMatchObject({ status: 400, body: expect.stringContaining('malformed_form') as unknown });
  await thenNothingWaits();
  expect([files(), (await attached(service)).length]).toEqual(before);
});

test('given a length beyond measure, then 413 comes before the bytes', async () => {
  const answer = await sendBytes(service.url, head(50_000_000_000));
  expect(answer).toMatchObject({ status: 413 });
});

test('given a body without a length that does not end in time, then 413 comes at the limit', async () => {
  const connection = await openConnection(service.url);
  const form = formOf(Buffer.alloc(12 * 1_048_576, 'x'), 'a.txt');
  connection.socket.write(head('Transfer-Encoding: chunked'));
  connection.socket.write(Buffer.concat([Buffer.from(`${form.length.toString(16)}\r\n`), form, Buffer.from('\r\n')]));
  for (let tries = 0; !connection.received.includes('too_large') && tries < 200; tries++) await sleep(20);
  expect(connection.received).toContain('HTTP/1.1 413');
  connection.socket.destroy();
  await thenNothingWaits();
});

test('given an unknown account, then the answer comes before the bytes', async () => {
  const answer = await sendBytes(service.url, head(1_000_000, '/v1/accounts/nobody/evidence'));
  expect(answer).toMatchObject({ status: 404, body: expect.stringContaining('unknown_account') as unknown });
});

test('given a folder that cannot be written, then 503 with Retry-After, and no event', async () => {
  const folder = newFolder();
  const blocked = await newService('acme', { GATEHOUSE_EVIDENCE: folder.file('evidence') });
  rmSync(folder.file('evidence'), { recursive: true });
  writeFileSync(folder.file('evidence'), 'a file in its place');
  await blocked.walk('acme', [command('SignUp')]);
  const answer = await blocked.upload('product', 'acme', new Blob([png('a')]), 'form.png');
  expect(answer).toMatchObject({ status: 503, body: { code: 'evidence_store_unavailable' } });
  expect(answer.headers.get('retry-after')).toBe('2');
  expect(await attached(blocked)).toEqual([]);
  await blocked.stop();
  folder.remove();
});
