/** The elements' texts: whole in each language, and the page's own in their place. */
import { de } from '../../../src/console/embed/texts/de.js';
import { en } from '../../../src/console/embed/texts/en.js';
import { languageOf, sayIn } from '../../../src/console/embed/texts/texts.js';
import { gateReasons } from '../../../src/policy/gate.js';
import { requirements } from '../../../src/events/vocabulary.js';

const names = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '').toSorted();

test('German says everything that English says, with the same values in it', () => {
  expect(Object.keys(de).toSorted()).toEqual(Object.keys(en).toSorted());
  for (const key of Object.keys(en) as (keyof typeof en)[])
    expect([key, names(de[key])]).toEqual([key, names(en[key])]);
});

test('no text is empty, or the same in both languages but for what is the same word', () => {
  const same = (Object.keys(en) as (keyof typeof en)[]).filter((key) => (en[key] as string) === de[key]);
  expect(same).toEqual(
    ['domains.name', 'purpose.dkim', 'purpose.spf', 'purpose.dmarc', 'type.newsletter'].toSorted(
      (a, b) => Object.keys(en).indexOf(a) - Object.keys(en).indexOf(b),
    ),
  );
  expect([...Object.values(en), ...Object.values(de)].filter((text) => text.trim() === '')).toEqual([]);
});

test('every reason of the gate and every requirement has words', () => {
  for (const reason of gateReasons) expect(en).toHaveProperty([`gate.reason.${reason}`]);
  for (const requirement of requirements) expect(en).toHaveProperty([`requirement.${requirement}`]);
});

test.each([
  ['de', 'de'],
  ['de-CH', 'de'],
  ['DE', 'de'],
  ['den', 'en'],
  ['fr', 'en'],
  ['', 'en'],
  ['not a locale!', 'en'],
])('the locale %j is said in %s', (locale, language) => {
  expect(languageOf(locale)).toBe(language);
  expect(sayIn(locale)('state.done')).toBe(language === 'de' ? 'Erledigt' : 'Done');
});

test('a page’s own text goes before ours; others stay, and what nobody knows is said otherwise', () => {
  const say = sayIn('en', { 'guide.title': 'Open {account}' });
  expect(say('guide.title', { account: 'acme' })).toBe('Open acme');
  expect(say('state.done')).toBe('Done');
  expect(say.of('notice.new_kind', 'What the service says')).toBe('What the service says');
  expect(say.of('constructor', 'otherwise')).toBe('otherwise');
  expect(say('guide.progress', { done: 2, all: 5 })).toBe('2 of 5 steps done');
  expect(say('guide.progress', { done: 2 })).toBe('2 of {all} steps done');
});

test('lists, sizes and days are those of the language', () => {
  expect(sayIn('en').list(['a', 'b', 'c'])).toBe('a, b, and c');
  expect(sayIn('de').list(['a', 'b', 'c'])).toBe('a, b und c');
  expect(sayIn('en').size(10 * 1_048_576)).toBe('10 MB');
  expect(sayIn('de').size(1_536)).toBe('1,5 kB');
  expect(sayIn('de').date('2026-12-24T12:00:00.000Z')).toBe('24. Dezember 2026');
});
