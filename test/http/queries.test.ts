import {
  closed,
  command,
  informationRequested,
  inReview,
  rejected,
  reviewer,
  setUp,
  verified,
} from '../support/examples.js';
import { type Answer, newService, type TestService } from '../support/service.js';

let service: TestService;
beforeAll(async () => (service = await newService()));
afterAll(async () => service.stop());

const positionOf = ({ body }: Answer): string => String(body['position']);
const gate = async (accountId: string, query: string) =>
  service.ask('product', 'GET', `/v1/accounts/${accountId}/gate?${query}`);

describe('the gate over HTTP', () => {
  test('denied while in review, allowed at the position of the approval', async () => {
    const before = await service.walk('gate-1', inReview);
    expect(await gate('gate-1', `action=message.send&after=${positionOf(before)}`)).toMatchObject({
      status: 200,
      body: {
        allowed: false,
        status: 'pending',
        deliveryMode: 'blocked',
        reasons: ['in_review'],
        awaitingActionFrom: 'reviewer',
      },
    });
    const after = await service.walk('gate-1', [command('ApproveVerification')]);
    expect(await gate('gate-1', `action=message.send&after=${positionOf(after)}`)).toMatchObject({
      status: 200,
      body: {
        allowed: true,
        status: 'active',
        deliveryMode: 'live',
        reasons: [],
        policyVersion: 'built-in-1',
        revision: 9,
      },
    });
  });

  test('an unknown account is a decision, not an error', async () => {
    expect(await gate('nobody', 'action=people.write')).toMatchObject({
      status: 200,
      body: { allowed: false, reasons: ['unknown_account'] },
    });
  });

  test('a position that is not reached in time: denied, not_up_to_date', async () => {
    await service.walk('gate-2', verified);
    expect(await gate('gate-2', 'action=message.send&after=9999999999999999')).toMatchObject({
      status: 200,
      body: { allowed: false, reasons: ['not_up_to_date'], awaitingActionFrom: 'system' },
    });
  });

  test.each([
    'action=message.burn',
    '',
    'action=message.send&channel=x',
    'action=message.send&action=people.write',
    'action=message.send&after=now',
  ])('a question that is none (%s): 422 with a pointer', async (query) => {
    expect(await gate('acme', query)).toMatchObject({
      status: 422,
      body: { code: 'invalid', errors: [{ in: 'query' }] },
    });
  });

  test('an unknown action is told which there are', async () => {
    const { body } = await gate('acme', 'action=message.burn');
    expect(JSON.stringify(body['errors'])).toContain('broadcast.schedule');
  });

  test('without a token 401, with another account’s 403', async () => {
    expect(await service.ask(undefined, 'GET', '/v1/accounts/acme/gate?action=message.send')).toMatchObject({
      status: 401,
    });
    expect(await service.ask('customer', 'GET', '/v1/accounts/gate-1/gate?action=message.send')).toMatchObject({
      status: 403,
    });
  });

  test('mode observe allows, and says what it would have said', async () => {
    const observing = await newService('acme', { GATEHOUSE_GATE_MODE: 'observe' });
    const { body } = await observing.ask('product', 'GET', '/v1/accounts/nobody/gate?action=message.send');
    expect(body).toMatchObject({ allowed: true, observed: true, wouldAllow: false, reasons: ['unknown_account'] });
    await observing.stop();
  });
});

describe('the setup guide', () => {
  const guide = async (accountId: string, last: Answer) =>
    service.ask('product', 'GET', `/v1/accounts/${accountId}/setup-guide?after=${positionOf(last)}`);

  test('five steps in order, the first open one is next', async () => {
    const { body } = await guide('guide-1', await service.walk('guide-1', setUp.slice(0, 2)));
    expect((body['steps'] as { id: string; state: string }[]).map(({ id, state }) => [id, state])).toEqual([
      ['account', 'done'],
      ['people_and_events', 'next'],
      ['channel', 'later'],
      ['first_message', 'later'],
      ['send', 'later'],
    ]);
  });

  test('set up: requesting verification is next', async () => {
    const { body } = await guide('guide-2', await service.walk('guide-2', setUp));
    expect((body['steps'] as { state: string }[]).at(-1)).toMatchObject({
      id: 'send',
      state: 'next',
      link: 'verification',
    });
  });

  test('under review: a notice that promises an e-mail', async () => {
    const { body } = await guide('guide-3', await service.walk('guide-3', inReview));
    expect(body['notices']).toMatchObject([
      { kind: 'under_review', text: expect.stringContaining('e-mail') as unknown },
    ]);
  });

  test('asked for more: the questions', async () => {
    const { body } = await guide('guide-4', await service.walk('guide-4', informationRequested));
    expect(body).toMatchObject({
      notices: [{ kind: 'questions' }],
      questions: [{ requirement: 'use_case', message: 'What will you send?' }],
      canDo: ['answer_questions'],
    });
  });

  test('verified: a green notice', async () => {
    const { body } = await guide('guide-5', await service.walk('guide-5', verified));
    expect(body).toMatchObject({ notices: [{ kind: 'ready_to_send', tone: 'success' }] });
  });

  test('rejected: reasons, and what can be done', async () => {
    const { body } = await guide('guide-6', await service.walk('guide-6', rejected));
    expect(body).toMatchObject({
      notices: [{ kind: 'rejected' }],
      reasons: [{ code: 'opt_in_unclear', message: 'We could not see how people sign up.' }],
      canDo: ['request_again', 'appeal'],
      canAppeal: ['verification'],
    });
  });

  test('suspended: reasons and the appeal, and no green notice', async () => {
    const { body } = await guide('guide-7', await service.walk('guide-7', [...verified, command('SuspendAccount')]));
    expect(body).toMatchObject({
      notices: [{ kind: 'suspended', appeal: 'possible' }],
      canDo: ['appeal'],
      canAppeal: ['suspension'],
    });
    expect(JSON.stringify(body['notices'])).toContain('you can appeal once');
    const appealed = await service.walk('guide-7', [
      command('SubmitAppeal', { against: 'suspension', statement: 'Please look again' }),
    ]);
    const { body: later } = await guide('guide-7', appealed);
    expect(later).toMatchObject({ notices: [{ kind: 'suspended', appeal: 'under_review' }], canDo: [], canAppeal: [] });
    expect(JSON.stringify(later['notices'])).toContain('We are looking at your appeal');
  });

  test('closed: nothing is next', async () => {
    const { body } = await guide('guide-8', await service.walk('guide-8', closed));
    expect(body['steps']).toMatchObject([{}, {}, {}, {}, { id: 'send', state: 'later', next: null }]);
  });
});

describe('the review queue', () => {
  test('oldest first, page by page, filtered by state, reviewer and age', async () => {
    const queue = await newService();
    for (const accountId of ['q-1', 'q-2', 'q-3']) await queue.walk(accountId, inReview);
    await queue.walk('q-2', [command('AssignReview')]);
    const last = await queue.walk('q-3', [
      command('RequestInformation', {
        items: [{ requirement: 'other', reasonCode: 'fraud', message: 'Who are you?' }],
      }),
    ]);
    await queue.walk('q-4', verified);
    const list = async (query: string) => {
      const { body } = await queue.ask('reviewer', 'GET', `/v1/reviews?after=${positionOf(last)}&${query}`);
      return { ids: (body['items'] as { accountId: string }[]).map(({ accountId }) => accountId), next: body['next'] };
    };
    expect((await list('')).ids).toEqual(['q-1', 'q-2', 'q-3']);
    const first = await list('limit=2');
    expect(first.ids).toEqual(['q-1', 'q-2']);
    expect((await list(`limit=2&cursor=${String(first.next)}`)).ids).toEqual(['q-3']);
    expect((await list('state=info_requested')).ids).toEqual(['q-3']);
    expect((await list(`reviewer=${reviewer.id}`)).ids).toEqual(['q-2']);
    expect((await list('reviewer=none')).ids).toEqual(['q-1', 'q-3']);
    expect((await list('waitingHours=1')).ids).toEqual([]);
    expect((await list('waitingHours=0')).ids).toHaveLength(3);
    await queue.stop();
  });

  test('an appeal against a suspension is found while something else is under review, too', async () => {
    const queue = await newService();
    const appeal = [
      command('SuspendAccount'),
      command('SubmitAppeal', { against: 'suspension', statement: 'Please look again' }),
    ];
    await queue.walk('asked', [...inReview, command('RequestInformation'), ...appeal]);
    await queue.walk('dismissed', [...inReview, ...appeal, command('DismissAppeal')]);
    const last = await queue.walk('set-up', [...setUp, ...appeal]);
    const list = async (query: string) => {
      const { body } = await queue.ask('reviewer', 'GET', `/v1/reviews?after=${positionOf(last)}&${query}`);
      return (body['items'] as Record<string, unknown>[]).map((one) => [
        one['accountId'],
        one['review'],
        one['suspensionAppeal'],
      ]);
    };
    expect(await list('state=suspension_appeal')).toEqual([
      ['asked', 'info_requested', true],
      ['set-up', 'suspension_appeal', true],
    ]);
    expect(await list('state=info_requested')).toEqual([['asked', 'info_requested', true]]);
    expect(await list('state=pending_review')).toEqual([['dismissed', 'pending_review', false]]);
    await queue.stop();
  });

  test('one review holds form, evidence, findings, rounds and notes', async () => {
    const items = [{ requirement: 'use_case' as const, reasonCode: 'other' as const, message: 'What for?' }];
    const last = await service.walk('review-1', [
      ...inReview,
      command('AttachEvidence'),
      command('CompleteScreening', {
        policyVersion: 'p',
        findings: [{ check: 'website', outcome: 'fail', detail: 'HTTP 404' }],
        recommendation: 'review',
      }),
      command('RequestInformation', { items, internalNote: 'Looks odd' }),
      command('SubmitInformation'),
    ]);
    const { body } = await service.ask('reviewer', 'GET', `/v1/reviews/review-1?after=${positionOf(last)}`);
    expect(body).toMatchObject({
      review: 'pending_review',
      form: { website: 'https://acme.example' },
      evidence: [{ evidenceId: 'shot-1' }],
      findings: [{ check: 'website', detail: 'HTTP 404' }],
      rounds: [{ items, outcome: 'answered', answers: [{ text: 'Receipts' }] }],
      notes: [{ event: 'ScreeningSkipped' }, { event: 'InformationRequested', text: 'Looks odd' }],
    });
  });

  test('a malformed cursor: 400', async () => {
    expect(await service.ask('reviewer', 'GET', '/v1/reviews?cursor=x')).toMatchObject({
      status: 400,
      body: { code: 'malformed_cursor' },
    });
  });
});

describe('timeline, accounts, funnel and log', () => {
  test('the timeline is flat, from null on the first, paged', async () => {
    const last = await service.walk('time-1', verified);
    const path = `/v1/accounts/time-1/timeline?after=${positionOf(last)}`;
    const { body } = await service.ask('auditor', 'GET', `${path}&limit=9`);
    const items = body['items'] as Record<string, unknown>[];
    expect(items).toHaveLength(9);
    expect(items[0]).toMatchObject({
      revision: 0,
      type: 'AccountSignedUp',
      from: null,
      to: { verification: 'notRequested' },
      actor: { id: 'product-1' },
    });
    expect(items[0]).toHaveProperty('hash');
    const rest = await service.ask('auditor', 'GET', `${path}&cursor=${String(body['next'])}`);
    expect((rest.body['items'] as { type: string }[]).map(({ type }) => type)).toEqual(['VerificationApproved']);
    expect(rest.body['next']).toBeNull();
  });

  test('accounts by status, and the funnel, agree', async () => {
    const fresh = await newService();
    await fresh.walk('f-1', verified);
    await fresh.walk('f-2', [...inReview, command('WithdrawVerification')]);
    const last = await fresh.walk('f-3', informationRequested);
    const query = `after=${positionOf(last)}`;
    expect((await fresh.ask('analyst', 'GET', `/v1/funnel?${query}`)).body).toMatchObject({
      statuses: { verified: 1, not_requested: 1, info_requested: 1, in_review: 0 },
      totals: { signups: 3, requests: 3, informationRequests: 1, withdrawals: 1, approvals: 1 },
    });
    const { body } = await fresh.ask('analyst', 'GET', `/v1/accounts?status=verified&${query}`);
    expect((body['items'] as { accountId: string }[]).map(({ accountId }) => accountId)).toEqual(['f-1']);
    await fresh.stop();
  });

  test('the log as lines, resumed after a position', async () => {
    await service.walk('log-1', [command('SignUp')]);
    const all = (await service.ask('auditor', 'GET', '/v1/events')).text.trim().split('\n');
    const third = JSON.parse(all[2] ?? '{}') as { position: string };
    const rest = (await service.ask('auditor', 'GET', `/v1/events?after=${third.position}`)).text.trim().split('\n');
    expect(rest).toEqual(all.slice(3));
    const signUps = (await service.ask('auditor', 'GET', '/v1/events?types=AccountSignedUp&limit=1')).text
      .trim()
      .split('\n');
    expect(signUps).toHaveLength(1);
  });

  test('followed live until the reader leaves', async () => {
    const stop = new AbortController();
    const before = await service.walk('follow-1', [command('SignUp')]);
    const path = `/v1/events?follow=true&types=AccountClosed&after=${positionOf(before)}`;
    const response = await fetch(`${service.url}${path}`, {
      headers: { Authorization: `Bearer ${service.tokens.auditor}` },
      signal: stop.signal,
    });
    const reader = response.body?.getReader();
    await service.walk('follow-1', [command('CloseAccount')]);
    const { value } = (await reader?.read()) ?? {};
    expect(JSON.parse(new TextDecoder().decode(value as Uint8Array))).toMatchObject({ stream: 'account-follow-1' });
    stop.abort();
  });

  test('a query whose `after` is not reached in time: 503 with Retry-After', async () => {
    await service.walk('late-1', [command('SignUp')]);
    const answer = await service.ask('product', 'GET', '/v1/accounts/late-1/setup-guide?after=9999999999999999');
    expect(answer).toMatchObject({ status: 503, body: { code: 'not_up_to_date' } });
    expect(answer.headers.get('retry-after')).toBe('1');
  });
});

describe('operations', () => {
  test('health, readiness and metrics answer without a token on loopback', async () => {
    expect(await service.ask(undefined, 'GET', '/healthz')).toMatchObject({ status: 200, body: { status: 'ok' } });
    expect(await service.ask(undefined, 'GET', '/readyz')).toMatchObject({
      status: 200,
      body: { status: 'ready', store: 'ok' },
    });
    const metrics = await service.ask(undefined, 'GET', '/metrics');
    expect(metrics.text).toMatch(/gatehouse_projection_live\{projection="sending_gate"\} 1/);
    expect(metrics.text).toMatch(/gatehouse_commands_total\{command="SignUp",outcome="accepted"\}/);
  });

  test('a read model is rebuilt while the old rows serve', async () => {
    const { headers } = await service.walk('rebuild-1', verified);
    expect(headers.get('etag')).toBe('"9"');
    const { body: before } = await service.ask('admin', 'GET', '/v1/projections');
    for (const { projection: name } of before['items'] as { projection: string }[]) {
      expect(await service.ask('admin', 'POST', `/v1/projections/${name}/rebuild`)).toMatchObject({ status: 202 });
      expect(await gate('rebuild-1', 'action=message.send')).toMatchObject({ body: { allowed: true } });
    }
    const rebuilt = async (): Promise<unknown[]> => {
      const { body } = await service.ask('admin', 'GET', '/v1/projections');
      return (body['items'] as { rebuiltFrom: number | null }[]).map(({ rebuiltFrom }) => rebuiltFrom);
    };
    for (let tries = 0; tries < 100 && (await rebuilt()).includes(null); tries++)
      await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await rebuilt()).not.toContain(null);
    const later = await service.walk('rebuild-1', [command('SuspendAccount')]);
    expect(await gate('rebuild-1', `action=message.send&after=${positionOf(later)}`)).toMatchObject({
      body: { allowed: false, onDenied: 'hold' },
    });
    expect(await service.ask('admin', 'POST', '/v1/projections/nothing/rebuild')).toMatchObject({ status: 404 });
    expect(await service.ask('reviewer', 'POST', '/v1/projections/timeline/rebuild')).toMatchObject({ status: 403 });
  });

  test('the docs are rendered from files of our own', async () => {
    const page = await service.ask(undefined, 'GET', '/docs');
    expect(page.status).toBe(200);
    const sources = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, source]) => source ?? '');
    expect(sources.length).toBeGreaterThan(2);
    for (const source of sources) {
      expect(source).toMatch(/^\/docs\//);
      expect((await service.ask(undefined, 'GET', source)).status).toBe(200);
    }
  });
});
