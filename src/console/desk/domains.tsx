/** The sending domains with the records that were looked for and those that were found. */
import { api, bodyOf } from '../api/client.js';
import type { Answer, ReviewPage } from '../api/types.js';
import { Badge } from '../ui/badge.js';
import { Empty, ProblemNotice, Skeleton } from '../ui/feedback.js';
import { Section } from '../ui/page.js';
import { Time } from '../ui/time.js';
import { domainTones, domainWords } from '../words/account.js';
import { wordFor } from '../words/plain.js';
import { codeWords, type Tone } from '../words/status.js';
import { useBeside } from './useBeside.js';
import { channelWords } from './words.js';

type Domains = Answer<'/v1/accounts/{accountId}/domains'>;
type DomainRecord = Domains['domains'][number]['records'][number];

const recordTones: Readonly<Record<DomainRecord['status'], Tone>> = {
  found: 'ok',
  missing: 'stop',
  unchecked: 'quiet',
};

export function DomainsSection({ review, marked }: { readonly review: ReviewPage; readonly marked: boolean }) {
  const { data, problem, refresh } = useBeside<Domains>(review, 'domains', (signal) =>
    bodyOf(api.GET('/v1/accounts/{accountId}/domains', { params: { path: { accountId: review.accountId } }, signal })),
  );
  const channels = Object.entries(review.channels);
  const usedBy = (domain: string): string[] => channels.filter(([, one]) => one.domain === domain).map(([id]) => id);
  const withoutDomain = channels.filter(([, { domain }]) => domain === undefined);
  return (
    <Section title="Sending domains" id="domains" marked={marked}>
      {data === undefined ? (
        problem === undefined ? (
          <Skeleton lines={3} label="Loading the domains" />
        ) : (
          <ProblemNotice problem={problem} onRetry={refresh} />
        )
      ) : data.domains.length === 0 ? (
        <Empty title="No sending domain">
          Domains with their DNS records appear here once the account adds one; it needs one for e-mail only.
        </Empty>
      ) : (
        data.domains.map(({ domain, state, lapsed, text, lastCheckAt, records }) => (
          <article key={domain} class="stack domain" aria-label={domain}>
            <p class="row">
              <strong>{domain}</strong>
              <Badge tone={lapsed ? 'stop' : domainTones[state]}>
                {lapsed ? 'Lapsed' : wordFor(domainWords, state)}
              </Badge>
              <span class="small muted">
                {usedBy(domain).length === 0 ? 'no channel sends from it' : `for ${usedBy(domain).join(', ')}`},{' '}
                {lastCheckAt === null ? (
                  'not checked yet'
                ) : (
                  <>
                    checked <Time at={lastCheckAt} />
                  </>
                )}
              </span>
            </p>
            <p class="small muted">{text}</p>
            <ul class="plain records" aria-label={`Records of ${domain}`}>
              {records.map((record) => (
                <RecordOf key={`${record.purpose} ${record.name}`} record={record} />
              ))}
            </ul>
          </article>
        ))
      )}
      {withoutDomain.length > 0 && (
        <p class="small muted">
          Other channels: {withoutDomain.map(([id, { kind }]) => `${id} (${channelWords(kind)})`).join(', ')}.
        </p>
      )}
    </Section>
  );
}

type RecordProps = { readonly record: DomainRecord };

const purposes: Readonly<Record<string, string>> = { dkim: 'DKIM', spf: 'SPF', dmarc: 'DMARC' };

function RecordOf({ record: { purpose, type, name, value, required, status, found, hint } }: RecordProps) {
  return (
    <li class="record">
      <p class="row">
        <Badge tone={recordTones[status]}>{codeWords(status)}</Badge>
        <span>{purposes[purpose] ?? codeWords(purpose)}</span>
        <span class="small muted">
          {type}
          {required ? '' : ', optional'}
        </span>
      </p>
      <p>
        <code>{name}</code>
      </p>
      <p class="small muted">
        to be <code>{value}</code>
      </p>
      {found.map((one) => (
        <p key={one} class="small">
          found <code>{one}</code>
        </p>
      ))}
      {hint !== null && <p class="small">{hint}</p>}
    </li>
  );
}
