/** Appeals, standing, closing, and what the customer was told. */
import type { Decider } from '../decider.js';
import { approvalRequirements } from './request.js';

/** Where there never was a request (customers taken over as verified), the appeal carries what it must meet itself. */
export const SubmitAppeal: Decider<'SubmitAppeal'> = {
  propose: ({ data, facts, policy }) => {
    const alone = data.against === 'verification' && facts.request === undefined;
    const required = alone ? { approvalRequirements: approvalRequirements(policy) } : {};
    return [{ type: 'AppealSubmitted', data: { ...data, ...required } }];
  },
};

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
      ? [{ type: 'NotificationSent', data: { template, contact, detail } }]
      : [{ type: 'NotificationFailed', data: { template, contact, detail } }],
};
