/** The DNS records that a sending domain must publish, and the form in which each is written. */
import type { EventData } from '../events/catalogue.js';
import type { PolicyDocument } from './policy.js';

export type DkimKey = NonNullable<EventData<'DomainAdded'>['dkim']>;
export type ProviderRecords = PolicyDocument['domains']['provider'];

/** What a record is for; each is there at most once for a domain. */
export const recordPurposes = ['ownership', 'dkim', 'spf', 'return_path', 'dmarc'] as const;
export type RecordPurpose = (typeof recordPurposes)[number];

/** A record to publish. */
export type ExpectedRecord = {
  readonly purpose: RecordPurpose;
  readonly type: 'TXT' | 'CNAME';
  readonly name: string;
  /** The value to publish where there is none yet. */
  readonly expected: string;
  /** Without a required record a domain is not verified; a recommended one never fails it. */
  readonly required: boolean;
  /** Another name whose record serves as well: the organisational domain's, for DMARC. */
  readonly fallbackName?: string;
};

/** What the records of a domain follow from. */
export type RecordsOf = {
  readonly domain: string;
  /** The registrable domain that it belongs to (`acme.com` for `mail.acme.com`); undefined where there is none. */
  readonly organisationalDomain?: string | undefined;
  readonly dkim?: DkimKey | undefined;
  readonly provider: ProviderRecords;
  /** Tells this account from any other that adds the same domain. */
  readonly ownershipToken: string;
};

/** Most characters of a name in the DNS, as text without the final dot (RFC 1035, section 2.3.4). */
export const longestName = 253;

/** What stands before a domain where the proof of ownership is published. */
export const ownershipLabel = '_gatehouse';

/** Where a domain's key is published. */
export function dkimName(domain: string, { selector }: Pick<DkimKey, 'selector'>): string {
  return `${selector}._domainkey.${domain}`.toLowerCase();
}

/** The key data of a public key given in PEM, in lines, or as a whole DKIM record; and its kind. */
export function dkimKeyData(publicKey: string): { readonly kind: 'rsa' | 'ed25519'; readonly data: string } {
  const given = tagsOf(publicKey.replaceAll('"', ''))?.get('p') ?? publicKey;
  const data = given.replaceAll(/-----[A-Z0-9 ]+-----/g, '').replaceAll(/[\s"]/g, '');
  // RFC 8463 publishes the 32 bytes of an Ed25519 key alone: what PEM puts before them is 12 bytes, 16 characters.
  const wrapped = /^MCowBQYDK2VwAyEA[A-Za-z0-9+/]{43}=$/.test(data);
  if (wrapped) return { kind: 'ed25519', data: data.slice(16) };
  return { kind: /^[A-Za-z0-9+/]{43}=$/.test(data) ? 'ed25519' : 'rsa', data };
}

/**
 * The tags of a tag list such as `v=DKIM1; k=rsa; p=…` (RFC 6376, section 3.2), names and values without surrounding
 * space; undefined when it is none, or names a tag twice.
 */
export function tagsOf(text: string): ReadonlyMap<string, string> | undefined {
  const tags = new Map<string, string>();
  for (const part of text.split(';')) {
    const [, name, value] = /^\s*([a-z]\w*)\s*=(.*)$/is.exec(part) ?? [];
    if (name === undefined || value === undefined) {
      if (part.trim() === '') continue;
      return undefined;
    }
    if (tags.has(name.toLowerCase())) return undefined;
    tags.set(name.toLowerCase(), value.trim());
  }
  return tags;
}

/** The records that a domain must publish, in the order in which they are shown. */
export function expectedRecords({
  domain,
  organisationalDomain,
  dkim,
  provider,
  ownershipToken,
}: RecordsOf): readonly ExpectedRecord[] {
  const { spfInclude, returnPath } = provider;
  const records: ExpectedRecord[] = [
    {
      purpose: 'ownership',
      type: 'TXT',
      name: `${ownershipLabel}.${domain}`,
      expected: `gatehouse-verification=${ownershipToken}`,
      required: true,
    },
  ];
  if (dkim !== undefined) {
    const { kind, data } = dkimKeyData(dkim.publicKey);
    const name = dkimName(domain, dkim);
    records.push({ purpose: 'dkim', type: 'TXT', name, expected: `v=DKIM1; k=${kind}; p=${data}`, required: true });
  }
  if (spfInclude !== undefined) {
    const expected = `v=spf1 include:${spfInclude} ~all`;
    records.push({ purpose: 'spf', type: 'TXT', name: domain, expected, required: true });
  }
  if (returnPath !== undefined) {
    const name = `${returnPath.label}.${domain}`;
    records.push({ purpose: 'return_path', type: 'CNAME', name, expected: returnPath.target, required: true });
  }
  const isOrganisational = organisationalDomain === undefined || organisationalDomain === domain;
  records.push({
    purpose: 'dmarc',
    type: 'TXT',
    name: `_dmarc.${domain}`,
    expected: 'v=DMARC1; p=none',
    required: false,
    ...(isOrganisational ? {} : { fallbackName: `_dmarc.${organisationalDomain}` }),
  });
  return records;
}
