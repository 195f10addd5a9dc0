/** Whether the request shows a message, and whether it is of the kind that the account says it sends. */
import type { MessageType } from '../../events/vocabulary.js';
import { type Check, fail, type Outcome, pass, unknown } from '../check.js';
import { listed } from '../detail.js';
import { hasWayOut, readsAs, refusable } from '../sampleWords.js';
import type { SampleText } from '../sampleText.js';

type Read = Extract<SampleText, { kind: 'read' }>;

/** Where no types are declared, only a message that anybody may get, or that can be refused, needs no person. */
function withoutDeclaration(sample: Read): Outcome {
  if (readsAs(sample) === 'transactional') return pass('The sample reads like a message about a transaction.');
  if (hasWayOut(sample)) return pass('No message types are declared; the sample can be unsubscribed from.');
  return unknown('No message types are declared, and the sample does not say what it is: a person must look at it.');
}

function agreement(sample: Read, declared: readonly MessageType[]): Outcome {
  const types = listed(declared);
  const reads = readsAs(sample);
  if (declared.every((type) => type === 'transactional') && reads === 'advertising') {
    return fail('sample_use_case_mismatch', `The sample advertises, but only ${types} messages are declared.`);
  }
  if (reads === 'transactional' && declared.every((type) => refusable.has(type))) {
    return pass(`The sample reads like a message about a transaction; declared are ${types}.`);
  }
  return pass(`Nothing in the sample speaks against the declared types: ${types}.`);
}

export const sample: Check = {
  name: 'sample',
  run: async ({ messageTypes }, tools) => {
    const shown = await tools.sample();
    if (shown.kind === 'missing') return fail('sample_missing', 'The request shows no message.');
    if (shown.kind === 'unreadable') return unknown(shown.why);
    if (shown.text === '') return unknown('The sample message has no words: a person must look at it.');
    return messageTypes.length === 0 ? withoutDeclaration(shown) : agreement(shown, messageTypes);
  },
};
