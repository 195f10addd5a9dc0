/** What the automatic checks found, and what each of them saw. */
import type { ReviewPage } from '../api/types.js';
import { Badge } from '../ui/badge.js';
import { Empty } from '../ui/feedback.js';
import { Section } from '../ui/page.js';
import { counted } from '../words/plain.js';
import { codeWords, type Tone } from '../words/status.js';
import { reasonWords } from './words.js';

type Finding = ReviewPage['findings'][number];

const outcomes: Readonly<Record<Finding['outcome'], readonly [words: string, tone: Tone]>> = {
  fail: ['Speaks against', 'stop'],
  unknown: ['Could not tell', 'wait'],
  pass: ['In order', 'ok'],
};
const order = Object.keys(outcomes);

const recommendations: Readonly<Record<string, string>> = {
  approve: 'The checks recommend approval.',
  review: 'The checks leave it to a person.',
  request_information: 'The checks recommend asking the customer.',
};

export function Findings({ review, marked }: { readonly review: ReviewPage; readonly marked: boolean }) {
  const { findings, recommendation, review: state } = review;
  const sorted = findings.toSorted((one, other) => order.indexOf(one.outcome) - order.indexOf(other.outcome));
  const failing = findings.filter(({ outcome }) => outcome === 'fail').length;
  const against = failing === 0 ? 'none speaks' : counted(failing, 'speaks', 'speak');
  const lead =
    recommendation === null
      ? undefined
      : `${recommendations[recommendation] ?? ''} ${findings.length === 0 ? '' : `Of ${findings.length}, ${against} against the request.`}`;
  return (
    <Section title="Findings" id="findings" marked={marked} lead={lead}>
      {findings.length === 0 ? (
        <Empty title={state === 'screening' ? 'The checks are still running' : 'There are no findings'}>
          {state === 'screening'
            ? 'What they find appears here by itself. Whoever does not want to wait can skip screening.'
            : 'Screening was skipped, or found nothing to look at.'}
        </Empty>
      ) : (
        <ul class="plain">
          {sorted.map((finding) => (
            <li key={finding.check} class="finding">
              <p class="row">
                <Badge tone={outcomes[finding.outcome][1]}>{outcomes[finding.outcome][0]}</Badge>
                <strong>{codeWords(finding.check)}</strong>
                {finding.reasonCode !== undefined && <span class="muted">{reasonWords(finding.reasonCode)}</span>}
              </p>
              {finding.detail !== undefined && <p class="prose small">{finding.detail}</p>}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
