/** Lists as long as a body may carry: checking a policy and comparing two holds nobody up. */
import { checkDocument } from '../../src/policy/checkDocument.js';
import { policyChanges } from '../../src/policy/policyChanges.js';
import { builtInPolicy } from '../../src/policy/policy.js';

const domains = (tld: string): string[] => Array.from({ length: 60_000 }, (_, index) => `d${index}.${tld}`);
const withDomains = (freeMailDomains: readonly string[]) => {
  return { ...builtInPolicy, version: 'long', screening: { ...builtInPolicy.screening, freeMailDomains } };
};

test('given tens of thousands of mail providers, then it takes no longer than to read them', () => {
  const [one, other] = [checkDocument(withDomains(domains('a')), 'x'), checkDocument(withDomains(domains('b')), 'x')];
  const started = performance.now();
  const again = checkDocument(withDomains([...domains('a'), 'd0.a']), 'x');
  const changes = policyChanges(one.document ?? builtInPolicy, other.document ?? builtInPolicy);
  expect(performance.now() - started).toBeLessThan(1_500);
  expect([one.valid, other.valid]).toEqual([true, true]);
  expect(again.problems).toEqual([expect.objectContaining({ pointer: '/screening/freeMailDomains/60000' })]);
  expect(changes).toHaveLength(1);
  expect(changes[0]?.text).toMatch(/removed d0\.a; .*added d59999\.b$/);
});
