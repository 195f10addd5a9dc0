/** Each check's outcomes, on a subject in order and one thing changed. */
import { ownershipToken } from '../../src/domains/ownership.js';
import type { DomainHolder } from '../../src/screening/check.js';
import { checks } from '../../src/screening/checks/index.js';
import type { Subject } from '../../src/screening/subject.js';
import type { Visit } from '../../src/screening/visit.js';
import { start } from '../support/examples.js';
import {
  words,
  homePage,
  answered,
  unreachable,
  found,
  broken,
  type World,
  type Case,
  specify,
} from '../support/checkSpecification.js';

const form = '<form><input type="email" name="email"><button>Sign up</button></form>';
const login = '<form action="/login"><input name="user"><input type="password"><button>Log in</button></form>';
const page = (title: string, body: string): Visit => answered(`<title>${title}</title><body>${body}</body>`);

specify('website', [
  ['a page of a company', {}, 'pass', /200, “Acme Shop”\. It begins: .*anvils/],
  ['no website', { website: { kind: 'none' }, subject: { website: undefined } }, 'website_inaccessible'],
  ['a name for special use', { website: { kind: 'special_use', host: 'acme.example' } }, 'unknown'],
  ['no such name', { website: unreachable('name_absent') }, 'website_inaccessible'],
  [
    'nobody listens',
    { website: unreachable('connection_failed') },
    'website_inaccessible',
    /does not answer over https/,
  ],
  ['only http answers', { website: unreachable('connection_failed', true) }, 'website_inaccessible', /over http only/],
  ['a certificate nobody trusts', { website: unreachable('tls_failed') }, 'website_inaccessible'],
  ['an address that is not public', { website: unreachable('address_refused') }, 'website_inaccessible'],
  ['it redirects for ever', { website: unreachable('too_many_redirects') }, 'website_inaccessible'],
  ['our name servers fail', { website: unreachable('name_unavailable') }, 'unknown', /from here/],
  ['our network is down', { website: unreachable('connection_failed', false, 'ENETUNREACH') }, 'unknown'],
  ['it takes too long', { website: unreachable('timed_out') }, 'unknown'],
  ['it is larger than we read', { website: unreachable('too_large') }, 'unknown'],
  ['404', { website: answered('', { status: 404 }) }, 'website_inaccessible', /404/],
  ['500', { website: answered('', { status: 500 }) }, 'website_inaccessible', /500/],
  ['401', { website: answered('', { status: 401 }) }, 'website_password_protected'],
  ['403', { website: answered('', { status: 403 }) }, 'unknown', /keeps programs out/],
  ['429', { website: answered('', { status: 429 }) }, 'unknown'],
  ['503', { website: answered('', { status: 503 }) }, 'unknown'],
  ['a wall against programs', { website: page('Just a moment...', '<h1>One more step</h1>') }, 'unknown'],
  ['a challenge', { website: answered(homePage, { headers: { 'cf-mitigated': 'challenge' } }) }, 'unknown'],
  ['it is no page', { website: { ...answered(''), page: undefined } as Visit }, 'unknown', /not with a page/],
  ['nothing but a log-in', { website: page('Log in', login) }, 'website_password_protected', /“Log in”/],
  [
    'it redirects to a log-in',
    {
      website: answered(`${words.repeat(10)}${login}`, {
        url: 'https://www.acme-shop.co.uk/login',
        redirects: ['https://www.acme-shop.co.uk/'],
      }),
    },
    'website_password_protected',
  ],
  ['a log-in in the corner', { website: page('Acme', `${login}<p>${words.repeat(10)}</p>`) }, 'pass'],
  ['coming soon', { website: page('Acme', '<h1>Coming soon</h1>') }, 'website_under_construction', /being built/],
  ['the word in a long page', { website: page('Acme', `<p>${words.repeat(20)} More anvils coming soon.</p>`) }, 'pass'],
  [
    'for sale',
    { website: page('acme-shop.co.uk', 'This domain is for sale!') },
    'website_under_construction',
    /parked/,
  ],
  [
    'nginx',
    { website: page('Welcome to nginx!', '<h1>Welcome to nginx!</h1>') },
    'website_under_construction',
    /server/,
  ],
  ['Apache', { website: page('Apache2 Ubuntu Default Page: It works', 'It works') }, 'website_under_construction'],
  ['an empty page', { website: page('', '') }, 'website_under_construction', /empty/],
  [
    'drawn by scripts',
    { website: page('Acme', '<div id="app"></div><script src="/a.js"></script>') },
    'unknown',
    /scripts/,
  ],
  [
    'it redirects to another domain',
    {
      website: answered(homePage, { url: 'https://anvils-for-you.com/', redirects: ['https://www.acme-shop.co.uk/'] }),
    },
    'pass',
    /another domain, anvils-for-you\.com/,
  ],
  ['it leads to http', { website: answered(homePage, { url: 'http://www.acme-shop.co.uk/' }) }, 'website_inaccessible'],
]);

specify('website-domain', [
  ['of one organisation, by the public suffix list', {}, 'pass', /acme-shop\.co\.uk/],
  [
    'another organisation under one suffix',
    { subject: { website: 'https://other.co.uk/' }, website: { kind: 'none' } },
    'website_domain_mismatch',
  ],
  [
    'it redirects to the sending domain',
    { subject: { website: 'https://acme-old.com/' }, website: answered(homePage) },
    'pass',
  ],
  [
    'another customer of one host',
    {
      subject: { website: 'https://acme.github.io/', sendingDomains: [{ name: 'evil.github.io', domain: undefined }] },
      website: { kind: 'none' },
    },
    'website_domain_mismatch',
  ],
  [
    'people of an agency',
    { subject: { people: [{ role: 'owner', email: 'a@agency-name.com' }] } },
    'pass',
    /agency-name/,
  ],
  [
    'it leads to a company that does not send',
    { website: answered(homePage, { url: 'https://big-brand.com/', redirects: ['https://www.acme-shop.co.uk/'] }) },
    'unknown',
    /leads to big-brand\.com/,
  ],
  ['no sending domain, people of the company', { subject: { sendingDomains: [] } }, 'pass'],
  [
    'no sending domain, and only people whom the account names are of the company',
    {
      subject: {
        sendingDomains: [],
        website: 'https://big-brand.com/',
        people: [
          { role: 'owner', email: 'me@some-name.com', signedUp: true },
          { role: 'technical contact', email: 'tech@big-brand.com' },
          { role: 'owner', email: 'boss@big-brand.com' },
        ],
      },
      website: answered(homePage, { url: 'https://big-brand.com/' }),
    },
    'unknown',
    /only named/,
  ],
  [
    'no sending domain, who signed up has a website that leads to another company',
    {
      subject: { sendingDomains: [] },
      website: answered(homePage, { url: 'https://big-brand.com/', redirects: ['https://www.acme-shop.co.uk/'] }),
    },
    'unknown',
  ],
  [
    'no sending domain, people of another',
    { subject: { sendingDomains: [], people: [{ role: 'owner', email: 'a@other-name.com' }] } },
    'website_domain_mismatch',
  ],
  [
    'nothing to compare',
    { subject: { sendingDomains: [], people: [{ role: 'owner', email: 'a@gmail.com' }] } },
    'unknown',
  ],
  ['no website', { subject: { website: undefined } }, undefined],
]);

specify('free-mail', [
  ['addresses of the company', {}, 'pass'],
  [
    'the owner’s is free',
    { subject: { people: [{ role: 'owner', email: 'Acme@GMail.com' }] } },
    'free_email_provider',
    /owner at gmail\.com\.$/,
  ],
  ['a name that only ends alike', { subject: { people: [{ role: 'owner', email: 'a@notgmail.com' }] } }, 'pass'],
  [
    'sending from it',
    { subject: { sendingDomains: [{ name: 'gmail.com', domain: undefined }] } },
    'free_email_provider',
  ],
]);

specify('disposable-mail', [
  ['addresses of the company', {}, 'pass'],
  [
    'one to throw away',
    { subject: { people: [{ role: 'technical contact', email: 'a@mailinator.com' }] } },
    'disposable_email',
    /technical contact at mailinator\.com/,
  ],
  ['below one', { subject: { people: [{ role: 'owner', email: 'a@x.mailinator.com' }] } }, 'disposable_email'],
]);

const zones = { domainBlocklists: ['list-name.org'] };
const onList = 'acme-shop.co.uk.list-name.org';
specify('domain-blocklist', [
  ['no list is named', { dns: { [onList]: found('127.0.1.2') } }, undefined],
  ['not listed', { screening: zones }, 'pass', /acme-shop\.co\.uk at list-name\.org/],
  ['listed in 127.0.0.x', { screening: zones, dns: { [onList]: found('127.0.0.2') } }, 'domain_listed', /127\.0\.0\.2/],
  ['listed in 127.0.1.x', { screening: zones, dns: { [onList]: found('127.0.1.5') } }, 'domain_listed'],
  ['a mistyped zone', { screening: zones, dns: { [onList]: found('127.255.255.252') } }, 'unknown', /127\.255/],
  ['a public resolver', { screening: zones, dns: { [onList]: found('127.255.255.254') } }, 'unknown'],
  ['too many questions', { screening: zones, dns: { [onList]: found('127.255.255.255') } }, 'unknown'],
  ['refused, as SURBL and URIBL do', { screening: zones, dns: { [onList]: found('127.0.0.1') } }, 'unknown'],
  ['a resolver that answers everything', { screening: zones, dns: { [onList]: found('93.184.216.34') } }, 'unknown'],
  ['no answer', { screening: zones, dns: { [onList]: broken } }, 'unknown', /ESERVFAIL/],
  [
    'a name for special use',
    { screening: zones, subject: { website: undefined, domains: ['mail.acme.example'] } },
    'unknown',
  ],
]);

const lastCheck = (outcome: 'failed' | 'temporary_failure') => ({
  outcome,
  records: [{ type: 'TXT', name: 'k._domainkey', expected: 'p=', found: [], ok: false }],
  at: start,
});
const sends = (domain: Subject['sendingDomains'][number]['domain'], name = 'mail.acme-shop.co.uk') => ({
  subject: { sendingDomains: [{ name, domain }] },
});
const pending = { state: 'pending', lapsed: false, failures: 0 } as const;
const ownership = `gatehouse-verification=${ownershipToken('acme', 'mail.acme-shop.co.uk')}`;
specify('mail-authentication', [
  ['verified, no DMARC', {}, 'pass', /is verified.*no DMARC record, which is recommended/],
  [
    'verified, DMARC of its own',
    { dns: { '_dmarc.mail.acme-shop.co.uk': found('v=DMARC1; p=reject') } },
    'pass',
    /p=reject/,
  ],
  [
    'verified, DMARC of its organisation',
    { dns: { '_dmarc.acme-shop.co.uk': found('x', 'v=DMARC1; p=none') } },
    'pass',
    /DMARC of acme-shop\.co\.uk: v=DMARC1; p=none/,
  ],
  ['verified, the name servers fail', { dns: { '_dmarc.mail.acme-shop.co.uk': broken } }, 'unknown', /ESERVFAIL/],
  [
    'its records are not in place',
    sends({ ...pending, state: 'failed', lastCheck: lastCheck('failed') }),
    'domain_unverified',
    /TXT _gatehouse\.mail\.acme-shop\.co\.uk not as expected/,
  ],
  ['never added', sends(undefined), 'domain_unverified', /never added/],
  ['not looked at yet, and without records', sends(pending), 'domain_unverified'],
  [
    'failed the last time, and its records are published since',
    {
      ...sends({ ...pending, state: 'failed', lastCheck: lastCheck('failed') }),
      dns: { '_gatehouse.mail.acme-shop.co.uk': found(ownership) },
    },
    'pass',
    /are in place.*its next check verifies it/,
  ],
  [
    'its records cannot be read',
    { ...sends(pending), dns: { '_gatehouse.mail.acme-shop.co.uk': broken } },
    'unknown',
    /could not be read/,
  ],
  ['not verified, and a name for special use', sends(pending, 'mail.acme.example'), 'unknown', /public DNS/],
  ['a name for special use', sends({ ...pending, state: 'verified' }, 'mail.acme.example'), 'unknown', /special use/],
  ['no e-mail channel', { subject: { sendingDomains: [] } }, undefined],
]);

const other = { accountId: 'other', state: 'verified', exact: true } as const;
const holder = (standing: DomainHolder['standing'], exact: boolean): World => ({
  holders: [{ ...other, standing, exact }],
});
specify('shared-domain', [
  ['nobody else', {}, 'pass'],
  [
    'a suspended account',
    holder('suspended', true),
    'linked_to_suspended_account',
    /other \(suspended\) has mail\.acme-shop/,
  ],
  ['a suspended account, of the same organisation', holder('suspended', false), 'linked_to_suspended_account'],
  ['an account that was closed', holder('closed', true), 'linked_to_suspended_account'],
  [
    'an account that its customer closed',
    { holders: [{ ...other, standing: 'closed', closedBy: 'customer' }] },
    'duplicate_account',
  ],
  [
    'a refused account of the same organisation',
    { holders: [{ ...other, standing: 'good', refused: true, exact: false }] },
    'unknown',
    /refused/,
  ],
  ['another account', holder('good', true), 'duplicate_account'],
  ['another account of the same organisation', holder('good', false), 'pass', /same organisation/],
]);

const message = (body: string | undefined, subjectLine?: string) => ({
  kind: 'message' as const,
  name: 'News',
  body,
  subject: subjectLine,
});
const promotion = message('Summer sale: 20% off all anvils. Buy now!');
const receipt = message('<p>Thank you. Your order 12 has been shipped; the invoice is attached.</p>');
specify('sample', [
  ['a newsletter, as declared', {}, 'pass'],
  ['none', { subject: { sample: { kind: 'missing' } } }, 'sample_missing'],
  ['without content', { subject: { sample: message(undefined) } }, 'unknown', /without a body or preview/],
  ['a picture', { subject: { sample: { kind: 'file', what: 'screenshot' } } }, 'unknown', /a person must look/],
  ['no words', { subject: { sample: message('<img src="a.png">') } }, 'unknown'],
  [
    'advertising, where receipts are declared',
    { subject: { sample: promotion, messageTypes: ['transactional'] } },
    'sample_use_case_mismatch',
  ],
  ['a receipt, as declared', { subject: { sample: receipt, messageTypes: ['transactional'] } }, 'pass'],
  ['a receipt, nothing declared', { subject: { sample: receipt, messageTypes: [] } }, 'pass'],
  ['a newsletter, nothing declared', { subject: { messageTypes: [] } }, 'pass'],
  ['advertising without a way out, nothing declared', { subject: { sample: promotion, messageTypes: [] } }, 'unknown'],
]);

const footless = message('<p>All the news of May.</p>');
specify('sample-unsubscribe', [
  ['a link', {}, 'pass'],
  ['a link in another language', { subject: { sample: message('<a href="/x">Newsletter abbestellen</a>') } }, 'pass'],
  ['a place for it', { subject: { sample: message('News {{ unsubscribe_url }}') } }, 'pass'],
  ['none', { subject: { sample: footless } }, 'unsubscribe_missing', /newsletter/],
  ['the word, but no link', { subject: { sample: message('You cannot unsubscribe.') } }, 'unsubscribe_missing'],
  [
    'none, in a receipt beside declared marketing',
    { subject: { sample: receipt, messageTypes: ['marketing', 'transactional'] } },
    'unknown',
  ],
  ['none, in a receipt as declared', { subject: { sample: receipt, messageTypes: ['transactional'] } }, undefined],
  ['not to be read', { subject: { sample: message(undefined) } }, undefined],
]);

specify('sample-postal-address', [
  ['12 Main Street', {}, 'pass'],
  ...[
    'Acme GmbH, Hauptstraße 12, 10115 Berlin',
    'Acme, P.O. Box 123',
    'Acme SARL, 12 rue de Rivoli, 75001 Paris',
    'Acme, Springfield, IL 62701',
    'Acme Ltd, London SW1A 1AA',
    'Acme SpA, Via Roma 1, Milano',
    'Acme BV, 1012 AB Amsterdam',
    'News {{ company.address }}',
    'News *|LIST:ADDRESS|*',
  ].map((body): Case => [body, { subject: { sample: message(body) } }, 'pass']),
  ['none', { subject: { sample: footless } }, 'postal_address_missing'],
  [
    'numbers that are none',
    { subject: { sample: message('In 2026 we sold 12000 Anvils. 5 days left, 3 offers on the road.') } },
    'postal_address_missing',
  ],
]);

const undescribed = { subscriptionProcess: undefined };
specify('opt-in', [
  ['described', {}, 'pass', /described is: A form in the shop/],
  [
    'a form on the page',
    { subject: undescribed, website: page('Acme', `${words}${form}`) },
    'pass',
    /has a sign-up form/,
  ],
  ['neither', { subject: undescribed }, 'opt_in_unclear'],
  [
    'only a log-in',
    { subject: undescribed, website: page('Acme', '<form><input type="email"><input type="password">Log in</form>') },
    'opt_in_unclear',
  ],
  ['not described, and no website to see', { subject: undescribed, website: unreachable('timed_out') }, 'unknown'],
  ['only receipts', { subject: { ...undescribed, messageTypes: ['transactional'] } }, undefined],
]);

test('names of checks are unique', () => {
  expect(new Set(checks.map(({ name }) => name)).size).toBe(checks.length);
});
