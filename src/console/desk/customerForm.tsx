/** What the customer says of the business: the request as it was sent, and what it says now where that differs. */
import type { ComponentChildren } from 'preact';
import type { ReviewPage } from '../api/types.js';
import { Badge } from '../ui/badge.js';
import { Empty } from '../ui/feedback.js';
import { Facts, Section } from '../ui/page.js';
import { Time } from '../ui/time.js';
import { WebLink } from '../ui/webLink.js';
import { listed } from '../words/plain.js';
import { messageTypeWords } from './words.js';

type Profile = ReviewPage['profile'];
type Form = NonNullable<ReviewPage['form']>;

type FieldName = keyof Profile;

const facts: readonly (readonly [field: FieldName, name: string, show: (profile: Profile) => ComponentChildren])[] = [
  ['website', 'Website', ({ website }) => (website === undefined ? null : <WebLink url={website} />)],
  [
    'technicalContact',
    'Technical contact',
    ({ technicalContact: contact }) => (contact === undefined ? null : `${contact.name}, ${contact.email}`),
  ],
  [
    'messageTypes',
    'Kinds of messages',
    ({ messageTypes }) => listed(messageTypes?.map(messageTypeWords) ?? []) || null,
  ],
];
const texts: readonly (readonly [field: 'useCase' | 'audience' | 'subscriptionProcess', name: string])[] = [
  ['useCase', 'Use case'],
  ['audience', 'Audience'],
  ['subscriptionProcess', 'How people sign up'],
];
const everything: readonly FieldName[] = [...facts, ...texts].map(([field]) => field);

/** The fields that say something else now than in the request. */
function corrected(form: Form, profile: Profile): readonly FieldName[] {
  return everything.filter((name) => JSON.stringify(form[name]) !== JSON.stringify(profile[name]));
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
          <Profiled profile={form} fields={everything} />
          {changes.length > 0 && (
            <div class="part stack">
              <p>
                <Badge tone="wait">Changed since the request</Badge>
              </p>
              <Profiled profile={profile} fields={changes} />
            </div>
          )}
          <Sample form={form} />
        </>
      )}
    </Section>
  );
}

type ProfiledProps = { readonly profile: Profile; readonly fields: readonly FieldName[] };

function Profiled({ profile, fields }: ProfiledProps) {
  const short = facts.filter(([field]) => fields.includes(field));
  return (
    <>
      {short.length > 0 && <Facts items={short.map(([, name, show]) => [name, show(profile) ?? null] as const)} />}
      {texts
        .filter(([field]) => fields.includes(field))
        .map(([field, name]) => (
          <div key={field}>
            <h3 class="small muted">{name}</h3>
            <p class="prose">{profile[field] ?? <span class="muted">Not said.</span>}</p>
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
