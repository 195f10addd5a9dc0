/** Which DNS records a domain must publish. */
import { dkimKeyData, expectedRecords, type RecordsOf, tagsOf } from '../../src/policy/domainRecords.js';

const plain: RecordsOf = { domain: 'mail.acme.com', provider: {}, ownershipToken: 'token' };
const brief = (given: Partial<RecordsOf>) =>
  expectedRecords({ ...plain, ...given }).map(
    ({ type, name, expected, required }) => `${required ? 'must' : 'may'} ${type} ${name} ${expected}`,
  );

const ownership = 'must TXT _gatehouse.mail.acme.com gatehouse-verification=token';
const dmarc = 'may TXT _dmarc.mail.acme.com v=DMARC1; p=none';

test('given nothing more, then the proof of ownership, and DMARC recommended', () => {
  expect(brief({})).toEqual([ownership, dmarc]);
});

test('given a key of the backend, then DKIM at its selector', () => {
  expect(brief({ dkim: { selector: 'S1', publicKey: 'MIGf' } })).toEqual([
    ownership,
    'must TXT s1._domainkey.mail.acme.com v=DKIM1; k=rsa; p=MIGf',
    dmarc,
  ]);
});

test('given the provider’s settings, then SPF and the return path', () => {
  const provider = { spfInclude: 'spf.provider.net', returnPath: { label: 'bounce', target: 'bounces.provider.net' } };
  expect(brief({ provider })).toEqual([
    ownership,
    'must TXT mail.acme.com v=spf1 include:spf.provider.net ~all',
    'must CNAME bounce.mail.acme.com bounces.provider.net',
    dmarc,
  ]);
});

test.each([
  ['acme.com', '_dmarc.acme.com'],
  ['mail.acme.com', undefined],
  [undefined, undefined],
])('given the organisational domain %s, then DMARC may also stand at %s', (organisationalDomain, fallbackName) => {
  expect(expectedRecords({ ...plain, organisationalDomain }).at(-1)?.fallbackName).toBe(fallbackName);
});

const ed25519 = '11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=';
test.each([
  ['base64', 'MIGfMA0G', { kind: 'rsa', data: 'MIGfMA0G' }],
  [
    'PEM',
    '-----BEGIN PUBLIC KEY-----\r\nMIGf\r\nMA0G\r\n-----END PUBLIC KEY-----\n',
    { kind: 'rsa', data: 'MIGfMA0G' },
  ],
  ['a whole record in quotes', '"v=DKIM1; k=rsa; " "p=MIGfMA0G"', { kind: 'rsa', data: 'MIGfMA0G' }],
  ['base64 with padding', 'MIGfMA==', { kind: 'rsa', data: 'MIGfMA==' }],
  ['an Ed25519 key', ed25519, { kind: 'ed25519', data: ed25519 }],
  ['an Ed25519 key as OpenSSL writes it', `MCowBQYDK2VwAyEA${ed25519}`, { kind: 'ed25519', data: ed25519 }],
] as const)('a key is read from %s', (_what, given, key) => expect(dkimKeyData(given)).toEqual(key));

test('a tag list names each tag once; anything else is none', () => {
  expect([...(tagsOf(' v=DKIM1 ;K = rsa; p= AB CD ;') ?? [])]).toEqual([
    ['v', 'DKIM1'],
    ['k', 'rsa'],
    ['p', 'AB CD'],
  ]);
  expect(tagsOf('p=A; p=B')).toBeUndefined();
  expect(tagsOf('hello world')).toBeUndefined();
});
