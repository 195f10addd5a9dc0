/** What the customer says of the business: the request as it was sent, and what it says now where that differs. */
import type { ComponentChildren } from 'preact';
import type { ReviewPage } from '../api/types.js';
import { Badge } from '../ui/badge.js';
import { Empty } from '../ui/feedback.js';
import { Facts, Section } from '../ui/page.js';
import { Time } from '../ui/time.js';
import { codeWords } from '../words/status.js';
import { WebLink } from './webLink.js';

type Profile = ReviewPage['profile'];
type Form = NonNullable<ReviewPage['form']>;

const fields: readonly (readonly [name: string, show: (profile: Profile) => ComponentChildren])[] = [
  ['Website', ({ website }) => (website === undefined ? null : <WebLink url={website} />)],
  [
    'Technical contact',
    ({ technicalContact: contact }) => (contact === undefined ? null : `${contact.name}, ${contact.email}`),
  ],
  ['Kinds of messages', ({ messageTypes }) => messageTypes?.map(codeWords).join(', ')],
];
const texts: readonly (readonly [name: string, text: (profile: Profile) => string | undefined])[] = [
  ['Use case', ({ useCase }) => useCase],
  ['Audience', ({ audience }) => audience],
  ['How people sign up', ({ subscriptionProcess }) => subscriptionProcess],
];

/** The fields that say something else now than in the request. */
function corrected(form: Form, profile: Profile): readonly string[] {
  const names = ['website', 'technicalContact', 'useCase', 'audience', 'messageTypes', 'subscriptionProcess'] as const;
  return names.filter((name) => JSON.stringify(form[name]) !== JSON.stringify(profile[name]));
}

export function CustomerForm({ review, marked }: { readonly review: ReviewPage; readonly marked: boolean }) {
  const { form, profile, owner, requestedAt, requests } = review;
  const changes = form === null ? [] : corrected(form, profile);
  const asked = requestedAt !== null && (
    <>
      Requested <Time at={requestedAt} />
      {requests > 1 ? `, request ${requests} of this account` : ''}. Signed up by {owner.email ?? 'somebody'}
      {owner.holder === 'individual' ? ' as a private person' : ''}
      {owner.signedUpAt !== null && (
        <>
          {' '}
          <Time at={owner.signedUpAt} />
        </>
      )}
      .
    </>
  );
  return (
    <Section title="What the customer says" id="form" marked={marked} lead={asked || undefined}>
      {form === null ? (
        <Empty title="Verification was not requested here">What the customer says of the business appears here.</Empty>
      ) : (
        <>
          <Profiled profile={form} />
          {changes.length > 0 && (
            <div class="part stack">
              <p>
                <Badge tone="wait">Changed since the request</Badge>{' '}
                <span class="small muted">{changes.map(codeWords).join(', ')}</span>
              </p>
              <Profiled profile={profile} />
            </div>
          )}
          <Sample form={form} />
        </>
      )}
    </Section>
  );
}

function Profiled({ profile }: { readonly profile: Profile }) {
  return (
    <>
      <Facts items={fields.map(([name, show]) => [name, show(profile) ?? null] as const)} />
      {texts.map(([name, text]) => (
        <div key={name}>
          <h3 class="small muted">{name}</h3>
          <p class="prose">{text(profile) ?? <span class="muted">Not said.</span>}</p>
        </div>
      ))}
    </>
  );
}

/** The sample as the request pinned it. */
function Sample({ form: { sample, sampleMessage } }: { readonly form: Form }) {
  return (
    <div>
      <h3 class="small muted">Sample message</h3>
      {sample?.kind === 'message' ? (
        <figure class="mail-sheet">
          <figcaption class="mail-to">
            {sample.name} <code>{sample.messageId}</code>
          </figcaption>
          <p class="mail-subject">{sample.subject ?? 'Without a subject'}</p>
          <div class="mail-text">{sample.body ?? <span class="muted">Its text was not recorded.</span>}</div>
          {sample.previewUrl !== undefined && (
            <p class="small">
              Preview: <WebLink url={sample.previewUrl} />
            </p>
          )}
        </figure>
      ) : (
        <p>
          {'evidenceId' in sampleMessage ? (
            <>
              The evidence <a href={`#evidence-${sampleMessage.evidenceId}`}>{sampleMessage.evidenceId}</a>
            </>
          ) : (
            <>
              The message <code>{sampleMessage.messageId}</code>; what it said then was not recorded.
            </>
          )}
        </p>
      )}
    </div>
  );
}
