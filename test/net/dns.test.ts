/** What the resolver makes of the answers of a real name server, good and bad. */
import { createResolver, isPublicName, type Resolver } from '../../src/net/dns.js';
import { type DnsTestServer, startDnsServer } from '../support/dnsServer.js';

let server: DnsTestServer;
let resolver: Resolver;
beforeAll(async () => {
  server = await startDnsServer({
    'acme-mail.com': { TXT: [['v=spf1 ', 'include:x.net -all'], 'other'], A: ['192.0.2.1'], MX: ['mx.acme-mail.com'] },
    'six.acme-mail.com': { AAAA: ['2001:db8::1'] },
    'alias.acme-mail.com': { CNAME: ['acme-mail.com'] },
    'large.acme-mail.com': { TXT: ['a'.repeat(2_000), 'b'.repeat(900)] },
  });
  resolver = createResolver({ servers: [server.address], tryMilliseconds: 100 });
});
afterAll(async () => server.stop());

test('records are found, a TXT record with its parts joined', async () => {
  const found = await resolver.txt('acme-mail.com');
  expect(found).toEqual({ kind: 'found', values: ['v=spf1 include:x.net -all', 'other'] });
  expect(await resolver.mx('acme-mail.com')).toEqual({ kind: 'found', values: ['mx.acme-mail.com'] });
  expect(await resolver.cname('alias.acme-mail.com')).toEqual({ kind: 'found', values: ['acme-mail.com'] });
});

test('addresses are found in either family, and through an alias', async () => {
  expect(await resolver.addresses('six.acme-mail.com')).toEqual({ kind: 'found', values: ['2001:db8::1'] });
  expect(await resolver.addresses('alias.acme-mail.com')).toEqual({ kind: 'found', values: ['192.0.2.1'] });
});

test('an answer too large for one datagram is asked for again over TCP', async () => {
  const found = await resolver.txt('large.acme-mail.com');
  expect(found).toEqual({ kind: 'found', values: ['a'.repeat(2_000), 'b'.repeat(900)] });
});

test('no such name and no such record are absence', async () => {
  expect(await resolver.txt('nothing.acme-mail.com')).toEqual({ kind: 'absent' });
  expect(await resolver.cname('acme-mail.com')).toEqual({ kind: 'absent' });
  expect(await resolver.addresses('nothing.acme-mail.com')).toEqual({ kind: 'absent' });
});

test.each([
  ['SERVFAIL', 'ESERVFAIL'],
  ['REFUSED', 'EREFUSED'],
  ['silent', 'ETIMEOUT'],
] as const)('a server that answers %s says nothing: unavailable', async (failure, code) => {
  server.fail('broken.acme-mail.com', failure);
  expect(await resolver.txt('broken.acme-mail.com')).toEqual({ kind: 'unavailable', code });
  expect(await resolver.addresses('broken.acme-mail.com')).toEqual({ kind: 'unavailable', code });
});

test.each(['acme.example', 'ACME.TEST.', 'localhost', 'printer.local', 'x.onion'])('%s is no public name', (name) => {
  expect(isPublicName(name)).toBe(false);
});
