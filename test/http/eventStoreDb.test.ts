/** The service on EventStoreDB: what operators see when it is away, and that it comes back by itself. */
import { setTimeout as sleep } from 'node:timers/promises';
import { command, verified } from '../support/examples.js';
import { StandIn } from '../support/eventStoreStandIn/standIn.js';
import { readFeed } from '../support/readFeed.js';
import { newService, type TestService } from '../support/service.js';

let standIn: StandIn;
let service: TestService;
/** Reading the whole log takes longer than a question may: this one waits as long as services do. */
let patient: TestService;

beforeAll(async () => {
  standIn = new StandIn();
  await standIn.start();
  service = await newService('acme', {
    GATEHOUSE_EVENT_STORE: `${standIn.connectionString}&defaultDeadline=900`,
  });
  patient = await newService('acme', { GATEHOUSE_EVENT_STORE: standIn.connectionString });
});
afterAll(async () => {
  await Promise.all([service.stop(), patient.stop()]);
  standIn.stop();
});

const ready = () => service.ask(undefined, 'GET', '/readyz');
async function untilReady(): Promise<void> {
  for (let tries = 0; tries < 200 && (await ready()).status !== 200; tries++) await sleep(50);
}

test('an account walks to verified; gate and timeline reflect the position of the answer', async () => {
  const { body } = await service.walk('acme', verified);
  expect(body).toMatchObject({ revision: 9, position: expect.stringMatching(/^\d{20}-\d{20}$/) });
  const after = String(body['position']);
  const gate = await service.ask('product', 'GET', `/v1/accounts/acme/gate?action=message.send&after=${after}`);
  expect(gate.body).toMatchObject({ allowed: true, revision: 9, position: after });
  const timeline = await service.ask('reviewer', 'GET', `/v1/accounts/acme/timeline?after=${after}`);
  expect((timeline.body['items'] as unknown[]).length).toBe(10);
});

test('it is verified, proved and shown there as anywhere', async () => {
  expect((await patient.ask('auditor', 'GET', '/v1/checkpoints')).body).toMatchObject({
    items: [],
    since: { events: 11, atLeast: false },
  });
  expect((await patient.ask('auditor', 'POST', '/v1/checkpoints')).body).toEqual({ kind: 'taken', number: 1 });
  expect((await patient.ask('auditor', 'GET', '/v1/checkpoints')).body).toMatchObject({ since: { events: 0 } });
  const { body: started } = await patient.ask('auditor', 'POST', '/v1/verifications');
  const verification = async () => patient.ask('auditor', 'GET', `/v1/verifications/${String(started['id'])}`);
  while ((await verification()).body['state'] === 'running') await sleep(20);
  expect((await verification()).body).toMatchObject({ state: 'done', result: { clean: true, events: 11 } });
  expect((await patient.ask('auditor', 'GET', '/v1/accounts/acme/bundle')).body).toMatchObject({ account: 'acme' });
  const { body: processes } = await patient.ask('admin', 'GET', '/v1/processes');
  expect(processes['items']).toContainEqual(
    expect.objectContaining({ process: 'mail', parked: { count: 0, atLeast: false } }),
  );
  const store = await patient.ask('admin', 'GET', '/v1/store');
  expect(store.body).toMatchObject({
    kind: 'eventStoreDb',
    described: `esdb://127.0.0.1:${standIn.port}`,
    bytes: null,
  });
});

test('exports are made and recorded there as anywhere: accounts only, each export in the list', async () => {
  const rows = async (format: string): Promise<number> => {
    const answer = await service.ask('auditor', 'GET', `/v1/exports/events?format=${format}&types=PeopleAdded`);
    expect(answer.status).toBe(200);
    return answer.text.split('PeopleAdded').length - 1;
  };
  for (const format of ['ndjson', 'csv', 'xes']) expect([format, await rows(format)]).toEqual([format, 1]);
  const whole = await service.ask('auditor', 'GET', '/v1/exports/events?format=ndjson');
  expect(whole.text.trim().split('\n')).toHaveLength(10);
  const { body } = await service.ask('auditor', 'GET', '/v1/exports');
  const states = (body['items'] as Record<string, unknown>[]).map(({ state, rows: count }) => [state, count]);
  expect(states).toEqual([['completed', 10], ...['ndjson', 'csv', 'xes'].map(() => ['completed', 1])]);
});

test('while the store is away: not ready, commands are answered 503, and soon the gate denies what it cannot know', async () => {
  await untilReady();
  const ask = async () => (await service.ask('product', 'GET', '/v1/accounts/acme/gate?action=message.send')).body;
  standIn.stop();
  expect(await ready()).toMatchObject({ status: 503, body: { status: 'unavailable', reason: 'StoreUnavailable' } });
  const refused = await service.ask('product', 'POST', '/v1/accounts', {
    accountId: 'later',
    company: 'Later Ltd',
    ownerEmail: 'owner@later.example',
  });
  expect(refused).toMatchObject({ status: 503 });
  expect(refused.headers.get('retry-after')).not.toBeNull();
  expect(JSON.stringify(refused.body)).not.toContain('127.0.0.1');
  expect((await service.ask(undefined, 'GET', '/metrics')).text).toMatch(/gatehouse_store_reachable 0/);
  // Others may have suspended the account meanwhile: after a probe and an attempt without an answer it is not known.
  for (let tries = 0; tries < 100 && (await ask())['allowed'] === true; tries++) await sleep(50);
  expect(await ask()).toMatchObject({ allowed: false, reasons: ['not_up_to_date'], awaitingActionFrom: 'system' });

  await standIn.start();
  await untilReady();
  expect(await ask()).toMatchObject({ allowed: true });
  expect(await ready()).toMatchObject({ status: 200, body: { status: 'ready', lagging: 0 } });
  expect(Number((await ready()).body['drops'])).toBeGreaterThan(0);
  const { text } = await service.ask(undefined, 'GET', '/metrics');
  expect(text).toMatch(/gatehouse_store_reachable 1/);
  expect(text).toMatch(/gatehouse_store_subscription_drops [1-9]/);
  expect(text).toMatch(/gatehouse_projection_lag_seconds\{projection="sending_gate"\} 0/);
});

test('while the store is away silence does not pass for quiet: a stream of changes ends, and goes on where it was', async () => {
  const { url, tokens } = service;
  const reader = await readFeed(url, tokens.reviewer, { path: '/v1/changes' });
  const { id = '' } = await reader.until(({ event }) => event === 'ready');
  standIn.stop();
  await reader.ended;
  await standIn.start();
  await untilReady();
  const { body } = await service.walk('meanwhile', [command('SignUp')]);
  const again = await readFeed(url, tokens.reviewer, { path: '/v1/changes', lastEventId: id });
  await again.until((message) => message.id === body['position']);
  again.close();
  // So do the read models, each in its own time.
  const gate = `/v1/accounts/meanwhile/gate?action=message.send&after=${String(body['position'])}`;
  const isKnown = async () => (await service.ask('product', 'GET', gate)).body['revision'] === 0;
  for (let tries = 0; tries < 20 && !(await isKnown()); tries++) await sleep(100);
  expect(await isKnown()).toBe(true);
});

test('after it came back: what was sent again is there once, and the read models follow', async () => {
  const signUp = await service.walk('later', [command('SignUp')]);
  const after = String(signUp.body['position']);
  const gate = await service.ask('product', 'GET', `/v1/accounts/later/gate?action=message.send&after=${after}`);
  expect(gate.body).toMatchObject({ allowed: false, revision: 0 });
});
