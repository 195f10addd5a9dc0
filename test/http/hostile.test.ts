import { type Document, HostileRequests, type Outcome, sendRaw } from '../support/hostile.js';
import { verified } from '../support/examples.js';
import { newService } from '../support/service.js';

/** What an answer may not be: a failure of ours, or an error that is no problem document. */
function fault({ status, type, text }: Outcome): string | undefined {
  if (status >= 500 && status !== 503) return 'a failure of ours';
  if (status < 400) return undefined;
  if (!type.startsWith('application/problem+json')) return `${type} instead of a problem`;
  const body = JSON.parse(text) as { status?: number; code?: string; title?: string };
  return body.status === status && body.code !== undefined && body.title !== undefined
    ? undefined
    : 'an incomplete problem';
}

test('given 20,000 random hostile requests derived from the OpenAPI document, then no failure of ours and only problems', async () => {
  const service = await newService();
  await service.walk('acme', verified);
  const document = (await service.ask(undefined, 'GET', '/openapi.json')).body as unknown as Document;
  const requests = new HostileRequests(document, Object.values(service.tokens), 7);
  const faults: string[] = [];
  const statuses = new Map<number, number>();
  for (let sent = 0; sent < 20_000; sent += 20) {
    const batch = Array.from({ length: 20 }, () => requests.next());
    const outcomes = await Promise.all(batch.map(async (one) => sendRaw(service.url, one)));
    for (const [index, outcome] of outcomes.entries()) {
      statuses.set(outcome.status, (statuses.get(outcome.status) ?? 0) + 1);
      const found = fault(outcome);
      if (found !== undefined)
        faults.push(
          `${found}: ${outcome.status} ${JSON.stringify(batch[index]).slice(0, 300)} ${outcome.text.slice(0, 200)}`,
        );
    }
  }
  expect(faults.slice(0, 5)).toEqual([]);
  // The requests are hostile, not hopeless: every kind of answer is among them.
  for (const status of [200, 400, 401, 403, 404, 409, 422])
    expect([status, (statuses.get(status) ?? 0) > 20]).toEqual([status, true]);
  expect((await service.ask(undefined, 'GET', '/readyz')).status).toBe(200);
  await service.stop();
}, 180_000);
