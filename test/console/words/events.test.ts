/** Every event of the catalogue has words, told of events as they lie in the log. */
import { readFileSync } from 'node:fs';
import { type EventData, type EventType, eventTypes } from '../../../src/events/catalogue.js';
import type { EventData as ToldData, ToldType } from '../../../src/console/words/eventData.js';
import { eventWords } from '../../../src/console/words/events.js';
import { accountOf } from '../../../src/events/envelope.js';
import { decode } from '../../../src/events/upcast.js';
import type { StoredEvent } from '../../../src/eventStore/eventStore.js';

/** What is told of each event must be part of what the catalogue has: otherwise this does not compile. */
type Told = { readonly [T in ToldType]: ToldData<T> };
const fits = (all: { readonly [T in EventType]: EventData<T> }): Told => all;

const facts = ['machine-1', 'machine-1-transitions'].flatMap((name) =>
  readFileSync(`test/replay/histories/${name}.ndjson`, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as StoredEvent)
    .filter(({ stream }) => stream !== undefined && accountOf(stream) !== undefined)
    .map((event) => decode(event).fact),
);

test.each(eventTypes)('%s is told in a sentence of its own', (type) => {
  const examples = facts.filter((fact) => fact.type === type);
  expect(examples).not.toEqual([]);
  const unknown = eventWords({ type: `${type}Tomorrow`, data: {} }).title;
  for (const { data } of examples) {
    const { title, details } = eventWords({ type, data });
    // Not the name of the event put apart, which is what an unknown one gets.
    expect(`${title} tomorrow`.toLowerCase()).not.toBe(unknown.toLowerCase());
    expect(title).toMatch(/^[A-Z0-9]/);
    for (const text of [title, ...details.flatMap(({ label = '', text: words }) => [label, words])]) {
      expect(text).not.toMatch(/undefined|null|\[object|NaN/);
    }
    expect(details.every(({ text }) => text !== '')).toBe(true);
  }
});

test('what is told of each event is part of what the catalogue has', () => {
  expect(fits({} as never)).toEqual({});
});

test('what people wrote is told in full, with the notes named as internal', () => {
  const reasons = [{ code: 'opt_in_unclear', customerMessage: 'We could not see how people sign up.' }];
  expect(
    eventWords({
      type: 'VerificationRejected',
      data: { reasons, retryable: true, resubmitUntil: '2026-02-01T09:00:00.000Z', internalNote: 'Asked twice' },
    }),
  ).toEqual({
    title: 'Verification was rejected',
    tone: 'stop',
    details: [
      { label: 'Unclear how people sign up', text: 'We could not see how people sign up.' },
      { text: 'It may be requested again.' },
      { label: 'Until', text: '2026-02-01' },
      { label: 'Internal note', text: 'Asked twice' },
    ],
  });
});

test('of findings those that passed are counted, the others told', () => {
  const { details } = eventWords({
    type: 'ScreeningCompleted',
    data: {
      policyVersion: 'p',
      recommendation: 'review',
      findings: [
        { check: 'website', outcome: 'pass' },
        { check: 'mail_authentication', outcome: 'fail', reasonCode: 'domain_unverified' },
        { check: 'blocklist', outcome: 'unknown', detail: 'The list did not answer.' },
      ],
    },
  });
  expect(details).toEqual([
    { label: 'Checks', text: '1 of 3 passed' },
    { label: 'Mail authentication failed', text: 'Sending domain is not verified' },
    { label: 'Blocklist could not run', text: 'The list did not answer.' },
  ]);
});

test('one of a newer server, or without what it should have, is named plainly', () => {
  expect(eventWords({ type: 'AccountMovedHouse', data: { to: 'x' } })).toEqual({
    title: 'Account moved house',
    tone: 'quiet',
    details: [],
  });
  expect(eventWords({ type: 'AccountWarned', data: {} }).title).toBe('Account warned');
  expect(eventWords({ type: 'constructor', data: {} }).title).toBe('Constructor');
});
