/** Which changes of a verified account make somebody look again. Pure. */
import type { Fact } from '../events/fact.js';
import { entryOf } from '../events/record.js';
import { type Instant, plusDays } from '../events/time.js';
import type { AccountFacts, Reason } from './facts.js';
import type { PolicyDocument, ReReviewCause } from './policy.js';

/**
 * What an event changes of what the account was verified on.
 *
 * What was never said is no change: an account that was taken over as verified may complete its profile.
 * @param before the facts before the event
 */
export function changesOf(before: AccountFacts, fact: Fact): readonly ReReviewCause[] {
  switch (fact.type) {
    case 'BusinessProfileUpdated': {
      const { website, messageTypes } = before.profile;
      const causes: ReReviewCause[] = [];
      if (website !== undefined && fact.data.website !== undefined && fact.data.website !== website) {
        causes.push('website');
      }
      // A type that is sent no longer is nothing to look at.
      const added = fact.data.messageTypes?.some((type) => messageTypes?.includes(type) === false) === true;
      return added ? [...causes, 'message_types'] : causes;
    }
    case 'DomainAdded':
      return entryOf(before.domains, fact.data.domain) === undefined ? ['domain'] : [];
    case 'ChannelConfigured': {
      const channels = Object.values(before.channels);
      if (!channels.some(({ kind }) => kind === fact.data.kind)) return ['channel_kind'];
      // A domain that no channel sent from was not what the account was verified on, however long it has been there.
      const { domain } = fact.data;
      return domain === undefined || channels.some((channel) => channel.domain === domain) ? [] : ['domain'];
    }
    default:
      return [];
  }
}

const words: Readonly<Record<ReReviewCause, string>> = {
  website: 'your website',
  message_types: 'the kinds of messages that you send',
  domain: 'your sending domains',
  channel_kind: 'the channels that you send through',
};

/** What the customer reads. */
function messageOf(causes: readonly ReReviewCause[]): string {
  const changed = causes.map((cause) => words[cause]).join(' and ');
  return `You changed ${changed}, so we take another look. You can go on sending meanwhile.`;
}

/**
 * Why to look again, and by when; undefined when the policy lets the change pass.
 * @param now from which the time for it counts
 */
export function reReviewFor(
  causes: readonly ReReviewCause[],
  { reReview }: PolicyDocument,
  now: Instant,
): { readonly reasons: Reason[]; readonly reviewBy: Instant; readonly internalNote: string } | undefined {
  const counted = causes.filter((cause) => reReview.on.includes(cause));
  if (counted.length === 0) return undefined;
  return {
    reasons: [{ code: 'other', customerMessage: messageOf(counted) }],
    reviewBy: plusDays(now, reReview.reviewWithinDays),
    internalNote: `Changed while verified: ${counted.join(', ')}.`,
  };
}
