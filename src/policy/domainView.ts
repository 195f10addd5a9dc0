/** A sending domain as the account's people see it: each record to publish, whether it was found, and what comes next. */
import type { DnsRecord, Domain, DomainState } from './facts.js';
import type { ExpectedRecord, RecordPurpose } from './domainRecords.js';

/** `unchecked`: not looked at yet, or it could not be looked up the last time. */
export type RecordStatus = 'found' | 'missing' | 'unchecked';

export type RecordView = {
  readonly purpose: RecordPurpose;
  readonly type: ExpectedRecord['type'];
  readonly name: string;
  /** What to publish. */
  readonly value: string;
  readonly required: boolean;
  readonly status: RecordStatus;
  /** What the last check found in its place. */
  readonly found: readonly string[];
  /** What to mind, in a sentence; null where the value says it all. */
  readonly hint: string | null;
};

export type DomainView = {
  readonly domain: string;
  readonly state: DomainState;
  /** Whether it was verified once, and lost that because its records were missing for too long. */
  readonly lapsed: boolean;
  /** How things stand, in words. */
  readonly text: string;
  /** When a check last found something new; null before the first. */
  readonly lastCheckAt: string | null;
  readonly records: readonly RecordView[];
};

/** The records that a domain must publish. */
export type RecordsOfDomain = (domain: string, dkim: Domain['dkim']) => readonly ExpectedRecord[];

/** What the last check found of a record, if it looked for the same value then. */
function lastFound({ lastCheck }: Domain, { type, name, expected }: ExpectedRecord): DnsRecord | undefined {
  return lastCheck?.records.find((one) => one.type === type && one.name === name && one.expected === expected);
}

function statusOf(found: DnsRecord | undefined): RecordStatus {
  if (found?.ok === true) return 'found';
  return found === undefined || found.unavailable === true ? 'unchecked' : 'missing';
}

/** What to mind where something else is published already: an SPF record is added to, never set beside another. */
function adviceFor(record: ExpectedRecord, found: DnsRecord | undefined): { value: string; hint: string | null } {
  const { purpose, expected } = record;
  const [first, ...others] = found?.found ?? [];
  if (found?.ok === true || first === undefined) {
    const hint = record.required ? null : 'Recommended: mailbox providers expect it of every sender.';
    return { value: expected, hint: found?.ok === true ? null : hint };
  }
  if (purpose === 'spf') {
    if (others.length > 0) {
      return {
        value: expected,
        hint: 'There is more than one SPF record. Please put them together into a single one.',
      };
    }
    const include = /include:\S+/.exec(expected)?.[0] ?? '';
    const value = `v=spf1 ${include} ${first.replace(/^v=spf1\s*/i, '')}`.trim();
    return {
      value,
      hint: 'You have an SPF record already. Please change it to this value; a second one would break it.',
    };
  }
  return { value: expected, hint: 'Something else is published here. Please put this value in its place.' };
}

const texts = {
  unchecked: 'Please publish these records where your domain is managed. We look for them by ourselves.',
  verified: 'All is in place.',
  unreachable:
    'We could not reach your name servers the last time. There is nothing to do for you now; we look again by ourselves.',
  missing:
    'Some records are not in place yet. Please publish them; it can take some hours until they can be seen, and we look again by ourselves.',
  wavering:
    'Some records could not be found any more. You can go on sending for now; please put them back soon, and we look again by ourselves.',
  lapsed:
    'Records have been missing for too long, so e-mail from this domain has stopped. Please put them back; it goes on as soon as we find them.',
} as const;

function textOf({ state, lapsed, failures, lastCheck }: Domain): string {
  if (state === 'verified') return texts.verified;
  if (lapsed) return texts.lapsed;
  if (state === 'temporaryFailure') return failures > 0 ? texts.wavering : texts.unreachable;
  if (lastCheck === undefined) return texts.unchecked;
  return lastCheck.outcome === 'temporary_failure' ? texts.unreachable : texts.missing;
}

/** A domain with the records that it must publish, as of its last check. */
export function domainView(name: string, domain: Domain, recordsOf: RecordsOfDomain): DomainView {
  return {
    domain: name,
    state: domain.state,
    lapsed: domain.lapsed,
    text: textOf(domain),
    lastCheckAt: domain.lastCheck?.at ?? null,
    records: recordsOf(name, domain.dkim).map((record) => {
      const found = lastFound(domain, record);
      const { purpose, type, required } = record;
      const status = statusOf(found);
      return {
        purpose,
        type,
        name: record.name,
        required,
        status,
        found: found?.found ?? [],
        ...adviceFor(record, found),
      };
    }),
  };
}
