/** A service that is told to stop finishes what is under way, takes nothing new, and ends then. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Connection, openConnection } from '../support/rawHttp.js';
import { newService, type TestService } from '../support/service.js';

let service: TestService;
beforeEach(async () => (service = await newService()));

const headers = (): string => `Host: x\r\nAuthorization: Bearer ${service.tokens.product}\r\n`;

/** A question that waits about three seconds for a position that does not come. */
const slowQuestion = (): string => `GET /v1/accounts/x/timeline?after=9999999999999999 HTTP/1.1\r\n${headers()}\r\n`;
const signUp = (accountId: string): string => {
  const body = JSON.stringify({ accountId, ownerEmail: 'owner@acme.example' });
  const length = `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n`;
  return `POST /v1/accounts HTTP/1.1\r\n${headers()}${length}\r\n${body}`;
};

/** Far from the ten seconds after which connections are cut, and within what a busy machine takes. In milliseconds. */
const soon = 4_000;
/** The same for what waits for a question of three seconds. */
const soonAfterQuestion = 3_000 + soon;

async function timed(work: Promise<void>): Promise<number> {
  const started = performance.now();
  await work;
  return performance.now() - started;
}

async function ask(connection: Connection, request: string): Promise<void> {
  const before = connection.received.length;
  connection.send(request);
  while (connection.received.length === before) await sleep(5);
}

test('given idle connections, one of them never used, then it stops at once', async () => {
  const used = await openConnection(service.url);
  await ask(used, `GET /healthz HTTP/1.1\r\n${headers()}\r\n`);
  const silent = await openConnection(service.url);
  await sleep(50);
  expect(await timed(service.stop())).toBeLessThan(soon);
  await Promise.all([used.closed, silent.closed]);
});

test('given a request under way, then it is answered, its connection closed, and the service ends with it', async () => {
  const connection = await openConnection(service.url);
  connection.send(slowQuestion());
  await sleep(300);
  expect(await timed(service.stop())).toBeLessThan(soonAfterQuestion);
  const answers = await connection.answers();
  expect(answers).toMatchObject([{ status: 503, headers: { connection: 'close' } }]);
  expect(answers[0]?.body).toContain('not_up_to_date');
});

test('given a connection with a request under way, when a command follows on it after the stop, then it is not carried out', async () => {
  const connection = await openConnection(service.url);
  connection.send(slowQuestion());
  await sleep(300);
  const stopped = service.stop();
  connection.send(signUp('too-late'));
  await stopped;
  const answers = await connection.answers();
  expect(answers.map(({ status }) => status)).toEqual([503]);
  expect(connection.received).not.toContain('201');
});

test('given requests that were sent one after the other before the stop, then all are answered', async () => {
  const connection = await openConnection(service.url);
  connection.send(slowQuestion() + signUp('in-time'));
  await sleep(300);
  await service.stop();
  expect((await connection.answers()).map(({ status, headers: { connection: kept } }) => [status, kept])).toEqual([
    [503, 'keep-alive'],
    [201, 'keep-alive'],
  ]);
});

test('given an answer that goes on, such as the followed log, then it ends and the connection with it', async () => {
  const connection = await openConnection(service.url);
  const token = `Host: x\r\nAuthorization: Bearer ${service.tokens.auditor}\r\n`;
  await ask(connection, `GET /v1/events?follow=true HTTP/1.1\r\n${token}\r\n`);
  expect(await timed(service.stop())).toBeLessThan(soon);
  await connection.closed;
  expect(connection.received).toMatch(/\r\n0\r\n\r\n$/);
});

test('given a gate question while it stops, then the connection is closed after it', async () => {
  const connection = await openConnection(service.url);
  connection.send(`GET /v1/accounts/x/gate?action=message.send&after=9999999999999999 HTTP/1.1\r\n${headers()}\r\n`);
  await sleep(300);
  await service.stop();
  expect(await connection.answers()).toMatchObject([{ status: 200, headers: { connection: 'close' } }]);
});
