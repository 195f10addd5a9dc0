/**
 * What of each event's data is told. The API says no more of it than that it is an object; a test holds these against the
 * catalogue of events.
 */
type Reason = { readonly code: string; readonly customerMessage: string };
type Decided = { readonly reasons: readonly Reason[]; readonly internalNote?: string | undefined };
type Because = { readonly reason: string };
type Noted = { readonly note?: string | undefined };
type Mail = { readonly template: string; readonly contact: string; readonly detail?: string | undefined };

export type Profile = {
  readonly website?: string | undefined;
  readonly technicalContact?: { readonly name: string; readonly email: string } | undefined;
  readonly useCase?: string | undefined;
  readonly audience?: string | undefined;
  readonly messageTypes?: readonly string[] | undefined;
  readonly subscriptionProcess?: string | undefined;
};

export type Finding = {
  readonly check: string;
  readonly outcome: 'pass' | 'fail' | 'unknown';
  readonly reasonCode?: string | undefined;
  readonly detail?: string | undefined;
};

export type Scope = {
  readonly messageTypes?: readonly string[] | undefined;
  readonly channelKinds?: readonly string[] | undefined;
  readonly limits?: Readonly<Record<string, number>> | undefined;
};

type All = {
  AccountSignedUp: {
    readonly holder: 'business' | 'individual';
    readonly company?: string | undefined;
    readonly ownerEmail: string;
  };
  ContactsUpdated: {
    readonly contacts: readonly {
      readonly email: string;
      readonly name?: string | undefined;
      readonly roles: readonly string[];
    }[];
  };
  BusinessProfileUpdated: Profile;
  PeopleAdded: { readonly count: number; readonly attributes: readonly string[] };
  EventsReceived: { readonly count: number; readonly names: readonly string[] };
  ChannelConfigured: { readonly channelId: string; readonly kind: string; readonly domain?: string | undefined };
  ChannelRemoved: { readonly channelId: string };
  DomainAdded: { readonly domain: string; readonly dkim?: { readonly selector: string } | undefined };
  DomainRemoved: { readonly domain: string };
  DomainVerified: { readonly domain: string };
  DomainCheckFailed: {
    readonly domain: string;
    readonly outcome: 'failed' | 'temporary_failure';
    readonly records: readonly { readonly type: string; readonly name: string; readonly ok: boolean }[];
  };
  DomainLapsed: { readonly domain: string; readonly failures: number };
  MessageCreated: { readonly name: string; readonly channelId: string; readonly subject?: string | undefined };
  EvidenceAttached: {
    readonly kind: 'screenshot' | 'pdf' | 'text';
    readonly fileName: string;
    readonly requirement?: string | undefined;
  };
  VerificationRequested: Profile & {
    readonly sample?:
      | { readonly kind: 'message'; readonly name: string }
      | { readonly kind: 'evidence'; readonly evidenceId: string }
      | undefined;
  };
  VerificationWithdrawn: { readonly reason?: string | undefined };
  ScreeningCompleted: {
    readonly findings: readonly Finding[];
    readonly recommendation: 'approve' | 'review' | 'request_information';
  };
  ScreeningSkipped: Because;
  ReviewAssigned: { readonly reviewer: string };
  ReviewReleased: object;
  ReviewEscalated: Because & { readonly to: string };
  InformationRequested: {
    readonly items: readonly { readonly requirement: string; readonly message: string }[];
    readonly respondBy: string;
    readonly internalNote?: string | undefined;
  };
  InformationSubmitted: {
    readonly answers: readonly {
      readonly requirement: string;
      readonly text?: string | undefined;
      readonly evidenceId?: string | undefined;
      readonly cannotProvide?: string | undefined;
    }[];
    readonly via?: string | undefined;
    readonly reference?: string | undefined;
  };
  InformationRequestCancelled: Because;
  InformationRequestExpired: { readonly respondBy: string };
  RequirementWaived: Because & { readonly requirement: string };
  ApprovalProposed: Noted;
  ProposalWithdrawn: object;
  VerificationApproved: Noted & { readonly scope?: Scope | undefined; readonly automatic: boolean };
  VerificationRejected: Decided & { readonly retryable: boolean; readonly resubmitUntil?: string | undefined };
  VerificationRevoked: Decided & { readonly retryable: boolean };
  VerificationGrandfathered: { readonly verifiedSince: string; readonly basis: string };
  ResubmissionWindowClosed: object;
  ReReviewOpened: Decided & { readonly reviewBy?: string | undefined };
  VerificationConfirmed: Noted;
  AppealSubmitted: { readonly against: 'verification' | 'suspension'; readonly statement: string };
  AppealDismissed: Decided;
  AbuseSignalRecorded: {
    readonly kind: string;
    /** A share of what was sent: 0.01 is one in a hundred. */
    readonly rate?: number | undefined;
    readonly window?: string | undefined;
    readonly source: string;
  };
  AccountWarned: Decided;
  AccountSuspended: Decided & { readonly holdUntil?: string | undefined };
  AccountReinstated: { readonly note: string };
  AccountClosed: Because & { readonly cause: 'customer' | 'provider' };
  NotificationSent: Mail;
  NotificationFailed: Mail;
};

export type ToldType = keyof All;
export type EventData<T extends ToldType> = All[T];
