/** Appeals, standing, closing, and what the customer was told. */
import type { Decider } from '../decider.js';

export const SubmitAppeal: Decider<'SubmitAppeal'> = { propose: ({ data }) => [{ type: 'AppealSubmitted', data }] };

export const DismissAppeal: Decider<'DismissAppeal'> = { propose: ({ data }) => [{ type: 'AppealDismissed', data }] };

export const RecordAbuseSignal: Decider<'RecordAbuseSignal'> = {
  propose: ({ data }) => [{ type: 'AbuseSignalRecorded', data }],
};

export const WarnAccount: Decider<'WarnAccount'> = { propose: ({ data }) => [{ type: 'AccountWarned', data }] };

export const SuspendAccount: Decider<'SuspendAccount'> = {
  propose: ({ data }) => [{ type: 'AccountSuspended', data }],
};

export const ReinstateAccount: Decider<'ReinstateAccount'> = {
  propose: ({ data }) => [{ type: 'AccountReinstated', data }],
};

export const CloseAccount: Decider<'CloseAccount'> = { propose: ({ data }) => [{ type: 'AccountClosed', data }] };

export const RecordNotification: Decider<'RecordNotification'> = {
  propose: ({ data: { template, contact, outcome, detail } }) =>
    outcome === 'sent'
      ? [{ type: 'NotificationSent', data: { template, contact } }]
      : [{ type: 'NotificationFailed', data: { template, contact, detail } }],
};
