/** Looks up what a domain publishes, and judges it. Appends nothing. */
import { isPublicName, type Lookup, type Resolver } from '../net/dns.js';
import { type ExpectedRecord, longestName } from '../policy/domainRecords.js';
import { type DomainVerdict, judgeDomain, questionsFor, type RecordQuestion } from '../policy/domainVerdict.js';

/** Whether a domain can be looked up: its name is public, and leaves room for the names of its records. */
export function canBeChecked(domain: string, records: readonly ExpectedRecord[]): boolean {
  return isPublicName(domain) && records.every(({ name }) => name.length <= longestName);
}

const asText = ({ type, name }: RecordQuestion): string => `${type} ${name}`;

/**
 * Asks for all records side by side, each question once.
 * @param records of a domain that can be checked
 */
export async function checkDomain(records: readonly ExpectedRecord[], resolver: Resolver): Promise<DomainVerdict> {
  const questions = new Map(questionsFor(records).map((question) => [asText(question), question]));
  const answers = new Map<string, Lookup<string>>();
  await Promise.all(
    [...questions].map(async ([text, { type, name }]) => {
      answers.set(text, await (type === 'TXT' ? resolver.txt(name) : resolver.cname(name)));
    }),
  );
  return judgeDomain(records, (question) => answers.get(asText(question)) ?? { kind: 'unavailable' });
}
