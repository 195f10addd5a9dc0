/**
 * The life of an account: one chart of three regions that run side by side.
 *
 *   setup          what the account's people have set up before they ask to send
 *   verification   the provider's decision: may this account send?
 *   standing       how it behaves: good, warned, suspended
 *
 * How to read it: under a state, `on` lists the events that have a place there. `when(…)` names what must be true for
 * it (see `conditions.ts`); several entries for one event are tried from the top. `target` is the state it leads to,
 * without one the state stays. `remember` keeps what the event says in the context. An event that has no place in the
 * current states, or whose conditions do not hold, is refused: it never gets into the log.
 *
 * The chart is pure: no clock, no timers (time is an event), no calls, no policy.
 */
import { assign, setup } from 'xstate';
import type { EventData } from '../src/events/catalogue.js';
import type { Fact } from '../src/events/fact.js';
import { type AccountFacts, evolveFacts, noFacts } from '../src/policy/facts.js';
import { type ConditionName, firstUnmet } from './conditions.js';

/** Raised when a state is renamed, split or removed; `upcast.ts` maps the `from` and `to` of older versions. */
export const machineVersion = 1;

export type AccountContext = {
  readonly facts: AccountFacts;
  /** The messages as created, to tell a repeated message from a changed one. */
  readonly messages: Readonly<Record<string, EventData<'MessageCreated'>>>;
};

/** All of these conditions hold. */
function when(...names: readonly ConditionName[]) {
  return { type: 'when', params: { conditions: names } } as const;
}

const remember = 'remember';

/** What `remember` keeps: the context after an event. */
export function contextAfter({ facts, messages }: AccountContext, event: Fact): AccountContext {
  return {
    facts: evolveFacts(facts, event),
    messages: event.type === 'MessageCreated' ? { ...messages, [event.data.messageId]: event.data } : messages,
  };
}

/** What every approval needs, in the order in which a refusal is named: two persons first, then what is missing. */
export const approval = [
  'isSecondPerson',
  'isNotSubmitter',
  'isOtherReviewerOnAppeal',
  'isSetUp',
  'meetsRequirements',
] as const satisfies readonly ConditionName[];

const toNotRequested = '#account.verification.notRequested';
const toRejected = '#account.verification.rejected';
const toRevoked = '#account.verification.revoked';

/** Withdrawing ends the request; withdrawing an appeal leads back to what it was against. */
const VerificationWithdrawn = [
  { guard: when('isAppealOfRevocation'), target: toRevoked, actions: remember },
  { guard: when('isAppealOfRejection'), target: toRejected, actions: remember },
  { target: toNotRequested, actions: remember },
] as const;

/** A rejection; on appeal it leads back to what was appealed against, and somebody else must decide it. */
const VerificationRejected = [
  { guard: when('isAppealOfRevocation', 'isOtherReviewerOnAppeal'), target: toRevoked, actions: remember },
  { guard: when('isOtherReviewerOnAppeal'), target: toRejected, actions: remember },
] as const;

export const accountMachine = setup({
  types: { context: {} as AccountContext, events: {} as Fact },
  guards: {
    when: ({ context, event }, params: { readonly conditions: readonly ConditionName[] }) =>
      firstUnmet(params.conditions, context.facts, event) === undefined,
  },
  actions: {
    remember: assign(({ context, event }) => contextAfter(context, event)),
  },
}).createMachine({
  id: 'account',
  type: 'parallel',
  context: { facts: noFacts, messages: {} },
  states: {
    setup: {
      initial: 'none',
      states: {
        none: { on: { AccountSignedUp: { target: 'open', actions: remember } } },
        open: {
          type: 'parallel',
          on: {
            ContactsUpdated: { actions: remember },
            BusinessProfileUpdated: { actions: remember },
            DomainAdded: { actions: remember },
            DomainRemoved: { actions: remember },
            DomainVerified: { actions: remember },
            DomainCheckFailed: { actions: remember },
            DomainLapsed: { actions: remember },
            EvidenceAttached: { actions: remember },
            NotificationSent: { actions: remember },
            NotificationFailed: { actions: remember },
            AccountClosed: { target: 'frozen', actions: remember },
          },
          states: {
            people: {
              initial: 'missing',
              states: {
                missing: { on: { PeopleAdded: { target: 'added', actions: remember } } },
                added: { on: { PeopleAdded: { actions: remember } } },
              },
            },
            events: {
              initial: 'missing',
              states: {
                missing: { on: { EventsReceived: { target: 'received', actions: remember } } },
                received: { on: { EventsReceived: { actions: remember } } },
              },
            },
            channel: {
              initial: 'missing',
              states: {
                missing: { on: { ChannelConfigured: { target: 'configured', actions: remember } } },
                configured: {
                  on: {
                    ChannelConfigured: { actions: remember },
                    ChannelRemoved: [
                      { guard: when('knowsChannel', 'isLastChannel'), target: 'missing', actions: remember },
                      { guard: when('knowsChannel'), actions: remember },
                    ],
                  },
                },
              },
            },
            message: {
              initial: 'missing',
              states: {
                missing: {
                  on: { MessageCreated: { guard: when('knowsChannel'), target: 'created', actions: remember } },
                },
                created: { on: { MessageCreated: { guard: when('knowsChannel'), actions: remember } } },
              },
            },
          },
        },
        // After closing, only what was told to the customer is still recorded.
        frozen: { on: { NotificationSent: { actions: remember }, NotificationFailed: { actions: remember } } },
      },
    },

    verification: {
      initial: 'none',
      // From every state but `none` and `ended`, which have no live account.
      on: { AccountClosed: { guard: when('isLive'), target: '.ended' } },
      states: {
        none: { on: { AccountSignedUp: { target: 'notRequested' } } },

        notRequested: {
          on: {
            VerificationRequested: { guard: when('isReadyToRequest'), target: 'screening', actions: remember },
            VerificationGrandfathered: { target: 'verified', actions: remember },
          },
        },

        // Checks run; a person who wants to decide skips them first, so that nobody is stuck when they cannot run.
        screening: {
          on: {
            ScreeningCompleted: { target: 'pendingReview', actions: remember },
            ScreeningSkipped: {
              guard: when('isScreeningOverdueForSystem'),
              target: 'pendingReview',
              actions: remember,
            },
            VerificationWithdrawn: { target: 'notRequested', actions: remember },
          },
        },

        // Reviewers at work. Who has it, and whether somebody proposed approval, are two questions side by side.
        pendingReview: {
          type: 'parallel',
          on: {
            // Screening once more, when something changed: its findings are news for the reviewer.
            ScreeningCompleted: { actions: remember },
            ReviewEscalated: { actions: remember },
            RequirementWaived: { actions: remember },
            InformationRequested: { target: 'infoRequested', actions: remember },
            VerificationApproved: { guard: when(...approval), target: 'verified', actions: remember },
            VerificationRejected,
            VerificationWithdrawn,
          },
          states: {
            assignment: {
              initial: 'unassigned',
              states: {
                unassigned: {
                  always: { guard: when('hasAssignee'), target: 'assigned' },
                  on: { ReviewAssigned: { target: 'assigned', actions: remember } },
                },
                assigned: {
                  on: {
                    ReviewAssigned: { actions: remember },
                    ReviewReleased: { target: 'unassigned', actions: remember },
                  },
                },
              },
            },
            approval: {
              initial: 'none',
              states: {
                none: { on: { ApprovalProposed: { target: 'proposed', actions: remember } } },
                // Whatever changes what the proposer saw voids the proposal; assigning somebody else does not.
                proposed: {
                  on: {
                    ApprovalProposed: { guard: when('hasNoProposal') },
                    ProposalWithdrawn: { guard: when('isAuthorOfProposal'), target: 'none', actions: remember },
                    RequirementWaived: { target: 'none', actions: remember },
                    // Remembered in `setup`; here they only void the proposal.
                    EvidenceAttached: { target: 'none' },
                    BusinessProfileUpdated: { guard: when('changesProfile'), target: 'none' },
                  },
                },
              },
            },
          },
        },

        // The customer's move.
        infoRequested: {
          on: {
            InformationSubmitted: { guard: when('answersEveryItem'), target: 'pendingReview', actions: remember },
            InformationRequestCancelled: { target: 'pendingReview', actions: remember },
            InformationRequestExpired: [
              { guard: when('isAnswerOverdue', 'isAppealOfRevocation'), target: 'revoked', actions: remember },
              { guard: when('isAnswerOverdue', 'isAppealOfRejection'), target: 'rejected', actions: remember },
              { guard: when('isAnswerOverdue'), target: 'expired', actions: remember },
            ],
            ReviewAssigned: { actions: remember },
            ReviewReleased: { guard: when('isAssigned'), actions: remember },
            RequirementWaived: { actions: remember },
            VerificationRejected,
            VerificationWithdrawn,
          },
        },

        // Sending goes on during a re-review; only standing, a channel's own state and revocation take it away.
        verified: {
          initial: 'current',
          on: { VerificationRevoked: { target: 'revoked', actions: remember } },
          states: {
            current: { on: { ReReviewOpened: { target: 'reReview', actions: remember } } },
            reReview: {
              initial: 'open',
              on: {
                ScreeningCompleted: { actions: remember },
                ReviewAssigned: { actions: remember },
                ReviewReleased: { guard: when('isAssigned'), actions: remember },
                VerificationConfirmed: { target: 'current', actions: remember },
              },
              states: {
                open: { on: { InformationRequested: { target: 'infoRequested', actions: remember } } },
                infoRequested: {
                  on: {
                    InformationSubmitted: { guard: when('answersEveryItem'), target: 'open', actions: remember },
                    InformationRequestCancelled: { target: 'open', actions: remember },
                    InformationRequestExpired: {
                      guard: when('isAnswerOverdue'),
                      target: 'open',
                      actions: remember,
                    },
                  },
                },
              },
            },
          },
        },

        rejected: {
          on: {
            VerificationRequested: {
              guard: when('isRetryable', 'isWindowOpen', 'isReadyToRequest'),
              target: 'screening',
              actions: remember,
            },
            ResubmissionWindowClosed: {
              guard: when('isRetryable', 'isWindowNotYetClosed', 'isWindowOver'),
              actions: remember,
            },
            AppealSubmitted: {
              guard: when('isAgainstVerification', 'isFirstAppeal'),
              target: 'pendingReview',
              actions: remember,
            },
            VerificationGrandfathered: { target: 'verified', actions: remember },
          },
        },

        revoked: {
          on: {
            VerificationRequested: {
              guard: when('isRetryable', 'isReadyToRequest'),
              target: 'screening',
              actions: remember,
            },
            AppealSubmitted: {
              guard: when('isAgainstVerification', 'isFirstAppeal'),
              target: 'pendingReview',
              actions: remember,
            },
            VerificationGrandfathered: { target: 'verified', actions: remember },
          },
        },

        // A question ran out unanswered.
        expired: {
          on: {
            VerificationRequested: { guard: when('isReadyToRequest'), target: 'screening', actions: remember },
            VerificationGrandfathered: { target: 'verified', actions: remember },
          },
        },

        ended: {},
      },
    },

    standing: {
      initial: 'none',
      on: { AccountClosed: { guard: when('isLive'), target: '.closed' } },
      states: {
        none: { on: { AccountSignedUp: { target: 'good' } } },
        good: {
          on: {
            AbuseSignalRecorded: { actions: remember },
            AccountWarned: { target: 'warned', actions: remember },
            AccountSuspended: { target: 'suspended', actions: remember },
          },
        },
        warned: {
          on: {
            AbuseSignalRecorded: { actions: remember },
            AccountWarned: { actions: remember },
            AccountSuspended: { target: 'suspended', actions: remember },
            AccountReinstated: { target: 'good', actions: remember },
          },
        },
        suspended: {
          initial: 'unappealed',
          on: {
            AbuseSignalRecorded: { actions: remember },
            AccountReinstated: { target: 'good', actions: remember },
            AppealSubmitted: {
              guard: when('isAgainstSuspension', 'isFirstAppealOfSuspension'),
              target: '.appealed',
              actions: remember,
            },
          },
          states: {
            unappealed: {},
            appealed: { on: { AppealDismissed: { target: 'upheld', actions: remember } } },
            upheld: {},
          },
        },
        closed: {},
      },
    },
  },
});
