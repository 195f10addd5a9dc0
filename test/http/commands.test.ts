import { command, goodData, inReview, setUp, verified } from '../support/examples.js';
import { newService, type TestService } from '../support/service.js';

let service: TestService;
beforeAll(async () => (service = await newService()));
afterAll(async () => service.stop());

let accounts = 0;
const newAccount = (): string => `account-${++accounts}`;
const send = async (
  accountId: string,
  name: string,
  body: unknown,
  headers: Record<string, string> = {},
  role: Parameters<TestService['ask']>[0] = 'product',
) => service.ask(role, 'POST', `/v1/accounts/${accountId}/commands/${name}`, body, headers);

describe('sign-up', () => {
  test('with an account id', async () => {
    const accountId = newAccount();
    const answer = await service.ask('product', 'POST', '/v1/accounts', { ...goodData.SignUp, accountId });
    expect(answer.status).toBe(201);
    expect(answer.headers.get('etag')).toBe('"0"');
    expect(answer.body).toMatchObject({
      accountId,
      revision: 0,
      status: 'not_requested',
      events: [{ type: 'AccountSignedUp' }],
    });
    expect(answer.body['state']).toBeUndefined();
  });

  test('without one it follows from sender and key, so that a repetition makes no second account', async () => {
    const key = { 'Idempotency-Key': 'sign-up-1' };
    const first = await service.ask('product', 'POST', '/v1/accounts', goodData.SignUp, key);
    const again = await service.ask('product', 'POST', '/v1/accounts', goodData.SignUp, key);
    expect(again.body).toEqual(first.body);
    const other = await service.ask('product', 'POST', '/v1/accounts', goodData.SignUp);
    expect(other.body['accountId']).not.toBe(first.body['accountId']);
  });
});

describe('each request has its documented answer', () => {
  test('accepted: 200 with the ETag, and what the sender may send next', async () => {
    const accountId = newAccount();
    await service.walk(accountId, setUp);
    const answer = await send(accountId, 'request-verification', goodData.RequestVerification);
    expect(answer).toMatchObject({
      status: 200,
      body: { status: 'in_review', events: [{ type: 'VerificationRequested' }] },
    });
    expect(answer.headers.get('etag')).toBe('"7"');
    expect(answer.body['allowedCommands']).toContain('WithdrawVerification');
    expect(answer.body['allowedCommands']).not.toContain('ApproveVerification');
  });

  test('unchanged: 200 without events', async () => {
    const accountId = newAccount();
    await service.walk(accountId, setUp);
    expect(await send(accountId, 'record-people-added', goodData.RecordPeopleAdded)).toMatchObject({
      status: 200,
      body: { events: [] },
    });
  });

  test('malformed JSON: 400', async () => {
    expect(await send('acme', 'record-people-added', '{"count": 1,')).toMatchObject({
      status: 400,
      body: { code: 'malformed_json' },
    });
    expect(await send('acme', 'record-people-added', '"text"')).toMatchObject({ status: 400 });
  });

  test('no token, or an unknown one: 401 with what to send', async () => {
    const none = await service.ask(undefined, 'POST', '/v1/accounts', goodData.SignUp);
    expect(none).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
    expect(none.headers.get('www-authenticate')).toContain('Bearer');
    expect(
      await service.ask(undefined, 'GET', '/v1/accounts/x', undefined, { Authorization: 'Bearer gh_no' }),
    ).toMatchObject({ status: 401 });
  });

  test('a role that may not: 403', async () => {
    expect(await service.ask('reviewer', 'POST', '/v1/accounts', goodData.SignUp)).toMatchObject({
      status: 403,
      body: { code: 'forbidden_role' },
    });
    expect(await send('acme', 'approve-verification', {})).toMatchObject({ status: 403 });
  });

  test('an account that is not there: 404', async () => {
    expect(await send('nobody', 'record-people-added', goodData.RecordPeopleAdded)).toMatchObject({
      status: 404,
      body: { code: 'unknown_account' },
    });
  });

  test('refused by the chart: 409 with code, status, allowed commands and what is missing', async () => {
    const accountId = newAccount();
    await service.walk(accountId, [command('SignUp')]);
    const answer = await send(accountId, 'request-verification', goodData.RequestVerification);
    expect(answer).toMatchObject({ status: 409, body: { code: 'setup_incomplete', accountStatus: 'not_requested' } });
    expect(answer.body['missing']).toContainEqual({ requirement: 'people_added', awaitingActionFrom: 'customer' });
    expect(answer.body['allowedCommands']).toContain('RecordPeopleAdded');
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
  });

  test('stale: 412, telling a reviewer what came since', async () => {
    const accountId = newAccount();
    const { headers } = await service.walk(accountId, inReview);
    const seen = headers.get('etag') ?? '';
    await service.walk(accountId, [command('AttachEvidence')]);
    const stale = await send(accountId, 'approve-verification', {}, { 'If-Match': seen }, 'reviewer');
    expect(stale).toMatchObject({ status: 412, body: { code: 'stale', changes: [{ type: 'EvidenceAttached' }] } });
    const now = (await service.ask('reviewer', 'GET', `/v1/accounts/${accountId}`)).headers.get('etag') ?? '';
    expect(await send(accountId, 'approve-verification', {}, { 'If-Match': now }, 'reviewer')).toMatchObject({
      status: 200,
    });
  });

  test('invalid: 422 with a pointer for each field', async () => {
    const answer = await send('acme', 'configure-channel', {
      channelId: 'no spaces please',
      kind: 'pigeon',
      surprise: 1,
    });
    expect(answer).toMatchObject({ status: 422, body: { code: 'invalid' } });
    expect((answer.body['errors'] as { pointer: string }[]).map(({ pointer }) => pointer).toSorted()).toEqual([
      '/channelId',
      '/kind',
      '/surprise',
    ]);
  });

  test.each([
    ['an e-mail channel without a domain', 'configure-channel', { channelId: 'email-1', kind: 'email' }, '/domain'],
    ['a website that is no web address', 'update-business-profile', { website: 'javascript:alert(1)' }, '/website'],
    [
      'an e-mail address that is none',
      'update-contacts',
      { contacts: [{ email: 'nobody', roles: [] }] },
      '/contacts/0/email',
    ],
    ['a count below one', 'record-people-added', { count: 0, attributes: [] }, '/count'],
    ['a text that is too long', 'update-business-profile', { useCase: 'x'.repeat(4_001) }, '/useCase'],
    ['text that is not well-formed Unicode', 'update-business-profile', { useCase: 'half \ud83d' }, '/useCase'],
    ['an answer that answers nothing', 'submit-information', { answers: [{ requirement: 'use_case' }] }, '/answers/0'],
  ])('%s: 422', async (_what, name, body, pointer) => {
    // A lone half of a pair cannot be sent as UTF-8; as an escape in JSON it can.
    const text = JSON.stringify(body);
    const answer = await send('acme', name, text);
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ pointer }] } });
  });

  test('a body that is too large: 413', async () => {
    const records = Array.from({ length: 5 }, () => ({
      type: 'TXT',
      name: 'x',
      expected: 'x',
      found: Array.from({ length: 50 }, () => 'x'.repeat(3_950)),
      ok: false,
    }));
    const body = { domain: 'mail.acme.example', outcome: 'failed', records };
    expect(await send('acme', 'record-domain-check', body, {}, 'system')).toMatchObject({
      status: 413,
      body: { code: 'too_large' },
    });
  });

  test('a body that fits, whose event is too large for the log: 413, and nothing is kept', async () => {
    const accountId = newAccount();
    const { headers } = await service.walk(accountId, inReview);
    // Short as they are sent, long as they are kept.
    const limits = Array.from({ length: 55_000 }, (_, index) => `"n${index}":1e15`).join(',');
    const body = `{"scope":{"limits":{${limits}}}}`;
    expect(await send(accountId, 'approve-verification', body, {}, 'reviewer')).toMatchObject({
      status: 413,
      body: { code: 'too_large' },
    });
    const now = await service.ask('reviewer', 'GET', `/v1/accounts/${accountId}`);
    expect(now.headers.get('etag')).toBe(headers.get('etag'));
  });

  test('a key used for another command: 422', async () => {
    const accountId = newAccount();
    await service.walk(accountId, [command('SignUp')]);
    const key = { 'Idempotency-Key': 'key-1' };
    await send(accountId, 'record-people-added', goodData.RecordPeopleAdded, key);
    expect(await send(accountId, 'record-events-received', goodData.RecordEventsReceived, key)).toMatchObject({
      status: 422,
      body: { code: 'idempotency_key_reused' },
    });
  });

  test('repeated: the first answer, to the letter', async () => {
    const accountId = newAccount();
    await service.walk(accountId, [command('SignUp')]);
    const key = { 'Idempotency-Key': 'key-1' };
    const first = await send(accountId, 'record-people-added', goodData.RecordPeopleAdded, key);
    await send(accountId, 'record-events-received', goodData.RecordEventsReceived);
    expect((await send(accountId, 'record-people-added', goodData.RecordPeopleAdded, key)).text).toBe(first.text);
  });

  test('malformed headers: 400', async () => {
    expect(await send('acme', 'record-people-added', goodData.RecordPeopleAdded, { 'If-Match': '7' })).toMatchObject({
      status: 400,
      body: { code: 'malformed_header' },
    });
    expect(
      await send('acme', 'record-people-added', goodData.RecordPeopleAdded, { 'Idempotency-Key': 'a key' }),
    ).toMatchObject({ status: 400 });
  });

  test('too large: 413; not JSON: 415; another method: 405; nothing there: 404', async () => {
    expect(await send('acme', 'update-contacts', { contacts: 'x'.repeat(1_100_000) })).toMatchObject({ status: 413 });
    expect(await send('acme', 'update-contacts', '<a/>', { 'Content-Type': 'text/xml' })).toMatchObject({
      status: 415,
    });
    const wrong = await service.ask('product', 'DELETE', '/v1/accounts/acme');
    expect(wrong).toMatchObject({ status: 405 });
    expect(wrong.headers.get('allow')).toBe('GET');
    expect(await service.ask('product', 'GET', '/v1/nowhere')).toMatchObject({ status: 404 });
  });

  test('on behalf of somebody: by the product only, and recorded', async () => {
    const accountId = newAccount();
    await service.walk(accountId, setUp);
    const headers = { 'Gatehouse-On-Behalf-Of': 'owner-7' };
    const sent = await send(accountId, 'request-verification', goodData.RequestVerification, headers);
    const { body } = await service.ask(
      'auditor',
      'GET',
      `/v1/accounts/${accountId}/timeline?after=${String(sent.body['position'])}`,
    );
    expect((body['items'] as { onBehalfOf: string }[]).at(-1)).toMatchObject({
      onBehalfOf: 'owner-7',
      actor: { type: 'product', id: 'product-1' },
    });
    expect(await send(accountId, 'skip-screening', { reason: 'x' }, headers, 'reviewer')).toMatchObject({
      status: 403,
    });
  });
});

test('one command with one key, 64 times at once over HTTP: 64 equal answers', async () => {
  const accountId = newAccount();
  await service.walk(accountId, setUp);
  const answers = await Promise.all(
    Array.from({ length: 64 }, async () =>
      send(accountId, 'request-verification', goodData.RequestVerification, { 'Idempotency-Key': 'key-64' }),
    ),
  );
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  expect(answers[0]?.status).toBe(200);
});

test('every answer carries a request id; one that is given comes back', async () => {
  const answer = await service.ask('product', 'GET', '/v1/accounts/acme', undefined, { 'X-Request-Id': 'trace-1' });
  expect(answer.headers.get('x-request-id')).toBe('trace-1');
  expect(answer.body['requestId']).toBe('trace-1');
});

test('after a decision the account shows both its verifications', async () => {
  const accountId = newAccount();
  const again = [
    command('RevokeVerification'),
    command('RequestVerification'),
    command('SkipScreening'),
    command('ApproveVerification'),
  ];
  const last = await service.walk(accountId, [...verified, ...again]);
  const { body } = await service.ask(
    'auditor',
    'GET',
    `/v1/accounts/${accountId}/timeline?after=${String(last.body['position'])}`,
  );
  const types = (body['items'] as { type: string }[]).map(({ type }) => type);
  expect(types.filter((type) => type === 'VerificationApproved')).toHaveLength(2);
});
