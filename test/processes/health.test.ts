/** How a process fares, of several parts. */
import { DomainChecks } from '../../src/domains/domainChecks.js';
import { createResolver } from '../../src/net/dns.js';
import { domainProcess } from '../../src/processes/domains.js';
import { ProcessHealth } from '../../src/processes/health.js';
import { webhookProcesses } from '../../src/processes/webhooks.js';
import { createSafeFetch } from '../../src/net/safeFetch.js';
import { openWebhooks } from '../../src/webhooks/index.js';
import { newGatehouse } from '../support/gatehouse.js';
import { secret } from '../support/webhookReceiver.js';

const down = new Error('down');

test('what one part can do says nothing of another: a process fails while any part does', () => {
  const health = new ProcessHealth(['mail']);
  health.failed('mail', down, 'outbox');
  health.failed('mail', down, 'outbox');
  health.succeeded('mail', 'reminders');
  health.succeeded('mail');
  expect(health.states()).toEqual([{ process: 'mail', state: 'failing', failures: 2, error: 'down' }]);
  health.succeeded('mail', 'outbox');
  expect(health.states()).toEqual([{ process: 'mail', state: 'ok', failures: 0, error: null }]);
});

test('no two parts of a process go by the same name: one would speak for the other', async () => {
  const { deps, store, readModels, folder, close } = await newGatehouse();
  const resolver = createResolver({ servers: [] });
  const fetch = createSafeFetch({ resolver, allowAddresses: [] });
  const url = 'https://acme-post.com/hooks';
  const webhooks = openWebhooks({ file: folder.file('webhooks.db'), url, secret, fetch, now: deps.now });
  const all = [
    domainProcess({ checks: new DomainChecks(deps, resolver), readModels: readModels() }),
    webhookProcesses(webhooks, { store, policy: () => deps.policy().document }),
  ];
  for (const { consumers, loops } of all) {
    const names = [
      ...consumers.map(({ name }) => name),
      ...loops.map(({ name, part = '' }) => `${name} ${part}`.trim()),
    ];
    expect(names).toEqual([...new Set(names)]);
    expect(names.length).toBeGreaterThan(1);
  }
  webhooks.deliveries.close();
  await close();
});
