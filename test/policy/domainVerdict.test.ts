/** How what the DNS says is judged: each record, and the domain by all of them. */
import { dnsRecord } from '../../src/events/schemas.js';
import { expectedRecords, type RecordPurpose } from '../../src/policy/domainRecords.js';
import { judgeDomain, questionsFor, type RecordLookup, type RecordQuestion } from '../../src/policy/domainVerdict.js';

const key = 'MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCB';
const expected = expectedRecords({
  domain: 'mail.acme.com',
  organisationalDomain: 'acme.com',
  dkim: { selector: 's1', publicKey: key },
  provider: { spfInclude: 'spf.provider.net', returnPath: { label: 'bounce', target: 'bounces.provider.net' } },
  ownershipToken: 'token',
});

const names: Record<RecordPurpose, string> = {
  ownership: '_gatehouse.mail.acme.com',
  dkim: 's1._domainkey.mail.acme.com',
  spf: 'mail.acme.com',
  return_path: 'bounce.mail.acme.com',
  dmarc: '_dmarc.mail.acme.com',
};
const good: Record<string, readonly string[]> = {
  [names.ownership]: ['gatehouse-verification=token'],
  [names.dkim]: [`v=DKIM1; k=rsa; p=${key}`],
  [names.spf]: ['v=spf1 include:spf.provider.net ~all'],
  [names.return_path]: ['bounces.provider.net'],
  [names.dmarc]: ['v=DMARC1; p=none'],
};

type Given = Readonly<Record<string, readonly string[] | 'absent' | 'unavailable'>>;
const dns =
  (given: Given) =>
  ({ name }: RecordQuestion): RecordLookup => {
    const answer = { ...good, ...given }[name] ?? 'absent';
    return typeof answer === 'string' ? { kind: answer } : { kind: 'found', values: answer };
  };
const judged = (given: Given) => judgeDomain(expected, dns(given));
const isOk = (purpose: RecordPurpose, values: readonly string[]): boolean => {
  const index = expected.findIndex((record) => record.purpose === purpose);
  return judged({ [names[purpose]]: values }).records[index]?.ok === true;
};

describe('a domain is judged by its required records', () => {
  test.each<[string, Given, string]>([
    ['all are there', {}, 'verified'],
    ['one is absent', { [names.spf]: 'absent' }, 'failed'],
    ['one differs', { [names.return_path]: ['elsewhere.net'] }, 'failed'],
    ['one could not be looked up', { [names.dkim]: 'unavailable' }, 'temporary_failure'],
    [
      'all could not be looked up',
      Object.fromEntries(Object.keys(good).map((n) => [n, 'unavailable'])),
      'temporary_failure',
    ],
    ['one is absent, another could not be looked up', { [names.spf]: 'absent', [names.dkim]: 'unavailable' }, 'failed'],
    ['DMARC is absent', { [names.dmarc]: 'absent' }, 'verified'],
    ['DMARC could not be looked up', { [names.dmarc]: 'unavailable' }, 'verified'],
  ])('%s', (_what, given, outcome) => expect(judged(given).outcome).toBe(outcome));

  test('a record that could not be looked up says so; one that is absent does not', () => {
    const { records } = judged({ [names.dkim]: 'unavailable', [names.spf]: 'absent' });
    expect(records[1]).toMatchObject({ ok: false, found: [], unavailable: true });
    expect(records[2]).not.toHaveProperty('unavailable');
  });

  test('every question is asked, DMARC also at the organisational domain', () => {
    expect(questionsFor(expected).map(({ type, name }) => `${type} ${name}`)).toEqual([
      `TXT ${names.ownership}`,
      `TXT ${names.dkim}`,
      `TXT ${names.spf}`,
      `CNAME ${names.return_path}`,
      `TXT ${names.dmarc}`,
      'TXT _dmarc.acme.com',
    ]);
  });

  test('the same answers in another order read the same, and what other tools publish beside them is left out', () => {
    const two = ['v=spf1 -all', 'v=spf1 include:spf.provider.net ~all'];
    const first = judged({ [names.spf]: [...two, 'google-site-verification=1'] });
    expect(judged({ [names.spf]: ['other-tool=2', ...two.toReversed()] })).toEqual(first);
    expect(first.records[2]?.found).toEqual(two);
  });

  test('what is found is bounded, and text that the log can keep', () => {
    const values = Array.from({ length: 90 }, (_, index) => `${index}${'x'.repeat(5_000)}`);
    const [record] = judged({ [names.ownership]: ['\ud800', '', ...values] }).records;
    expect(record?.found).toHaveLength(10);
    expect(record?.found.every((value) => value.length > 0 && value.length <= 2_000)).toBe(true);
    expect(judged({ [names.ownership]: ['a\ud800'] }).records[0]?.found).toEqual(['a\ufffd']);
  });
});

describe('the proof of ownership', () => {
  test.each<[string, readonly string[], boolean]>([
    ['as given', ['gatehouse-verification=token'], true],
    ['in quotes, as some panels keep them', ['"gatehouse-verification=token" '], true],
    ['beside another account’s', ['gatehouse-verification=other', 'gatehouse-verification=token'], true],
    ['another account’s alone', ['gatehouse-verification=other'], false],
    ['with more after it', ['gatehouse-verification=token2'], false],
  ])('%s', (_what, values, ok) => expect(isOk('ownership', values)).toBe(ok));
});

describe('the DKIM key', () => {
  test.each<[string, readonly string[], boolean]>([
    ['in another order, with other spaces', [`p=${key.slice(0, 9)} ${key.slice(9)};k=rsa ;  v=DKIM1;`], true],
    ['without version and kind, which have defaults', [`p=${key}`], true],
    ['with flags and notes', [`v=DKIM1; k=rsa; t=s; n=ours; p=${key}`], true],
    ['for e-mail and SHA-256', [`v=DKIM1; s=email; h=sha1:sha256; p=${key}`], true],
    ['another key', ['v=DKIM1; k=rsa; p=AAAA'], false],
    ['the key cut short', [`v=DKIM1; k=rsa; p=${key.slice(0, -4)}`], false],
    ['revoked', ['v=DKIM1; k=rsa; p='], false],
    ['of another kind', [`v=DKIM1; k=ed25519; p=${key}`], false],
    ['of another version', [`v=DKIM2; p=${key}`], false],
    ['for SHA-1 only', [`v=DKIM1; h=sha1; p=${key}`], false],
    ['for another service', [`v=DKIM1; s=tlsrpt; p=${key}`], false],
    ['two keys, of which a receiver takes either', [`p=${key}`, 'p=AAAA'], false],
    ['beside a text that is no key', [`p=${key}`, 'v=spf1 -all'], true],
    ['with a tag twice', [`p=${key}; p=${key}`], false],
    ['key in lower case, which is another key', [`p=${key.toLowerCase()}`], false],
  ])('%s', (_what, values, ok) => expect(isOk('dkim', values)).toBe(ok));
});

describe('SPF', () => {
  test.each<[string, readonly string[], boolean]>([
    ['among others', ['v=spf1 ip4:192.0.2.1 include:spf.provider.net include:x.net -all'], true],
    ['in capitals, with a plus and a final dot', ['V=SPF1 +INCLUDE:SPF.provider.net. ~ALL'], true],
    ['by redirect', ['v=spf1 redirect=spf.provider.net'], true],
    ['without it', ['v=spf1 include:x.net -all'], false],
    ['after all, where nothing is looked at', ['v=spf1 -all include:spf.provider.net'], false],
    ['a redirect beside all, which is ignored', ['v=spf1 -all redirect=spf.provider.net'], false],
    ['as a fail', ['v=spf1 -include:spf.provider.net ~all'], false],
    ['a longer name', ['v=spf1 include:spf.provider.net.evil.com ~all'], false],
    [
      'two records, though each would do',
      ['v=spf1 include:spf.provider.net ~all', 'v=spf1 include:spf.provider.net -all'],
      false,
    ],
    ['another version', ['v=spf10 include:spf.provider.net'], false],
    ['beside other texts', ['hello', 'v=spf1 include:spf.provider.net ~all'], true],
  ])('%s', (_what, values, ok) => expect(isOk('spf', values)).toBe(ok));
});

describe('the return path', () => {
  test.each<[string, readonly string[], boolean]>([
    ['with a final dot and capitals', ['Bounces.Provider.NET.'], true],
    ['elsewhere', ['bounces.other.net'], false],
  ])('%s', (_what, values, ok) => expect(isOk('return_path', values)).toBe(ok));
});

test('what is kept of an answer is well-formed, and commands no terminal', () => {
  const value = `v=spf1 \u001B[2J\u0000\u009B31m${'a'.repeat(2_000 - 17)}\u{1F600}`;
  const { records } = judged({ [names.spf]: [value] });
  const [found = ''] = records.flatMap(({ found: values }) => values).filter((one) => one.startsWith('v=spf1'));
  expect(found).toMatch(/^v=spf1 \uFFFD\[2J\uFFFD\uFFFD31ma+\uFFFD$/);
  expect(dnsRecord.shape.found.safeParse([found]).success).toBe(true);
});

describe('DMARC', () => {
  test.each<[string, Given, boolean]>([
    ['at the domain', {}, true],
    ['any policy', { [names.dmarc]: ['v=DMARC1;p=reject; rua=mailto:d@acme.com'] }, true],
    [
      'at the organisational domain only',
      { [names.dmarc]: 'absent', '_dmarc.acme.com': ['v=DMARC1; p=quarantine'] },
      true,
    ],
    ['nowhere', { [names.dmarc]: 'absent' }, false],
    ['twice', { [names.dmarc]: ['v=DMARC1; p=none', 'v=DMARC1; p=reject'] }, false],
    ['something else', { [names.dmarc]: ['hello'] }, false],
  ])('%s', (_what, given, ok) => {
    const { outcome, records } = judged(given);
    expect({ ok: records.at(-1)?.ok, outcome }).toEqual({ ok, outcome: 'verified' });
  });
});
