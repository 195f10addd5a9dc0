import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { mostEvidence } from '../../../src/policy/facts.js';
import { attached, fileOf, filesUnder, folderWithHistory } from '../../support/evidenceService.js';
import { jpeg, pdf, png, text, webp } from '../../support/evidence.js';
import { command, goodData, inReview, verified } from '../../support/examples.js';
import { newService, type TestService } from '../../support/service.js';

const mebibyte = 1_048_576;

let service: TestService;
beforeAll(async () => {
  service = await newService('acme', { GATEHOUSE_EVIDENCE_MAX_MIB: '1' });
  await service.walk('acme', [command('SignUp')]);
});
afterAll(async () => service.stop());

const files = (): string[] => filesUnder(service.folder.file('evidence'));
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** Uploads that are refused, and leave neither bytes nor an event. */
async function thenNothingIsLeft(upload: () => Promise<unknown>): Promise<void> {
  const before = [files(), (await attached(service)).length];
  await upload();
  expect([files(), (await attached(service)).length]).toEqual(before);
}

describe('what a file is follows from its content', () => {
  test.each([
    ['PNG', png('a'), 'form.png', 'screenshot', 'image/png', 'form.png'],
    ['JPEG', jpeg('a'), 'photo.JPG', 'screenshot', 'image/jpeg', 'photo.JPG'],
    ['WebP', webp('a'), 'form.webp', 'screenshot', 'image/webp', 'form.webp'],
    ['PDF', pdf('a'), 'terms.pdf', 'pdf', 'application/pdf', 'terms.pdf'],
    ['text', text('Füße 🌍'), 'words.txt', 'text', 'text/plain', 'words.txt'],
    ['a PNG by the name of a text', png('b'), 'form.txt', 'screenshot', 'image/png', 'form.txt.png'],
    ['a PDF by the name of a program', pdf('b'), 'terms.exe', 'pdf', 'application/pdf', 'terms.exe.pdf'],
    ['a text by the name of a page', Buffer.from('<html>'), 'a.html', 'text', 'text/plain', 'a.html.txt'],
  ])(
    'given %s, then its bytes are kept and its event names them',
    async (_name, bytes, name, kind, mediaType, kept) => {
      const hash = sha256(bytes);
      const answer = await service.upload('product', 'acme', new Blob([bytes]), name, {
        requirement: 'sample_message',
      });
      expect(answer).toMatchObject({
        status: 200,
        body: {
          accountId: 'acme',
          sha256: hash,
          bytes: bytes.length,
          mediaType,
          events: [{ type: 'EvidenceAttached' }],
        },
      });
      expect(answer.headers.get('etag')).toBe(`"${String(answer.body['revision'])}"`);
      const { evidenceId } = answer.body as { evidenceId: string };
      expect((await attached(service)).at(-1)?.data).toEqual({
        evidenceId,
        kind,
        fileName: kept,
        mediaType,
        bytes: bytes.length,
        sha256: hash,
        requirement: 'sample_message',
      });
      expect(readFileSync(fileOf(service, hash))).toEqual(bytes);
    },
  );

  test.each([
    ['an archive by the name of a PNG', Buffer.from('504b0304140000000800', 'hex'), 'application/zip'],
    ['a GIF by the name of a PNG', Buffer.from('GIF89a\u0001\u0000\u0001\u0000', 'latin1'), 'image/gif'],
    ['a program', Buffer.from('4d5a90000300000004000000ffff', 'hex'), 'application/x-msdownload'],
    ['bytes that are no text', Buffer.from('line\nline \u0000', 'latin1'), 'control character U+0000 in line 2'],
    ['text in Latin-1', Buffer.from('Stra\u00dfe', 'latin1'), 'not valid UTF-8 after line 1'],
    ['text that ends within a character', Buffer.from('ok\n€').subarray(0, -1), 'not valid UTF-8'],
    ['an escape sequence', Buffer.from('\u001b[2J'), 'control character U+001B'],
  ])('given %s, then 415 says what it is, and nothing is kept', async (_name, bytes, reason) => {
    await thenNothingIsLeft(async () => {
      const answer = await service.upload('product', 'acme', new Blob([bytes], { type: 'image/png' }), 'form.png');
      expect(answer).toMatchObject({ status: 415, body: { code: 'unsupported_evidence' } });
      expect(answer.body['detail']).toContain(reason);
    });
  });
});

describe('size', () => {
  test('given a file of just the limit, then it is taken', async () => {
    const bytes = Buffer.alloc(mebibyte, 'a');
    const answer = await service.upload('product', 'acme', new Blob([bytes]), 'long.txt');
    expect(answer).toMatchObject({ status: 200, body: { bytes: mebibyte } });
  });

  test.each([mebibyte + 1, mebibyte + 40_000, 4 * mebibyte])(
    'given %d bytes, then 413 names the limit',
    async (size) => {
      await thenNothingIsLeft(async () => {
        const answer = await service.upload('product', 'acme', new Blob([Buffer.alloc(size, 'a')]), 'long.txt');
        expect(answer).toMatchObject({ status: 413, body: { code: 'too_large' } });
        expect(answer.body['detail']).toContain('1 MiB');
      });
    },
  );

  test('given an empty file: 422', async () => {
    await thenNothingIsLeft(async () => {
      const answer = await service.upload('product', 'acme', new Blob([]), 'empty.png');
      expect(answer).toMatchObject({ status: 422, body: { errors: [{ pointer: '/file', detail: 'is empty' }] } });
    });
  });
});

describe('path tricks in the name', () => {
  test.each([
    ['../../../etc/passwd', 'passwd.png'],
    ['..\\..\\windows\\system32\\form.png', 'form.png'],
    ['/etc/shadow', 'shadow.png'],
    ['..', 'evidence.png'],
    ['.htaccess', 'htaccess.png'],
    ['a\u202egnp.exe', 'agnp.exe.png'],
    ['line\u2028break\u0085.png', 'linebreak.png'],
    ['con%2f..%2fx.png', 'con%2f..%2fx.png'],
    ['über 🌍.png', 'über 🌍.png'],
    ['form.png/', 'evidence.png'],
    [`${'n'.repeat(400)}.png`, `${'n'.repeat(252)}.png`],
  ])('given %j, then the event says %j, and the bytes are under their hash', async (name, kept) => {
    const bytes = png(name);
    const answer = await service.upload('product', 'acme', new Blob([bytes]), name);
    expect(answer.status).toBe(200);
    expect((await attached(service)).at(-1)?.data.fileName).toBe(kept);
    expect(files()).toContain(sha256(bytes));
  });
});

test('given a name with a NUL, which no header may have: 400', async () => {
  await thenNothingIsLeft(async () => {
    const answer = await service.upload('product', 'acme', new Blob([png('nul')]), 'x.png\u0000.exe');
    expect(answer).toMatchObject({ status: 400, body: { code: 'malformed_form' } });
  });
});

describe('a form that is not as it should be: 422 names the field', () => {
  const send = async (fill: (form: FormData) => void) => {
    const body = new FormData();
    fill(body);
    const response = await fetch(`${service.url}/v1/accounts/acme/evidence`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${service.tokens.product}` },
      body,
    });
    return { status: response.status, body: (await response.json()) as { errors?: { pointer: string }[] } };
  };
  const file = new Blob([png('form')]);
  test.each<[string, string, (form: FormData) => void]>([
    ['no file', '/file', (form) => form.append('evidenceId', 'shot-1')],
    ['the file as a plain field', '/file', (form) => form.append('file', 'words')],
    ['two files', '/file', (form) => (form.append('file', file, 'a.png'), form.append('file', file, 'b.png'))],
    ['a file by another name', '/picture', (form) => form.append('picture', file, 'a.png')],
    ['an unknown field', '/kind', (form) => (form.append('kind', 'pdf'), form.append('file', file, 'a.png'))],
    ['a field twice', '/evidenceId', (form) => (form.append('evidenceId', 'a'), form.append('evidenceId', 'b'))],
    ['a field too long', '/evidenceId', (form) => form.append('evidenceId', 'a'.repeat(5_000))],
    ['an id that is none', '/evidenceId', (form) => (form.append('file', file, 'a'), form.append('evidenceId', 'a b'))],
    ['no requirement', '/requirement', (form) => (form.append('requirement', 'x'), form.append('file', file, 'a'))],
  ])('%s', async (_name, pointer, fill) => {
    await thenNothingIsLeft(async () => {
      const answer = await send(fill);
      expect([answer.status, answer.body.errors?.[0]?.pointer]).toEqual([422, pointer]);
    });
  });

  test('given JSON instead of a form: 415', async () => {
    const answer = await service.ask('product', 'POST', '/v1/accounts/acme/evidence', { evidenceId: 'shot-1' });
    expect(answer).toMatchObject({ status: 415, body: { code: 'unsupported_media_type' } });
  });
});

describe('refused before bytes are kept', () => {
  const upload = async (accountId: string, headers = {}) =>
    service.upload('product', accountId, new Blob([png(accountId)]), 'form.png', {}, headers);

  test('an unknown account: 404', async () => {
    await thenNothingIsLeft(async () => {
      expect(await upload('nobody')).toMatchObject({ status: 404, body: { code: 'unknown_account' } });
    });
  });

  test('a closed account: 409', async () => {
    await service.walk('closed-1', [...verified, command('CloseAccount')]);
    await thenNothingIsLeft(async () => {
      expect(await upload('closed-1')).toMatchObject({
        status: 409,
        body: { code: 'closed', accountStatus: 'closed' },
      });
    });
  });

  test('a revision that was overtaken: 412', async () => {
    const last = await service.walk('reviewed-1', inReview);
    await thenNothingIsLeft(async () => {
      expect(await upload('reviewed-1', { 'If-Match': '"2"' })).toMatchObject({ status: 412, body: { code: 'stale' } });
    });
    expect(await upload('reviewed-1', { 'If-Match': `"${String(last.body['revision'])}"` })).toMatchObject({
      status: 200,
    });
  });

  test('more often than an account takes evidence: 409, and a repeated upload still has its answer', async () => {
    const pieces = Array.from({ length: mostEvidence - 1 }, (_, index) =>
      command('AttachEvidence', { ...goodData.AttachEvidence, evidenceId: `shot-${index}` }),
    );
    const folder = await folderWithHistory([command('SignUp'), ...pieces]);
    const busy = await newService('acme', { GATEHOUSE_DATA: folder.path });
    const send = async (key: string) =>
      busy.upload('product', 'acme', new Blob([text('last')]), 'a.txt', {}, { 'Idempotency-Key': key });
    const last = await send('last');
    expect(last.status).toBe(200);
    expect(await send('more')).toMatchObject({ status: 409, body: { code: 'too_much_evidence' } });
    expect((await send('last')).body).toEqual(last.body);
    expect(await attached(busy)).toHaveLength(mostEvidence);
    expect(filesUnder(folder.file('evidence'))).toEqual([last.body['sha256']]);
    await busy.stop();
    folder.remove();
  });
});

describe('who uploads', () => {
  const upload = async (role: Parameters<TestService['upload']>[0], accountId: string, headers = {}) =>
    service.upload(role, accountId, new Blob([png(role)]), 'form.png', {}, headers);

  test('the customer for the own account only', async () => {
    expect(await upload('customer', 'acme')).toMatchObject({ status: 200 });
    await thenNothingIsLeft(async () => {
      expect(await upload('customer', 'reviewed-1')).toMatchObject({
        status: 403,
        body: { code: 'forbidden_account' },
      });
    });
  });

  test.each(['reviewer', 'auditor', 'analyst', 'system', 'admin'] as const)('not the %s', async (role) => {
    await thenNothingIsLeft(async () => {
      expect(await upload(role, 'acme')).toMatchObject({ status: 403, body: { code: 'forbidden_role' } });
    });
  });

  test('the product backend says for whom; nobody else may', async () => {
    const headers = { 'Gatehouse-On-Behalf-Of': 'owner-7' };
    expect(await upload('product', 'acme', headers)).toMatchObject({ status: 200 });
    expect((await attached(service)).at(-1)?.metadata).toMatchObject({
      actor: { type: 'product', id: 'product-1' },
      onBehalfOf: 'owner-7',
    });
    expect(await upload('customer', 'acme', headers)).toMatchObject({ status: 403, body: { code: 'forbidden_role' } });
  });

  test('the generic route for commands takes no evidence', async () => {
    const path = '/v1/accounts/acme/commands/attach-evidence';
    expect(await service.ask('product', 'POST', path, {})).toMatchObject({ status: 404, body: { code: 'not_found' } });
    const document = await service.ask(undefined, 'GET', '/openapi.json');
    expect(document.text).not.toContain('commands/attach-evidence');
  });
});

describe('the Idempotency-Key', () => {
  const key = { 'Idempotency-Key': 'upload-1' };
  const upload = async (bytes: Buffer, fields = {}) =>
    service.upload('product', 'acme', new Blob([bytes]), 'form.png', fields, key);

  test('given an upload repeated, also at once, then there is one event, and one answer', async () => {
    const before = (await attached(service)).length;
    const answers = await Promise.all(Array.from({ length: 8 }, async () => upload(png('repeated'))));
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    expect(answers[0]).toMatchObject({
      status: 200,
      body: { evidenceId: expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown },
    });
    expect((await attached(service)).length).toBe(before + 1);
  });

  test('given other bytes under the same key, then 422, and they are not kept', async () => {
    await thenNothingIsLeft(async () => {
      expect(await upload(png('another'))).toMatchObject({ status: 422, body: { code: 'idempotency_key_reused' } });
    });
  });

  test('given the store lost the bytes, when the upload is repeated, then they are there again', async () => {
    const file = fileOf(service, sha256(png('repeated')));
    rmSync(file);
    expect(await upload(png('repeated'))).toMatchObject({ status: 200 });
    expect(existsSync(file)).toBe(true);
  });
});
