/** The customer asks to be verified, or takes that back. */
import type { EventData } from '../../events/catalogue.js';
import { entryOf } from '../../events/record.js';
import { plusMinutes } from '../../events/time.js';
import type { Requirement } from '../../events/vocabulary.js';
import type { PinnedSample } from '../../policy/facts.js';
import type { PolicyDocument } from '../../policy/policy.js';
import type { Decider, DeciderInput } from '../decider.js';

/** What a request must meet to be approved: what was needed to request, what the policy asks, sample and domains. */
export function approvalRequirements(policy: PolicyDocument): Requirement[] {
  return [
    'company_website',
    'technical_contact',
    'use_case',
    ...policy.request.ask,
    'sample_message',
    'domain_verified',
  ];
}

function sampleOf({ data, facts }: DeciderInput<'RequestVerification'>) {
  return data.sampleMessage ?? { messageId: facts.latestMessageId ?? '' };
}

/** The content of the sample as it is now. A sample that does not exist is refused, so it need not be pinned. */
function pinned(input: DeciderInput<'RequestVerification'>): PinnedSample | undefined {
  const sample = sampleOf(input);
  if ('messageId' in sample) {
    const message = entryOf(input.messages, sample.messageId);
    if (message === undefined) return undefined;
    const { channelId: _channel, ...content } = message;
    return { kind: 'message', ...content };
  }
  const { evidenceId } = sample;
  const evidence = entryOf(input.facts.evidence, evidenceId);
  if (evidence === undefined) return undefined;
  const { sha256, mediaType, kind } = evidence;
  return { kind: 'evidence', evidenceId, sha256, mediaType, evidenceKind: kind };
}

export const RequestVerification: Decider<'RequestVerification'> = {
  propose: (input) => {
    const { data, facts, policy, now } = input;
    const { sampleMessage: _chosen, ...given } = data;
    const sample = pinned(input);
    return [
      {
        type: 'VerificationRequested',
        // A field that is in neither place makes the chart refuse, so an accepted request has all that it needs.
        data: {
          ...facts.profile,
          ...given,
          sampleMessage: sampleOf(input),
          ...(sample === undefined ? {} : { sample }),
          approvalRequirements: approvalRequirements(policy),
          screenBy: plusMinutes(now, policy.request.screenWithinMinutes),
        } as EventData<'VerificationRequested'>,
      },
    ];
  },
  refuse: (input) => {
    const sample = sampleOf(input);
    if ('messageId' in sample) {
      return entryOf(input.messages, sample.messageId) === undefined ? 'unknown_message' : undefined;
    }
    return entryOf(input.facts.evidence, sample.evidenceId) === undefined ? 'unknown_evidence' : undefined;
  },
};

export const WithdrawVerification: Decider<'WithdrawVerification'> = {
  propose: ({ data }) => [{ type: 'VerificationWithdrawn', data }],
};
