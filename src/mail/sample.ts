/** An invented account and what could be told to it, to look at the mails without one. */
import type { Instant } from '../events/time.js';
import { plusDays } from '../events/time.js';
import type { MailTemplate } from '../policy/policy.js';
import type { Notice, NoticeOf } from './notice.js';

export const sampleAccount = {
  accountId: 'acme',
  company: 'Acme Outdoor Ltd',
  contact: { email: 'owner@acme.example', name: 'Robin Acker', roles: ['owner', 'requester'] },
} as const;

const questions: NoticeOf<'information_requested'>['questions'] = [
  { requirement: 'subscription_process', message: 'How do people agree to receive your messages?' },
  {
    requirement: 'domain_verified',
    message: 'The DNS records of your sending domain are not in place yet. Please publish them.',
  },
];

/** What a template could say. @param at the instant from which its dates count */
export function sampleNotice(template: MailTemplate, at: Instant): Notice {
  const reasons = [
    {
      code: 'complaint_rate_high',
      message: 'More people than usual mark your messages as spam. Please check whom you write to, and why.',
    },
  ] as const;
  switch (template) {
    case 'request_received':
      return { template, withinWorkingDays: 2 };
    case 'information_requested':
    case 'information_reminder':
      return { template, questions, respondBy: plusDays(at, 30), occasion: 'request' };
    case 'expired':
      return { template, remedies: { requestAgain: {}, appeal: false } };
    case 'approved':
      return {
        template,
        scope: { messageTypes: ['transactional', 'newsletter'], channelKinds: ['email'], limits: { perDay: 5_000 } },
        suspended: false,
      };
    case 'rejected':
      return {
        template,
        reasons: [
          {
            code: 'unsubscribe_missing',
            message: 'Your sample message has no unsubscribe link. Please add one and show us the message again.',
          },
          { code: 'opt_in_unclear', message: 'How do people agree to receive your messages?' },
        ],
        remedies: { requestAgain: { until: plusDays(at, 90) }, appeal: true },
        onAppeal: false,
      };
    case 'revoked':
      return { template, reasons, remedies: { requestAgain: {}, appeal: true }, onAppeal: false };
    default:
      return { template, reasons };
  }
}
