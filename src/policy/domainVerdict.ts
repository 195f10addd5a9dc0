/** What the DNS said of a domain's records, judged: each record for itself, and the domain by all of them. */
import type { DnsRecord } from './facts.js';
import { type ExpectedRecord, type RecordPurpose, tagsOf } from './domainRecords.js';

/** What one look-up gave. `absent` is an answer; `unavailable` is none, and nothing follows from it. */
export type RecordLookup =
  | { readonly kind: 'found'; readonly values: readonly string[] }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unavailable' };

/** A question to the DNS. */
export type RecordQuestion = { readonly type: ExpectedRecord['type']; readonly name: string };

/** What a check of a domain found, as RecordDomainCheck takes it. */
export type DomainVerdict = {
  readonly outcome: 'verified' | 'failed' | 'temporary_failure';
  readonly records: readonly DnsRecord[];
};

/** What must be asked to judge these records, each question once. */
export function questionsFor(records: readonly ExpectedRecord[]): readonly RecordQuestion[] {
  return records.flatMap(({ type, name, fallbackName }) => [
    { type, name },
    ...(fallbackName === undefined ? [] : [{ type, name: fallbackName }]),
  ]);
}

/** Of what is published under a name, what bears on this record: other tools' TXT records come and go beside it. */
const bears: { readonly [P in RecordPurpose]: (value: string) => boolean } = {
  ownership: () => true,
  dkim: () => true,
  spf: (value) => /^v=spf1(?:\s|$)/i.test(value),
  return_path: () => true,
  dmarc: (value) => /^v\s*=\s*DMARC1\s*(?:;|$)/i.test(value),
};

const withoutQuotes = (value: string): string => value.trim().replaceAll(/^"+|"+$/g, '');
const withoutSpace = (value: string | undefined): string => (value ?? '').replaceAll(/\s/g, '');
const hostOf = (value: string): string => value.trim().toLowerCase().replace(/\.$/, '');

/**
 * Whether a published DKIM key is the expected one (RFC 6376, section 3.6.1): the same key and kind, not revoked by an
 * empty `p`, good for e-mail and SHA-256. Order of tags and white space do not matter.
 */
function isDkimKey(value: string, expected: string): boolean {
  const published = tagsOf(value);
  const wanted = tagsOf(expected);
  const key = withoutSpace(published?.get('p'));
  if (published === undefined || key === '' || key !== withoutSpace(wanted?.get('p'))) return false;
  const serves = (tag: string, ...names: readonly string[]): boolean => {
    const given = published.get(tag)?.toLowerCase();
    return given === undefined || given.split(':').some((name) => names.includes(name.trim()));
  };
  return (
    (published.get('v') ?? 'DKIM1') === 'DKIM1' &&
    (published.get('k') ?? 'rsa').toLowerCase() === wanted?.get('k') &&
    serves('s', '*', 'email') &&
    serves('h', 'sha256')
  );
}

/**
 * Whether an SPF record lets the provider send (RFC 7208): it includes what the expected one includes, with a pass, and
 * before `all`, after which nothing is looked at; or it redirects there.
 */
function permitsProvider(value: string, expected: string): boolean {
  const target = /include:(\S+)/i.exec(expected)?.[1]?.toLowerCase() ?? '';
  const terms = value.trim().toLowerCase().split(/\s+/).slice(1);
  const all = terms.findIndex((term) => /^[+?~-]?all$/.test(term));
  const tested = all === -1 ? terms : terms.slice(0, all);
  const includes = tested.some((term) => hostOf(term.replace(/^\+/, '')) === `include:${target}`);
  return includes || (all === -1 && terms.some((term) => hostOf(term) === `redirect=${target}`));
}

/** Whether what is published under a name is what is wanted there. */
const serves: { readonly [P in RecordPurpose]: (values: readonly string[], expected: string) => boolean } = {
  ownership: (values, expected) => values.some((value) => withoutQuotes(value) === expected),
  // Which of several keys or policies a receiver takes is its own affair (RFC 6376, section 3.6.2.2).
  dkim: (values, expected) => {
    const keys = values.filter((value) => tagsOf(value)?.has('p') === true);
    return keys.length === 1 && isDkimKey(keys[0] ?? '', expected);
  },
  // Two SPF records are a permanent error for every receiver (RFC 7208, section 4.5).
  spf: (values, expected) => values.length === 1 && permitsProvider(values[0] ?? '', expected),
  return_path: (values, expected) => values.length === 1 && hostOf(values[0] ?? '') === hostOf(expected),
  // Two DMARC records count as none (RFC 7489, section 6.6.3).
  dmarc: (values) => values.length === 1,
};

/**
 * So much of what is published is kept: enough to see what is wrong (a DKIM key of 4,096 bits takes some 750 characters),
 * and little enough that nobody fills the log through their own DNS.
 */
const mostFound = 10;
export const longestFound = 2_000;

/**
 * Values as the log takes them: well-formed, bounded, and in an order of their own, for name servers turn theirs with
 * every answer, and a check that finds the same must read the same.
 */
function kept(values: readonly string[]): string[] {
  const clean = values.map((value) =>
    value
      .trim()
      .slice(0, longestFound)
      // Half a character could not be kept, and what commands a terminal is nothing to show.
      .replaceAll(/[\p{Surrogate}\p{Cc}]/gu, '\uFFFD')
      .trim(),
  );
  return clean
    .filter((value) => value !== '')
    .sort()
    .slice(0, mostFound);
}

function judgeRecord(record: ExpectedRecord, answer: (question: RecordQuestion) => RecordLookup): DnsRecord {
  const { purpose, type, name, expected, fallbackName } = record;
  const at = (where: string): { found: readonly string[]; kind: RecordLookup['kind'] } => {
    const lookup = answer({ type, name: where });
    const found = lookup.kind === 'found' ? lookup.values.filter(bears[purpose]) : [];
    return { found, kind: lookup.kind };
  };
  const own = at(name);
  const looksFurther = own.found.length === 0 && own.kind !== 'unavailable' && fallbackName !== undefined;
  const { found, kind } = looksFurther ? at(fallbackName) : own;
  return {
    type,
    name,
    expected,
    found: kept(found),
    ok: serves[purpose](found, expected),
    ...(kind === 'unavailable' ? { unavailable: true } : {}),
  };
}

/**
 * Judges a domain. One required record that is definitely not there fails it; where none is, but one could not be looked
 * up, nothing is known just now. Recommended records are reported, and decide nothing.
 */
export function judgeDomain(
  expected: readonly ExpectedRecord[],
  answer: (question: RecordQuestion) => RecordLookup,
): DomainVerdict {
  const judged = expected.map((record) => ({ required: record.required, found: judgeRecord(record, answer) }));
  const open = judged.filter(({ required, found }) => required && !found.ok);
  const isMissing = open.some(({ found }) => found.unavailable !== true);
  const outcome = open.length === 0 ? 'verified' : isMissing ? 'failed' : 'temporary_failure';
  return { outcome, records: judged.map(({ found }) => found) };
}
