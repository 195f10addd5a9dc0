/** What has changed on a review since it was opened: which parts of the page, and whether it bears on a decision. */

/** The parts of the page, by the ids of their sections. */
export type Part =
  | 'form'
  | 'findings'
  | 'domains'
  | 'evidence'
  | 'questions'
  | 'decisions'
  | 'proposal'
  | 'standing'
  | 'notes'
  | 'header';

/** Where on the page an event shows. What is not here shows in the timeline alone. */
const parts: Readonly<Record<string, readonly Part[]>> = {
  BusinessProfileUpdated: ['form'],
  MessageCreated: ['form'],
  ChannelConfigured: ['domains'],
  ChannelRemoved: ['domains'],
  DomainAdded: ['domains'],
  DomainRemoved: ['domains'],
  DomainVerified: ['domains'],
  DomainCheckFailed: ['domains'],
  DomainLapsed: ['domains'],
  EvidenceAttached: ['evidence'],
  VerificationRequested: ['form', 'findings'],
  VerificationWithdrawn: ['header', 'form'],
  ScreeningCompleted: ['findings'],
  ScreeningSkipped: ['findings', 'notes'],
  ReviewAssigned: ['header'],
  ReviewReleased: ['header'],
  ReviewEscalated: ['header', 'notes'],
  InformationRequested: ['questions'],
  InformationSubmitted: ['questions'],
  InformationRequestCancelled: ['questions', 'notes'],
  InformationRequestExpired: ['questions'],
  RequirementWaived: ['header', 'notes'],
  ApprovalProposed: ['proposal'],
  ProposalWithdrawn: ['proposal'],
  VerificationApproved: ['decisions'],
  VerificationRejected: ['decisions'],
  VerificationRevoked: ['decisions'],
  VerificationGrandfathered: ['decisions'],
  VerificationConfirmed: ['decisions'],
  ResubmissionWindowClosed: ['decisions'],
  ReReviewOpened: ['decisions'],
  AppealSubmitted: ['decisions'],
  AppealDismissed: ['decisions', 'standing'],
  AbuseSignalRecorded: ['standing'],
  AccountWarned: ['standing'],
  AccountSuspended: ['standing'],
  AccountReinstated: ['standing'],
  AccountClosed: ['header'],
};

/** What does not bear on a decision: the page takes it over without a word. */
const quiet: ReadonlySet<string> = new Set([
  'ReviewAssigned',
  'ReviewReleased',
  'ReviewEscalated',
  'NotificationSent',
  'NotificationFailed',
  'ContactsUpdated',
  'PeopleAdded',
  'EventsReceived',
  'MessageCreated',
]);

export type Happened = { readonly revision: number; readonly type: string };

/** The parts of the page that these events changed. */
export function changedParts(events: readonly Happened[]): ReadonlySet<Part> {
  return new Set(events.flatMap(({ type }) => parts[type] ?? []));
}

/** Whether something among these events is to be looked at before anybody decides. */
export function bearsOnDecision(events: readonly Happened[]): boolean {
  return events.some(({ type }) => !quiet.has(type));
}

/** What a command of one's own did: its events end at the revision that it was answered with. */
type Done = { readonly revision: number; readonly events: readonly unknown[] };

/** What happened beside a command of one's own. */
export function besides<H extends Happened>(events: readonly H[], done: Done | undefined): readonly H[] {
  if (done === undefined) return events;
  const first = done.revision - done.events.length + 1;
  return events.filter(({ revision }) => revision < first || revision > done.revision);
}
