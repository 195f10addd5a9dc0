/**
 * Begins with the test files that take longest, so that none of them is left to one worker at the end. Jest learns
 * durations by itself, but a clean checkout has learnt nothing yet.
 */
const { default: Sequencer } = require('@jest/test-sequencer');

const longest = [
  'eventStoreDb/faults',
  'app/random-sequences',
  'readme/commands',
  'console/canary',
  'console/accessibility',
  'http/hostile',
  'cli/',
  'processes/',
];

function rank({ path }) {
  const index = longest.findIndex((part) => path.includes(part));
  return index === -1 ? longest.length : index;
}

module.exports = class LongestFirst extends Sequencer {
  async sort(tests) {
    const sorted = await super.sort(tests);
    return sorted.toSorted((a, b) => rank(a) - rank(b));
  }
};
