/** What a reviewer fills in for a command, and the data that it makes. Pure: the forms only show it. */

export type ReasonDraft = { readonly code: string; readonly requirement: string; readonly customerMessage: string };
export type ItemDraft = { readonly requirement: string; readonly reasonCode: string; readonly message: string };
export type AnswerDraft = { readonly requirement: string; readonly text: string; readonly cannot: boolean };

/** Every field that any command has; dates as `<input type="date">` gives them, empty where none is chosen. */
export type Draft = {
  readonly note: string;
  readonly internalNote: string;
  readonly reason: string;
  readonly reasons: readonly ReasonDraft[];
  readonly items: readonly ItemDraft[];
  readonly answers: readonly AnswerDraft[];
  readonly retryable: boolean;
  readonly respondBy: string;
  readonly resubmitUntil: string;
  readonly reviewBy: string;
  readonly holdUntil: string;
  readonly messageTypes: readonly string[];
  readonly channelKinds: readonly string[];
  readonly perDay: string;
  readonly perMonth: string;
  readonly requirement: string;
  readonly to: string;
  readonly via: string;
  readonly reference: string;
  readonly verifiedSince: string;
};

export const emptyReason: ReasonDraft = { code: 'incomplete_information', requirement: '', customerMessage: '' };
export const emptyItem: ItemDraft = { requirement: 'other', reasonCode: 'incomplete_information', message: '' };

export const emptyDraft: Draft = {
  note: '',
  internalNote: '',
  reason: '',
  reasons: [emptyReason],
  items: [],
  answers: [],
  retryable: true,
  respondBy: '',
  resubmitUntil: '',
  reviewBy: '',
  holdUntil: '',
  messageTypes: [],
  channelKinds: [],
  perDay: '',
  perMonth: '',
  requirement: '',
  to: '',
  via: 'email',
  reference: '',
  verifiedSince: '',
};

/** The fields of a command's form, in their order. */
export type FieldName = Exclude<keyof Draft, 'channelKinds' | 'perDay' | 'perMonth'>;

/** The commands of the desk with their forms; an empty one is sent as it is, after a look at what it does. */
export const formFields = {
  RequestInformation: ['items', 'respondBy', 'internalNote'],
  ApproveVerification: ['note', 'messageTypes'],
  ProposeApproval: ['note'],
  RejectVerification: ['reasons', 'retryable', 'resubmitUntil', 'internalNote'],
  RecordCustomerReply: ['answers', 'via', 'reference'],
  CancelInformationRequest: ['reason'],
  WaiveRequirement: ['requirement', 'reason'],
  WithdrawProposal: [],
  SkipScreening: ['reason'],
  AssignReview: ['to'],
  ReleaseReview: [],
  EscalateReview: ['to', 'reason'],
  ConfirmVerification: ['note'],
  RevokeVerification: ['reasons', 'retryable', 'internalNote'],
  OpenReReview: ['reasons', 'reviewBy', 'internalNote'],
  DismissAppeal: ['reasons', 'internalNote'],
  WarnAccount: ['reasons', 'internalNote'],
  SuspendAccount: ['reasons', 'holdUntil', 'internalNote'],
  ReinstateAccount: ['note'],
  CloseAccount: ['reason'],
  GrandfatherAccount: ['verifiedSince', 'reason'],
} as const satisfies Readonly<Record<string, readonly FieldName[]>>;

export type DeskCommand = keyof typeof formFields;

export function isDeskCommand(command: string): command is DeskCommand {
  return Object.hasOwn(formFields, command);
}

/** What is wrong, by the JSON pointer into the command's data, as the service names fields. */
export type Errors = Readonly<Record<string, string>>;

export type Made = { readonly data: Record<string, unknown>; readonly errors: Errors };

/** Collects data and what is wrong with them. */
class Making {
  readonly data: Record<string, unknown> = {};
  readonly errors: Record<string, string> = {};

  put(name: string, value: unknown): void {
    if (value !== undefined && value !== '') this.data[name] = value;
  }

  /** A text that may be left out. */
  optional(name: string, text: string): void {
    this.put(name, text.trim());
  }

  required(name: string, text: string, remedy: string): void {
    if (text.trim() === '') this.errors[`/${name}`] = remedy;
    this.put(name, text.trim());
  }

  /** The end of a day in the reader's time zone; a day that is over is no day until which anything could be done. */
  untilDay(name: string, day: string, now: number): void {
    if (day === '') return;
    const end = new Date(`${day}T23:59:59.000`);
    if (Number.isNaN(end.getTime())) this.errors[`/${name}`] = 'Choose a day.';
    else if (end.getTime() < now) this.errors[`/${name}`] = 'This day is over. Choose today or a later one.';
    else this.put(name, end.toISOString());
  }

  /** The beginning of a day in the reader's time zone. */
  sinceDay(name: string, day: string, now: number): void {
    const begin = new Date(`${day}T00:00:00.000`);
    if (Number.isNaN(begin.getTime())) this.errors[`/${name}`] = 'Choose the day since when it is trusted.';
    else if (begin.getTime() > now)
      this.errors[`/${name}`] = 'This day has not come yet. Choose today or an earlier one.';
    else this.put(name, begin.toISOString());
  }
}

const idPattern = /^[A-Za-z0-9._:#-]{1,128}$/;

function addReasons(making: Making, reasons: readonly ReasonDraft[]): void {
  if (reasons.length === 0) making.errors['/reasons'] = 'Give at least one reason.';
  for (const [index, { customerMessage }] of reasons.entries()) {
    if (customerMessage.trim() === '') {
      making.errors[`/reasons/${index}/customerMessage`] = 'Say in your own words what the customer is to read.';
    }
  }
  making.data['reasons'] = reasons.map(({ code, requirement, customerMessage }) => ({
    code,
    ...(requirement === '' ? {} : { requirement }),
    customerMessage: customerMessage.trim(),
  }));
}

function addItems(making: Making, items: readonly ItemDraft[]): void {
  if (items.length === 0) making.errors['/items'] = 'Ask for at least one thing: take a template, or write a question.';
  for (const [index, { message }] of items.entries()) {
    if (message.trim() === '') making.errors[`/items/${index}/message`] = 'Write what the customer is to answer.';
  }
  making.data['items'] = items.map((item) => ({ ...item, message: item.message.trim() }));
}

function addAnswers(making: Making, answers: readonly AnswerDraft[]): void {
  for (const [index, { text, cannot }] of answers.entries()) {
    if (text.trim() !== '') continue;
    making.errors[`/answers/${index}`] = cannot
      ? 'Write why the customer cannot provide it.'
      : 'Write what the customer answered; every open question needs an answer.';
  }
  making.data['answers'] = answers.map(({ requirement, text, cannot }) => ({
    requirement,
    ...(cannot ? { cannotProvide: text.trim() } : { text: text.trim() }),
  }));
}

function addScope(making: Making, { messageTypes, channelKinds, perDay, perMonth }: Draft): void {
  const limits: Record<string, number> = {};
  for (const [name, text] of Object.entries({ perDay, perMonth })) {
    if (text.trim() === '') continue;
    // Digits alone: `1.000` is one to some readers, and a thousand to others.
    const limit = /^[0-9]+$/.test(text.trim()) ? Number(text) : NaN;
    if (Number.isSafeInteger(limit) && limit >= 1) limits[name] = limit;
    else making.errors[`/scope/limits/${name}`] = 'Write digits alone, such as 1000, or leave it empty for no limit.';
  }
  const scope = {
    ...(messageTypes.length === 0 ? {} : { messageTypes }),
    ...(channelKinds.length === 0 ? {} : { channelKinds }),
    ...(Object.keys(limits).length === 0 ? {} : { limits }),
  };
  if (Object.keys(scope).length > 0) making.data['scope'] = scope;
}

/** Whom a command names: its field in the data, and what to say where it is no id. */
function addPerson(making: Making, name: string, to: string): void {
  if (idPattern.test(to.trim())) making.put(name, to.trim());
  else making.errors[`/${name}`] = 'Write an id as it stands in the person’s token, such as reviewer-2.';
}

/** Texts that a command cannot do without, and what to say where they are missing. */
const remedies: Readonly<Record<string, string>> = {
  CancelInformationRequest: 'Write why the questions are not needed any more. Only reviewers read it.',
  WaiveRequirement: 'Write why it need not be met. Only reviewers read it.',
  SkipScreening: 'Write why the checks need not be waited for. Only reviewers read it.',
  EscalateReview: 'Write what the person is to look at.',
  CloseAccount: 'Write why the account is closed. It cannot be opened again.',
  ReinstateAccount: 'Write what has cleared the matter up.',
  GrandfatherAccount: 'Write on what the trust rests.',
};

/**
 * The data of a command as the draft has them, and what is still missing.
 * @param now milliseconds since the epoch: what is to happen by a day needs one that is not over
 */
export function dataOf(command: DeskCommand, draft: Draft, now = Date.now()): Made {
  const making = new Making();
  for (const field of formFields[command] as readonly FieldName[]) addField(making, command, field, draft, now);
  if (command === 'CloseAccount') making.data['cause'] = 'provider';
  return { data: making.data, errors: making.errors };
}

function addField(making: Making, command: DeskCommand, field: FieldName, draft: Draft, now: number): void {
  switch (field) {
    case 'items':
      return addItems(making, draft.items);
    case 'reasons':
      return addReasons(making, draft.reasons);
    case 'answers':
      return addAnswers(making, draft.answers);
    case 'messageTypes':
      return addScope(making, draft);
    case 'retryable':
      return making.put('retryable', draft.retryable);
    case 'resubmitUntil':
      // Who may not come again needs no day until which.
      return draft.retryable ? making.untilDay(field, draft.resubmitUntil, now) : undefined;
    case 'respondBy':
    case 'reviewBy':
    case 'holdUntil':
      return making.untilDay(field, draft[field], now);
    case 'verifiedSince':
      return making.sinceDay(field, draft.verifiedSince, now);
    case 'to':
      return addPerson(making, command === 'AssignReview' ? 'reviewer' : 'to', draft.to);
    case 'requirement':
      return making.required(field, draft.requirement, 'Choose what need not be met.');
    case 'reason':
      return making.required(
        command === 'GrandfatherAccount' ? 'basis' : 'reason',
        draft.reason,
        remedies[command] ?? '',
      );
    case 'note':
      return remedies[command] === undefined
        ? making.optional('note', draft.note)
        : making.required('note', draft.note, remedies[command]);
    case 'via':
      return making.put('via', draft.via);
    default:
      return making.optional(field, draft[field]);
  }
}
