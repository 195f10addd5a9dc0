import { createHash } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { DiskEvidenceStore } from '../../../src/evidence/disk.js';
import { keep } from '../../evidence/contract.js';
import { attached, fileOf, folderWithHistory } from '../../support/evidenceService.js';
import { png, text } from '../../support/evidence.js';
import { command, goodData } from '../../support/examples.js';
import { newService, type TestService } from '../../support/service.js';

let service: TestService;
beforeAll(async () => {
  service = await newService();
  await service.walk('acme', [command('SignUp')]);
  await service.walk('birch', [command('SignUp')]);
});
afterAll(async () => service.stop());

const attach = async (evidenceId: string, bytes: Buffer, name = 'form.png', accountId = 'acme') => {
  const answer = await service.upload('product', accountId, new Blob([bytes]), name, { evidenceId });
  if (answer.status !== 200) throw new Error(answer.text);
};
const path = (evidenceId: string, accountId = 'acme'): string => `/v1/accounts/${accountId}/evidence/${evidenceId}`;
const bytesFor = async (role: keyof TestService['tokens'], evidenceId: string, accountId = 'acme') => {
  const headers = { Authorization: `Bearer ${service.tokens[role]}` };
  const response = await fetch(`${service.url}${path(evidenceId, accountId)}`, { headers });
  return { response, bytes: Buffer.from(await response.arrayBuffer()) };
};

describe('the bytes of a piece of evidence', () => {
  test('come as they were uploaded, under headers that let no browser run or show them', async () => {
    await attach('shot-1', png('shot'), 'Formular für uns.png');
    const { response, bytes } = await bytesFor('reviewer', 'shot-1');
    expect(response.status).toBe(200);
    expect(bytes).toEqual(png('shot'));
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'image/png',
      'content-length': String(bytes.length),
      'content-disposition': `attachment; filename="Formular f?r uns.png"; filename*=UTF-8''Formular%20f%C3%BCr%20uns.png`,
      'content-security-policy': "sandbox; default-src 'none'",
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
      'cross-origin-resource-policy': 'same-origin',
      'etag': `"${sha256}"`,
    });
  });

  test('are the latest under their id', async () => {
    await attach('changing', text('first'), 'a.txt');
    await attach('changing', text('second'), 'a.txt');
    const { response, bytes } = await bytesFor('auditor', 'changing');
    expect([bytes, response.headers.get('content-type')]).toEqual([text('second'), 'text/plain; charset=utf-8']);
  });

  test('asked with HEAD, come as headers alone', async () => {
    const answer = await service.ask('admin', 'HEAD', path('shot-1'));
    expect([answer.status, answer.text, answer.headers.get('content-length')]).toEqual([
      200,
      '',
      String(png('shot').length),
    ]);
  });

  test.each([
    ['reviewer', 200],
    ['auditor', 200],
    ['admin', 200],
    ['product', 200],
    ['customer', 200],
    ['analyst', 403],
    ['system', 403],
  ] as const)('are for the %s: %d', async (role, status) => {
    expect((await bytesFor(role, 'shot-1')).response.status).toBe(status);
    expect((await service.ask(role, 'GET', '/v1/accounts/acme/evidence')).status).toBe(status);
  });

  test('are not for the customer of another account, nor found under it', async () => {
    await attach('shot-2', png('birch'), 'form.png', 'birch');
    expect((await bytesFor('customer', 'shot-2', 'birch')).response.status).toBe(403);
    expect(await service.ask('customer', 'GET', path('shot-2'))).toMatchObject({
      status: 404,
      body: { code: 'unknown_evidence' },
    });
    expect(await service.ask('reviewer', 'GET', path('shot-1', 'birch'))).toMatchObject({ status: 404 });
  });

  test.each(['nowhere', 'constructor', '__proto__'])('%s: 404, there is no such evidence', async (evidenceId) => {
    expect(await service.ask('reviewer', 'GET', path(evidenceId))).toMatchObject({
      status: 404,
      body: { code: 'unknown_evidence' },
    });
    const unknown = await service.ask('reviewer', 'GET', path(evidenceId, 'nobody'));
    expect(unknown).toMatchObject({ status: 404, body: { code: 'unknown_account' } });
  });
});

describe('given the store is not what the log says', () => {
  const file = async (): Promise<string> => fileOf(service, (await attached(service)).at(-1)?.data.sha256 ?? '');

  test('bytes that are gone: 404 with the remedy', async () => {
    await attach('lost', png('lost'));
    rmSync(await file());
    const answer = await service.ask('reviewer', 'GET', path('lost'));
    expect(answer).toMatchObject({ status: 404, body: { code: 'evidence_missing' } });
    expect(answer.body['detail']).toContain('Restore');
  });

  test('bytes that were changed: the connection ends before the last of them', async () => {
    const bytes = Buffer.alloc(400_000, 'a');
    await attach('altered', bytes, 'a.txt');
    bytes[7] = 66;
    writeFileSync(await file(), bytes);
    await expect(bytesFor('reviewer', 'altered')).rejects.toThrow();
    await attach('altered-small', text('altered'), 'a.txt');
    writeFileSync(await file(), text('ALTERED'));
    await expect(bytesFor('reviewer', 'altered-small')).rejects.toThrow();
  });

  test('more or fewer bytes: said at once', async () => {
    await attach('longer', png('longer'));
    writeFileSync(await file(), 'longer');
    expect(await service.ask('reviewer', 'GET', path('longer'))).toMatchObject({
      status: 500,
      body: { code: 'evidence_damaged' },
    });
  });
});

describe('the list', () => {
  test('names each piece, the oldest first; who attached it is for insiders', async () => {
    await service.walk('cedar', [command('SignUp')]);
    await service.upload('product', 'cedar', new Blob([text('words')]), 'words.txt', {
      evidenceId: 'b',
      requirement: 'identity',
    });
    await service.upload('product', 'cedar', new Blob([png('shot')]), 'form.png', { evidenceId: 'a' });
    const items = [
      {
        evidenceId: 'b',
        kind: 'text',
        fileName: 'words.txt',
        mediaType: 'text/plain',
        bytes: text('words').length,
        sha256: createHash('sha256').update(text('words')).digest('hex'),
        requirement: 'identity',
        attachedAt: expect.any(String) as unknown,
      },
      { evidenceId: 'a', kind: 'screenshot', requirement: null },
    ];
    const outside = await service.ask('product', 'GET', '/v1/accounts/cedar/evidence');
    expect(outside.body).toMatchObject({ items });
    expect(outside.text).not.toContain('attachedBy');
    const inside = await service.ask('reviewer', 'GET', '/v1/accounts/cedar/evidence');
    expect(inside.body).toMatchObject({ items: items.map((one) => ({ ...one, attachedBy: 'product-1' })) });
  });

  test('is empty where there is none; an unknown account is 404', async () => {
    await service.walk('elm', [command('SignUp')]);
    expect((await service.ask('auditor', 'GET', '/v1/accounts/elm/evidence')).body).toEqual({ items: [] });
    expect((await service.ask('auditor', 'GET', '/v1/accounts/nobody/evidence')).status).toBe(404);
  });
});

test('given imported history that names an odd type and name, then they do no harm; without bytes: 404', async () => {
  const page = Buffer.from('<script>alert(1)</script>');
  const sha256 = createHash('sha256').update(page).digest('hex');
  const odd = {
    ...goodData.AttachEvidence,
    mediaType: 'text/html\u0000',
    fileName: '../x\u202e.html',
    bytes: page.length,
  };
  const folder = await folderWithHistory([
    command('SignUp'),
    command('AttachEvidence', { ...odd, sha256 }),
    command('AttachEvidence', { ...odd, evidenceId: 'no-bytes' }),
  ]);
  await keep(new DiskEvidenceStore(folder.file('evidence')), page);
  const imported = await newService('acme', { GATEHOUSE_DATA: folder.path });
  const answer = await imported.ask('reviewer', 'GET', path('shot-1'));
  expect([answer.status, answer.text]).toEqual([200, page.toString()]);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'application/octet-stream',
    'content-disposition': 'attachment; filename=x.html.bin',
  });
  expect(await imported.ask('reviewer', 'GET', path('no-bytes'))).toMatchObject({
    status: 404,
    body: { code: 'evidence_missing' },
  });
  await imported.stop();
  folder.remove();
});
