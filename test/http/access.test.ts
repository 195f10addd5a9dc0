/** Who may see what: every route × every role, and words that must never reach those outside. */
import type { Route } from '../../src/http/route.js';
import { openRoutes, routes } from '../../src/http/app.js';
import { commandNames } from '../../src/commands/catalogue.js';
import { actorTypes } from '../../src/events/vocabulary.js';
import { command, inReview, inScreening, reviewer, verified } from '../support/examples.js';
import { type Answer, newService, type TestService } from '../support/service.js';

let service: TestService;
beforeAll(async () => (service = await newService('canary')));
afterAll(async () => service.stop());

const pathOf = (route: Route, accountId: string): string =>
  route.path
    .replace('{accountId}', accountId)
    .replace('{projection}', 'timeline')
    .replace('{version}', 'built-in-1')
    .replace('{evidenceId}', 'shot-1')
    .replace('{what}', 'events')
    .replace('{process}', 'mail')
    .replace('{verificationId}', 'none')
    .replace('{backtestId}', '9a2f0e57-6d2b-4d0c-8a53-0b8f6d1f5c11');

describe.each(routes.map((route) => [`${route.method.toUpperCase()} ${route.path}`, route] as const))(
  '%s',
  (_name, route) => {
    test('needs a token', async () => {
      expect((await service.ask(undefined, route.method.toUpperCase(), pathOf(route, 'canary'))).status).toBe(401);
    });

    test.each(actorTypes)('%s', async (role) => {
      const { status, body } = await service.ask(
        role,
        route.method.toUpperCase(),
        pathOf(route, 'canary'),
        route.body === undefined ? undefined : { unknown: true },
      );
      const forbidden = status === 403 && body['code'] === 'forbidden_role';
      expect(forbidden).toBe(!route.roles.includes(role));
    });
  },
);

test.each(['reviewer', 'auditor', 'analyst', 'system', 'admin'] as const)(
  'a session of the role %s opens what its token opens, on every route',
  async (role) => {
    const signedIn = await service.ask(undefined, 'POST', '/v1/session', { token: service.tokens[role] });
    const headers = { 'Cookie': signedIn.headers.getSetCookie()[0] ?? '', 'Sec-Fetch-Site': 'same-origin' };
    for (const route of routes) {
      const method = route.method.toUpperCase();
      const body = route.body === undefined ? undefined : { unknown: true };
      const { status, body: answer } = await service.ask(undefined, method, pathOf(route, 'canary'), body, headers);
      expect([route.operationId, status === 401]).toEqual([route.operationId, false]);
      const forbidden = status === 403 && answer['code'] === 'forbidden_role';
      expect([route.operationId, forbidden]).toEqual([route.operationId, !route.roles.includes(role)]);
    }
  },
);

test('only the session itself is open without a token, beside health and documents', () => {
  expect(openRoutes.map(({ operationId }) => operationId)).toEqual(['signIn', 'getSession', 'signOut']);
});

test('whatever a customer may ask for is asked of one account, by its path', () => {
  const others = routes.filter(({ roles, path }) => roles.includes('customer') && !path.includes('{accountId}'));
  expect(others.map(({ path }) => path)).toEqual([]);
});

test('a customer’s token is bound to its account, on every route', async () => {
  for (const route of routes.filter(({ path, roles }) => path.includes('{accountId}') && roles.includes('customer'))) {
    const answer = await service.ask('customer', route.method.toUpperCase(), pathOf(route, 'somebody-else'));
    expect([route.path, answer.status, answer.body['code']]).toEqual([route.path, 403, 'forbidden_account']);
  }
});

test('the actor in the event is the token’s, whatever the body says', async () => {
  const answer = await service.ask('product', 'POST', '/v1/accounts', {
    ownerEmail: 'a@b.example',
    accountId: 'actor-1',
    actor: { type: 'admin', id: 'root' },
  });
  expect(answer).toMatchObject({ status: 422, body: { errors: [{ pointer: '/actor' }] } });
});

describe('inner words never reach the outside', () => {
  const canary = 'CANARY-7f3a';
  const states = ['pendingReview', 'unassigned', 'proposed', 'screening"', 'reReview', 'unappealed', 'upheld'];
  const codes = ['phishing', 'fraud', 'spam_trap_hit', 'linked_to_suspended_account'];
  const words = ['internalNote', 'findings', 'ScreeningCompleted', 'ReviewAssigned', 'reviewer-1', 'assignee'];
  const inner = [canary, ...states, ...codes, ...words];
  const internalNote = `${canary} note`;
  const reasons = [{ code: 'phishing' as const, customerMessage: 'Your website asks for passwords of others.' }];
  const finding = {
    check: 'website',
    outcome: 'fail' as const,
    reasonCode: 'phishing' as const,
    detail: `${canary} detail`,
  };

  /** Walks that leave a canary in every place where reviewers write. */
  const walks = [
    [
      ...inScreening,
      command('CompleteScreening', { policyVersion: 'p', findings: [finding], recommendation: 'review' }),
    ],
    [command('AssignReview'), command('EscalateReview', { to: 'lead', reason: canary })],
    [
      command('WaiveRequirement', { requirement: 'identity', reason: canary }),
      command('ProposeApproval', { note: canary }),
    ],
    [
      command('RequestInformation', {
        items: [{ requirement: 'identity', reasonCode: 'fraud', message: 'Who are you?' }],
        internalNote,
      }),
    ],
    [command('CancelInformationRequest', { reason: canary }), command('RequestInformation')],
    [
      command('RecordCustomerReply', {
        answers: [{ requirement: 'use_case', text: 'Receipts' }],
        via: 'ticket',
        reference: canary,
      }),
    ],
    [
      command('RequestInformation', {
        items: [{ requirement: 'identity', reasonCode: 'fraud', message: 'Who are you?' }],
      }),
      command('SubmitInformation', { answers: [{ requirement: 'identity', text: 'Us' }] }),
    ],
    [command('RejectVerification', { reasons, retryable: true, internalNote })],
    [
      command('RequestVerification'),
      command('SkipScreening', { reason: canary }),
      command('ApproveVerification', { note: canary }),
    ],
    [command('OpenReReview', { reasons: [{ code: 'fraud', customerMessage: canary }] })],
    [
      command('ConfirmVerification', { note: canary }),
      command('RecordAbuseSignal', { kind: 'spam_trap', source: canary }),
    ],
    [command('WarnAccount', { reasons, internalNote }), command('SuspendAccount', { reasons, internalNote })],
    [
      command('SubmitAppeal', { against: 'suspension', statement: 'Please' }),
      command('DismissAppeal', { reasons, internalNote }),
    ],
    [
      command('ReinstateAccount', { note: canary }),
      command('RevokeVerification', { reasons, retryable: true, internalNote }),
    ],
    [command('GrandfatherAccount', { verifiedSince: '2024-01-01T00:00:00.000Z', basis: canary })],
    [
      command('RecordNotification', {
        template: 'closed',
        contact: 'owner@acme.example',
        outcome: 'sent',
        detail: canary,
      }),
      command('CloseAccount', { cause: 'provider', reason: canary }, reviewer),
    ],
  ] as const;

  const outsideRoutes = routes.filter(({ method, path }) => method === 'get' && path.includes('{accountId}'));

  async function look(position: string): Promise<[string, Answer][]> {
    const paths = [
      ...outsideRoutes.map((route) => pathOf(route, 'canary')),
      '/v1/accounts/canary/gate?action=message.send&channelId=email-1',
    ];
    const seen: [string, Answer][] = [];
    for (const role of ['product', 'customer'] as const) {
      for (const path of paths) {
        const joined = `${path}${path.includes('?') ? '&' : '?'}after=${position}`;
        seen.push([`${role} ${path}`, await service.ask(role, 'GET', joined)]);
      }
      for (const name of commandNames) {
        const kebab = name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase();
        seen.push([
          `${role} ${name}`,
          await service.ask(role, 'POST', `/v1/accounts/canary/commands/${kebab}`, { broken: true }),
        ]);
      }
      seen.push([
        `${role} refused`,
        await service.ask(role, 'POST', '/v1/accounts/canary/commands/submit-appeal', {
          against: 'verification',
          statement: '',
        }),
      ]);
    }
    return seen;
  }

  test('given notes, findings and inner codes in every place, when product and customer look, then they see none', async () => {
    for (const [index, walk] of walks.entries()) {
      const last = await service.walk('canary', walk);
      for (const [what, { text, status }] of await look(String(last.body['position']))) {
        expect([index, what, status >= 500]).toEqual([index, what, false]);
        for (const word of inner) expect([index, what, word, text.includes(word)]).toEqual([index, what, word, false]);
      }
    }
    // They are there, for those who may see them.
    const { text } = await service.ask('reviewer', 'GET', '/v1/reviews/canary');
    expect(text).toContain(canary);
    expect(text).toContain('phishing');
  });

  test('a refusal says the flat status to those outside, the state to those inside', async () => {
    await service.walk('refused-1', inReview);
    const outside = await service.ask('product', 'POST', '/v1/accounts/refused-1/commands/submit-appeal', {
      against: 'verification',
      statement: 'x',
    });
    expect(outside).toMatchObject({ status: 409, body: { accountStatus: 'in_review' } });
    expect(outside.text).not.toContain('pendingReview');
    const inside = await service.ask('reviewer', 'POST', '/v1/accounts/refused-1/commands/revoke-verification', {
      reasons,
      retryable: true,
    });
    expect(inside.text).toContain('pendingReview');
  });

  test('a customer’s stale decision is not told what came since', async () => {
    await service.walk('stale-1', verified);
    const answer = await service.ask(
      'product',
      'POST',
      '/v1/accounts/stale-1/commands/update-contacts',
      { contacts: [] },
      { 'If-Match': '"3"' },
    );
    expect(answer.status).toBe(412);
    expect(answer.body['changes']).toBeUndefined();
  });
});
