/** The service with its evidence in a bucket: also while the bucket is out of reach. */
import { setTimeout as sleep } from 'node:timers/promises';
import { attached, filesUnder } from '../../support/evidenceService.js';
import { pdf, png } from '../../support/evidence.js';
import { command } from '../../support/examples.js';
import { bucket, newS3, type TestS3 } from '../../support/s3.js';
import { newService, type TestService } from '../../support/service.js';

let s3: TestS3;
let service: TestService;
beforeAll(async () => {
  s3 = await newS3();
  service = await newService('acme', { GATEHOUSE_EVIDENCE: `s3://${bucket}/some/prefix/` });
  await service.walk('acme', [command('SignUp')]);
});
afterAll(async () => {
  await service.stop();
  await s3.close();
});

const upload = async (bytes: Buffer, key: string) =>
  service.upload('product', 'acme', new Blob([bytes]), 'form.png', { evidenceId: key }, { 'Idempotency-Key': key });
const download = async (evidenceId: string) =>
  service.ask('reviewer', 'GET', `/v1/accounts/acme/evidence/${evidenceId}`);

test('given an upload, then its bytes come back from the bucket, and nothing waits here', async () => {
  expect(await upload(pdf('terms'), 'terms')).toMatchObject({ status: 200, body: { mediaType: 'application/pdf' } });
  expect(await download('terms')).toMatchObject({ status: 200, text: pdf('terms').toString() });
  expect(filesUnder(service.folder.file('evidence'))).toEqual([]);
  expect(filesUnder(service.folder.file('evidence-incoming'))).toEqual([]);
});

test('given 40 uploads at once, then each has its event and its bytes', async () => {
  await Promise.all(
    Array.from({ length: 40 }, async (_, index) => {
      expect(await upload(png(`shot ${index}`), `shot-${index}`)).toMatchObject({ status: 200 });
      expect(await download(`shot-${index}`)).toMatchObject({ status: 200 });
    }),
  );
});

test('given the bucket goes down, then 503 with Retry-After and nothing is lost: repeated later, the upload is there', async () => {
  const before = (await attached(service)).length;
  await s3.goDown();
  const [refused, unread] = [await upload(pdf('later'), 'later'), await download('terms')];
  for (const answer of [refused, unread]) {
    expect(answer).toMatchObject({ status: 503, body: { code: 'evidence_store_unavailable' } });
    expect(answer.headers.get('retry-after')).toBe('2');
  }
  expect((await attached(service)).length).toBe(before);
  expect(filesUnder(service.folder.file('evidence-incoming'))).toEqual([]);
  await s3.comeBack();
  expect(await upload(pdf('later'), 'later')).toMatchObject({ status: 200 });
  expect(await download('later')).toMatchObject({ status: 200, text: pdf('later').toString() });
  expect((await attached(service)).length).toBe(before + 1);
});

test('given the bucket comes back while an upload is being kept, then the upload goes through', async () => {
  await s3.goDown();
  const pending = upload(pdf('patient'), 'patient');
  await sleep(150);
  await s3.comeBack();
  expect(await pending).toMatchObject({ status: 200 });
  expect(await download('patient')).toMatchObject({ status: 200 });
});
