/** How a domain is shown to the account’s people. */
import { expectedRecords } from '../../src/policy/domainRecords.js';
import { domainView, type RecordsOfDomain } from '../../src/policy/domainView.js';
import type { DnsRecord, Domain } from '../../src/policy/facts.js';
import { start } from '../support/examples.js';

const recordsOf: RecordsOfDomain = (domain) =>
  expectedRecords({ domain, provider: { spfInclude: 'spf.provider.net' }, ownershipToken: 'token' });
const [ownership, spf, dmarc] = recordsOf('acme.com', undefined).map(({ type, name, expected }): DnsRecord => ({
  type,
  name,
  expected,
  found: [],
  ok: false,
}));
const pending: Domain = { state: 'pending', lapsed: false, failures: 0 };
const checked = (
  domain: Domain,
  outcome: 'verified' | 'failed' | 'temporary_failure',
  ...records: unknown[]
): Domain => ({
  ...domain,
  lastCheck: { outcome, records: records as DnsRecord[], at: start },
});
const view = (domain: Domain) => domainView('acme.com', domain, recordsOf);
const statuses = (domain: Domain) => view(domain).records.map(({ status }) => status);

test('before the first check every record is shown with its value, unchecked', () => {
  expect(view(pending)).toMatchObject({ state: 'pending', lastCheckAt: null });
  expect(view(pending).records).toEqual([
    expect.objectContaining({ status: 'unchecked', value: 'gatehouse-verification=token', required: true, hint: null }),
    expect.objectContaining({ status: 'unchecked', value: 'v=spf1 include:spf.provider.net ~all', required: true }),
    expect.objectContaining({ status: 'unchecked', value: 'v=DMARC1; p=none', required: false }),
  ]);
});

test('after a check each is found, missing, or unchecked where it could not be looked up', () => {
  const check = [{ ...ownership, ok: true }, spf, { ...dmarc, unavailable: true }];
  expect(statuses(checked({ ...pending, state: 'failed' }, 'failed', ...check))).toEqual([
    'found',
    'missing',
    'unchecked',
  ]);
});

test('what was found for another value counts for nothing: another key is unchecked', () => {
  const check = [{ ...ownership, expected: 'gatehouse-verification=other', ok: true }, spf, dmarc];
  expect(statuses(checked(pending, 'failed', ...check))).toEqual(['unchecked', 'missing', 'missing']);
});

test('an SPF record that is there already is added to, not set beside', () => {
  const check = [ownership, { ...spf, found: ['v=spf1 include:x.net -all'] }, dmarc];
  expect(view(checked(pending, 'failed', ...check)).records[1]).toMatchObject({
    value: 'v=spf1 include:spf.provider.net include:x.net -all',
    hint: expect.stringContaining('second one would break it') as unknown,
  });
  const two = [ownership, { ...spf, found: ['v=spf1 -all', 'v=spf1 ~all'] }, dmarc];
  expect(view(checked(pending, 'failed', ...two)).records[1]?.hint).toContain('more than one');
});

test.each<[string, Domain, string]>([
  ['not looked at yet', pending, 'Please publish these records'],
  ['verified', checked({ ...pending, state: 'verified' }, 'verified'), 'All is in place.'],
  ['missing', checked({ ...pending, state: 'failed' }, 'failed'), 'not in place yet'],
  ['never reached', checked(pending, 'temporary_failure'), 'could not reach your name servers'],
  ['not reached', checked({ ...pending, state: 'temporaryFailure' }, 'temporary_failure'), 'could not reach'],
  ['gone', checked({ ...pending, state: 'temporaryFailure', failures: 1 }, 'failed'), 'can go on sending for now'],
  ['lapsed', checked({ ...pending, state: 'failed', lapsed: true }, 'failed'), 'goes on as soon as we find them'],
])('%s: says so kindly', (_what, domain, words) => expect(view(domain).text).toContain(words));
