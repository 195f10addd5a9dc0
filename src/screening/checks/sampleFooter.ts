/** Whether messages that people can refuse say how, and from where they come. */
import type { ReasonCode } from '../../events/vocabulary.js';
import { type Check, fail, pass, unknown } from '../check.js';
import { listed } from '../detail.js';
import { hasPostalAddress, hasWayOut, readsAs, refusable } from '../sampleWords.js';
import type { SampleText } from '../sampleText.js';

type Read = Extract<SampleText, { kind: 'read' }>;

/** A check that looks for something in the sample of an account that sends what people can refuse. */
function footerCheck(name: string, what: string, isThere: (sample: Read) => boolean, reasonCode: ReasonCode): Check {
  return {
    name,
    run: async ({ messageTypes }, tools) => {
      const types = messageTypes.filter((type) => refusable.has(type));
      const shown = await tools.sample();
      // Whether it can be read at all is said once, by the check of the sample itself.
      if (types.length === 0 || shown.kind !== 'read' || shown.text === '') return undefined;
      if (isThere(shown)) return pass(`The sample has ${what}.`);
      if (types.length < messageTypes.length && readsAs(shown) === 'transactional') {
        return unknown(`The sample is about a transaction; no ${listed(types)} message is there to look at.`);
      }
      return fail(reasonCode, `The sample has no ${what.replace(/^an? /, '')}; declared are ${listed(messageTypes)}.`);
    },
  };
}

export const sampleUnsubscribe = footerCheck(
  'sample-unsubscribe',
  'an unsubscribe link',
  hasWayOut,
  'unsubscribe_missing',
);

export const samplePostalAddress = footerCheck(
  'sample-postal-address',
  'a postal address',
  hasPostalAddress,
  'postal_address_missing',
);
