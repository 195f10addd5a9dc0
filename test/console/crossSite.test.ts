/** Pages of others cannot act in the name of whoever is signed in. */
import type { Page } from 'playwright-core';
import { inReview } from '../support/examples.js';
import { newService, type TestService } from '../support/service.js';
import { startWebServer, type WebServer } from '../support/webServer.js';
import { inChromium } from './support/browser.js';
import { signIn } from './support/signIn.js';

/** What a page of somebody else tries, in its own window; `to` is where Gatehouse is. */
async function attack(to: string): Promise<void> {
  const approve = `${to}/v1/accounts/acme/commands/approve-verification`;
  const json = { 'Content-Type': 'application/json' };
  const attempts: [string, RequestInit][] = [
    // What needs no leave of the other side: the three types that a form can send.
    [approve, { method: 'POST', body: '{}', headers: { 'Content-Type': 'text/plain' } }],
    [approve, { method: 'POST', body: new URLSearchParams({ note: 'x' }) }],
    [approve, { method: 'POST', body: new FormData() }],
    [approve, { method: 'POST' }],
    // What asks for leave first.
    [approve, { method: 'POST', body: '{}', headers: json }],
    [`${to}/v1/session`, { method: 'DELETE' }],
  ];
  for (const [url, init] of attempts) {
    for (const mode of ['no-cors', 'cors'] as const) {
      await fetch(url, { ...init, mode, credentials: 'include' }).catch(() => undefined);
    }
  }
  const form = document.createElement('form');
  form.method = 'post';
  form.action = approve;
  form.enctype = 'text/plain';
  const input = document.createElement('input');
  // As text it reads `{"note":"="}`.
  input.name = '{"note":"';
  input.value = '"}';
  form.append(input);
  document.body.append(form);
  form.submit();
}

type Raw = { readonly host: string; readonly cookie: string; readonly status: number };

/** What went over the wire for a page, also answers that its browser keeps from it. */
async function rawAnswers(page: Page): Promise<() => readonly Raw[]> {
  const network = await page.context().newCDPSession(page);
  const sent = new Map<string, Omit<Raw, 'status'>>();
  const answers: Raw[] = [];
  network.on('Network.requestWillBeSentExtraInfo', ({ requestId, headers }) => {
    sent.set(requestId, { host: headers['Host'] ?? '', cookie: headers['Cookie'] ?? '' });
  });
  network.on('Network.responseReceivedExtraInfo', ({ requestId, statusCode }) => {
    answers.push({ host: '', cookie: '', ...sent.get(requestId), status: statusCode });
  });
  await network.send('Network.enable');
  return () => answers;
}

inChromium('pages of others', ({ person }) => {
  let service: TestService;
  let elsewhere: WebServer;
  beforeAll(async () => {
    service = await newService();
    await service.walk('acme', inReview);
    elsewhere = await startWebServer((_request, response) => {
      response.setHeader('Content-Type', 'text/html');
      response.end('<!doctype html><title>Elsewhere</title><link rel="icon" href="data:,"><p>A game</p>');
    });
  });
  afterAll(async () => {
    await elsewhere.stop();
    await service.stop();
  });

  // The first is the same site to a browser, which sends the cookie there; the second is another one.
  test.each([
    ['another port of the same host', '127.0.0.1', true],
    ['another host', 'localhost', false],
  ])('a page at %s is refused, whatever it sends', async (_name, host, bringsCookie) => {
    const { page, context, watch } = await person(service.url);
    await signIn(page, service.tokens.reviewer);
    const before = await service.ask('reviewer', 'GET', '/v1/accounts/acme');
    const other = await context.newPage();
    // What Gatehouse answers is what is looked at here; what the browser says to the other page of it is not.
    watch.allow(/./);
    const seen = await rawAnswers(other);
    await other.goto(`http://${host}:${elsewhere.port}/`);
    await Promise.all([other.waitForURL(/approve-verification/), other.evaluate(attack, service.url)]);
    const answers = seen().filter(({ host: asked }) => service.url.endsWith(`//${asked}`));
    // Six that need no leave, a form, and those that asked for leave.
    expect(answers.length).toBeGreaterThan(6);
    expect(answers.filter(({ status }) => status < 400)).toEqual([]);
    expect(answers.some(({ cookie }) => cookie.includes('gatehouse_session'))).toBe(bringsCookie);
    const after = await service.ask('reviewer', 'GET', '/v1/accounts/acme');
    expect(after.body['revision']).toBe(before.body['revision']);
    // The session goes on for the person whose it is.
    await page.reload();
    await page.getByRole('navigation', { name: 'Pages' }).waitFor();
  });

  test('no page of others can put the console into a frame', async () => {
    const { context, watch } = await person(service.url);
    watch.allow(/./);
    const other = await context.newPage();
    await other.goto(`http://127.0.0.1:${elsewhere.port}/`);
    await other.evaluate((url) => {
      const frame = document.createElement('iframe');
      frame.src = `${url}/console/`;
      document.body.append(frame);
      return new Promise((resolve) => frame.addEventListener('load', resolve));
    }, service.url);
    const [, frame] = other.frames();
    await frame?.waitForURL(/^chrome-error:/);
    expect(frame?.url()).toMatch(/^chrome-error:/);
  });
});
