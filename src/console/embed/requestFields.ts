/** The request form's data: what was typed over what the account has, as the command takes it. Pure. */
import type { OwnAccount, Profile } from './model.js';

export const messageTypes = ['transactional', 'lifecycle', 'newsletter', 'marketing', 'other'] as const;
export type MessageType = (typeof messageTypes)[number];

/** What somebody changed; what they did not touch stays what the account has, also when that changes meanwhile. */
export type RequestDraft = {
  readonly website?: string;
  readonly contactName?: string;
  readonly contactEmail?: string;
  readonly useCase?: string;
  readonly audience?: string;
  readonly messageTypes?: readonly MessageType[];
  readonly subscriptionProcess?: string;
  /** A message's id, or `file`. */
  readonly sample?: string;
};

/** Where each field stands in the command's data, as a JSON pointer. */
export const pointerOf: Readonly<Record<keyof RequestDraft, string>> = {
  website: '/website',
  contactName: '/technicalContact/name',
  contactEmail: '/technicalContact/email',
  useCase: '/useCase',
  audience: '/audience',
  messageTypes: '/messageTypes',
  subscriptionProcess: '/subscriptionProcess',
  sample: '/sampleMessage',
};

export type RequestFields = Required<RequestDraft>;

/** The fields as they are shown. */
export function requestFields(draft: RequestDraft, profile: Profile, { messages }: OwnAccount): RequestFields {
  return {
    website: profile.website ?? '',
    contactName: profile.technicalContact?.name ?? '',
    contactEmail: profile.technicalContact?.email ?? '',
    useCase: profile.useCase ?? '',
    audience: profile.audience ?? '',
    messageTypes: profile.messageTypes ?? [],
    subscriptionProcess: profile.subscriptionProcess ?? '',
    sample: messages.at(-1)?.messageId ?? 'file',
    ...draft,
  };
}

/** An address as people write it, made whole: `acme.com` is `https://acme.com`. */
export function wholeAddress(text: string): string {
  const trimmed = text.trim();
  return trimmed === '' || /^[a-z][a-z0-9+.-]*:/i.test(trimmed) ? trimmed : `https://${trimmed}`;
}

const given = (text: string): string | undefined => (text.trim() === '' ? undefined : text.trim());

/** The command's data. @param evidenceId of the file that is the sample */
export function requestData(fields: RequestFields, evidenceId: string | undefined): object {
  const [name, email] = [given(fields.contactName), given(fields.contactEmail)];
  const sample =
    fields.sample === 'file' ? (evidenceId === undefined ? undefined : { evidenceId }) : { messageId: fields.sample };
  const data = {
    website: given(wholeAddress(fields.website)),
    technicalContact: name === undefined && email === undefined ? undefined : { name: name ?? '', email: email ?? '' },
    useCase: given(fields.useCase),
    audience: given(fields.audience),
    messageTypes: fields.messageTypes.length === 0 ? undefined : fields.messageTypes,
    subscriptionProcess: given(fields.subscriptionProcess),
    sampleMessage: sample,
  };
  return Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined));
}

/** What is wrong with a field, as a text's key. */
export type Wrong = 'field.required' | 'field.website' | 'field.email' | 'file.missing';

/**
 * What can be seen to be wrong before anything is sent, by JSON pointer. The service looks more closely, and is told of
 * what passes here.
 */
export function wrongFields(
  fields: RequestFields,
  evidenceId: string | undefined,
): readonly (readonly [pointer: string, wrong: Wrong])[] {
  const wrong: [string, Wrong | undefined][] = [
    ['/website', wrongWebsite(fields.website)],
    ['/technicalContact/name', given(fields.contactName) === undefined ? 'field.required' : undefined],
    ['/technicalContact/email', wrongEmail(fields.contactEmail)],
    ['/useCase', given(fields.useCase) === undefined ? 'field.required' : undefined],
    ['/sampleMessage', fields.sample === 'file' && evidenceId === undefined ? 'file.missing' : undefined],
  ];
  return wrong.flatMap(([pointer, what]) => (what === undefined ? [] : [[pointer, what] as const]));
}

function wrongWebsite(text: string): Wrong | undefined {
  if (given(text) === undefined) return 'field.required';
  const address = wholeAddress(text);
  return /^https?:\/\/[^\s/]+/i.test(address) && URL.canParse(address) ? undefined : 'field.website';
}

function wrongEmail(text: string): Wrong | undefined {
  if (given(text) === undefined) return 'field.required';
  return /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/.test(text.trim()) ? undefined : 'field.email';
}
