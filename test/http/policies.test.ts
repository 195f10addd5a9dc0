/** Publishing and reading policies over HTTP. */
import { builtInPolicy } from '../../src/policy/policy.js';
import { command, inReview } from '../support/examples.js';
import { newService, type TestService } from '../support/service.js';

let service: TestService;
beforeAll(async () => (service = await newService()));
afterAll(async () => service.stop());

const v2 = { ...builtInPolicy, version: 'v2', review: { ...builtInPolicy.review, secondPerson: true } };
const publish = async (body: unknown, headers: Record<string, string> = {}) =>
  service.ask('admin', 'POST', '/v1/policies', body, headers);

test('published: in force for the next decision, and listed', async () => {
  await service.walk('policy-1', inReview);
  expect(await publish(v2, { 'If-Match': '"built-in-1"' })).toMatchObject({
    status: 201,
    body: {
      version: 'v2',
      inForce: true,
      publishedBy: { type: 'admin', id: 'admin-1' },
      changes: [{ pointer: '/review/secondPerson', text: expect.stringContaining('no → yes') as unknown }],
    },
  });
  const approved = await service.ask('reviewer', 'POST', '/v1/accounts/policy-1/commands/approve-verification', {});
  expect(approved).toMatchObject({ status: 409, body: { code: 'second_person_required' } });
  expect(await publish(v2)).toMatchObject({ status: 200, body: { version: 'v2', inForce: true } });
  expect(await service.ask('reviewer', 'GET', '/v1/policies')).toMatchObject({
    body: {
      items: [
        { version: 'built-in-1', inForce: false },
        { version: 'v2', inForce: true },
      ],
    },
  });
  expect(await service.ask('auditor', 'GET', '/v1/policies/built-in-1')).toMatchObject({
    body: { inForce: false, document: { review: { secondPerson: false } } },
  });
  expect(await service.ask('auditor', 'GET', '/v1/policies/v9')).toMatchObject({ status: 404 });
});

test('checked without being published: what is wrong, what it would change, and whether its version is free', async () => {
  const check = async (body: unknown) => service.ask('analyst', 'POST', '/v1/policies/check', body);
  const perDay = { ...v2, testSends: { recipients: 'own', perDay: 7 } };
  expect((await check(perDay)).body).toEqual({
    valid: true,
    problems: [],
    changes: [{ pointer: '/testSends/perDay', text: 'test messages a day: 100 → 7' }],
    inForce: 'v2',
    versionTaken: true,
  });
  expect((await check({ ...perDay, version: 'v7' })).body).toMatchObject({ valid: true, versionTaken: false });
  expect((await check(v2)).body).toMatchObject({ changes: [], versionTaken: false });
  expect((await check({ ...v2, review: { ...v2.review, secondPerson: 'yes' }, colour: 'red' })).body).toMatchObject({
    valid: false,
    changes: [],
    problems: [
      { severity: 'error', pointer: '/review/secondPerson' },
      { severity: 'error', pointer: '/colour', problem: 'is not a setting of a policy' },
    ],
  });
  const hurried = { ...v2, information: { respondWithinDays: 3, remindBeforeDays: [7] } };
  expect((await check(hurried)).body).toMatchObject({
    valid: false,
    problems: [{ severity: 'error', pointer: '/information/remindBeforeDays/0' }],
    changes: [{ pointer: '/information/respondWithinDays' }, { pointer: '/information/remindBeforeDays' }],
  });
  expect((await service.ask('analyst', 'GET', '/v1/policies')).body['items']).toHaveLength(2);
});

test.each<[string, unknown, Record<string, string>, object]>([
  [
    'another content under a version',
    { ...v2, testSends: { recipients: 'own', perDay: 1 } },
    {},
    { status: 409, body: { code: 'version_taken' } },
  ],
  [
    'compared with another policy',
    { ...v2, version: 'v3' },
    { 'If-Match': '"built-in-1"' },
    { status: 412, body: { code: 'stale', inForce: 'v2' } },
  ],
  [
    'a header that is none',
    { ...v2, version: 'v3' },
    { 'If-Match': 'v2' },
    { status: 400, body: { code: 'malformed_header' } },
  ],
  [
    'not the form of a policy',
    { ...v2, review: { secondPerson: 'yes' } },
    {},
    { status: 422, body: { errors: [{ pointer: '/review/secondPerson' }] } },
  ],
  ['an unknown setting', { ...v2, colour: 'red' }, {}, { status: 422, body: { errors: [{ pointer: '/colour' }] } }],
  [
    'what cannot be meant',
    { ...v2, version: 'v3', information: { respondWithinDays: 3, remindBeforeDays: [7] } },
    {},
    { status: 422, body: { code: 'invalid_policy', errors: [{ pointer: '/information/remindBeforeDays/0' }] } },
  ],
])('refused: %s', async (_name, body, headers, answer) => {
  expect(await publish(body, headers)).toMatchObject(answer);
});

test('an admin alone publishes', async () => {
  for (const role of ['reviewer', 'system', 'product'] as const) {
    expect(await service.ask(role, 'POST', '/v1/policies', v2)).toMatchObject({ status: 403 });
  }
});

test('eight different policies at once, each in the place of the same one: one is published', async () => {
  const answers = await Promise.all(
    Array.from({ length: 8 }, async (_, index) =>
      publish({ ...v2, version: `at-once-${index}` }, { 'If-Match': '"v2"' }),
    ),
  );
  expect(answers.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([
    201,
    ...Array.from({ length: 7 }, () => 412),
  ]);
  await service.walk('policy-2', [command('SignUp')]);
});
