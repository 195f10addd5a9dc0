/** A candidate as it is edited: by form, as text, and where in the text something is. */
import {
  type Candidate,
  candidateFrom,
  candidateIn,
  fateOf,
  noDraft,
  parsed,
  textOf,
  toggled,
  withFate,
  withSetting,
  wouldLose,
} from '../../src/console/analytics/backtest/candidate.js';
import { placeOf } from '../../src/console/analytics/backtest/jsonPlace.js';
import { builtInPolicy, policyDocument } from '../../src/policy/policy.js';

const base = candidateIn(JSON.parse(textOf(builtInPolicy))) as Candidate;

test('the form knows a policy by its form, and nothing else', () => {
  expect(base.version).toBe('built-in-1');
  for (const other of [
    null,
    1,
    [],
    {},
    { ...builtInPolicy, review: { secondPerson: 'yes' } },
    { ...builtInPolicy, questions: [] },
  ]) {
    expect(candidateIn(other)).toBeUndefined();
  }
});

test('a candidate has a version of its own, also when it began as one', () => {
  const first = candidateFrom(builtInPolicy);
  expect([first.version, candidateFrom(first).version]).toEqual(['built-in-1-candidate', 'built-in-1-candidate']);
  expect(candidateFrom({ version: 'v'.repeat(128) }).version).toHaveLength(128);
});

test('whatever the form changes, the document stays a policy, and the rest of it stays as it was', () => {
  const changed = withFate(
    withSetting(withSetting(base, 'review', { secondPerson: true }), 'request', { ask: toggled([], 'audience', true) }),
    'opt_in_unclear',
    'person',
    undefined,
  );
  const document = policyDocument.parse(JSON.parse(textOf(changed)));
  expect(document).toEqual({
    ...builtInPolicy,
    review: { ...builtInPolicy.review, secondPerson: true },
    request: { ...builtInPolicy.request, ask: ['audience'] },
    screening: { ...builtInPolicy.screening, toReview: [...builtInPolicy.screening.toReview, 'opt_in_unclear'] },
  });
});

describe('what becomes of a failed check', () => {
  const question = builtInPolicy.questions.opt_in_unclear;

  test('is read from the document', () => {
    expect([fateOf(base, 'opt_in_unclear'), fateOf(base, 'phishing'), fateOf(base, 'privacy_policy_missing')]).toEqual([
      'asked',
      'person',
      'no_question',
    ]);
  });

  test.each(['asked', 'person', 'no_question'] as const)('changes to %s from each of the others, and back', (fate) => {
    for (const before of ['asked', 'person', 'no_question'] as const) {
      const from = withFate(base, 'opt_in_unclear', before, question);
      const to = withFate(from, 'opt_in_unclear', fate, question);
      expect([before, fateOf(to, 'opt_in_unclear')]).toEqual([before, fate]);
      expect(withFate(to, 'opt_in_unclear', 'asked', question)).toEqual({
        ...base,
        questions: expect.objectContaining(base.questions) as unknown,
      });
    }
  });

  test('cannot become a question that nobody wrote', () => {
    expect(fateOf(withFate(base, 'privacy_policy_missing', 'asked', undefined), 'privacy_policy_missing')).toBe(
      'no_question',
    );
  });
});

describe('what is no JSON', () => {
  test.each([
    ['{\n  "version": "v1",\n  "request": }\n}', 3, '}', /a value is missing/],
    ['{\n  "a": 1\n  "b": 2\n}', 3, '"b"', /a comma or } is missing before this/],
    ['{"a": [1, 2,]}', 1, ',]', /this comma is too many/],
    ['{"a": 1,\n}', 1, ',\n', /this comma is too many/],
    ['{a: 1}', 1, 'a:', /a name in double quotes is missing/],
    ['{"a" 1}', 1, '1', /a colon is missing/],
    ['{"a": "x\ny"}', 1, '"x', /this text has no end/],
    ['{"a": 1}}', 1, '}', /something follows/],
    ['{"a": 1', 1, '', /a comma or } is missing/],
    ['', 1, '', /a value is missing/],
  ])('is said with its place: %j', (text, line, there, message) => {
    const { syntax } = parsed(text) as { syntax: { at: number; line: number; message: string } };
    expect(syntax).toMatchObject({ line, message: expect.stringMatching(message) as unknown });
    expect(text.slice(syntax.at).startsWith(there)).toBe(true);
    if (there === '') expect(syntax.at).toBe(text.length);
  });

  test('is what the parser takes for none, whichever character is left out, doubled or another one', () => {
    const { version, request, review, screening } = builtInPolicy;
    const text = JSON.stringify(
      { version, request, review, screening, numbers: [-1.5e3, 0, 'é\\n"', {}, []] },
      null,
      1,
    );
    const isJson = (one: string): boolean => {
      try {
        JSON.parse(one);
        return true;
      } catch {
        return false;
      }
    };
    let broken = 0;
    for (let at = 0; at < text.length; at++) {
      for (const instead of ['', text.slice(at, at + 1).repeat(2), '"', ',', '}', '0', '\\', '\n', 'x']) {
        const changed = text.slice(0, at) + instead + text.slice(at + 1);
        expect([changed.slice(at - 9, at + 9), 'value' in parsed(changed)]).toEqual([
          changed.slice(at - 9, at + 9),
          isJson(changed),
        ]);
        if (!isJson(changed)) broken += 1;
      }
    }
    expect(broken).toBeGreaterThan(1_000);
    expect(parsed('{"a": 1}')).toEqual({ value: { a: 1 } });
  });
});

describe('the place of a pointer', () => {
  const text = textOf({ 'a/b': { 'c~d': [1, { e: 'x, } ]"\\' }, [2]] }, 'f': null, 'questions': { a: 1 } });
  const at = (pointer: string): string | undefined => {
    const place = placeOf(text, pointer);
    return place === undefined ? undefined : text.slice(place.from, place.to);
  };

  test('is that of the value, whatever stands around it', () => {
    expect(JSON.parse(at('') ?? '')).toEqual(JSON.parse(text));
    expect(at('/a~1b/c~0d/0')).toBe('1');
    expect(at('/a~1b/c~0d/1/e')).toBe(JSON.stringify('x, } ]"\\'));
    expect(at('/a~1b/c~0d/2/0')).toBe('2');
    expect(at('/f')).toBe('null');
    expect(placeOf(text, '/f')?.line).toBe(text.split('\n').findIndex((line) => line.includes('"f"')) + 1);
  });

  test('of what is not there is that of the last value on the way', () => {
    expect(JSON.parse(at('/questions/b/c') ?? '')).toEqual({ a: 1 });
    expect(JSON.parse(at('/nothing') ?? '')).toEqual(JSON.parse(text));
  });

  test('is found for every value of a policy', () => {
    const policy = textOf(builtInPolicy);
    const walk = (value: unknown, pointer: string): void => {
      const place = placeOf(policy, pointer);
      expect([pointer, JSON.parse(policy.slice(place?.from, place?.to))]).toEqual([pointer, value]);
      if (typeof value !== 'object' || value === null) return;
      for (const [key, inner] of Object.entries(value)) walk(inner, `${pointer}/${key}`);
    };
    walk(JSON.parse(policy), '');
  });

  test('ends with what is no JSON', () => {
    for (const broken of ['', '{', '{"a"', '[1,', '{"a":}', '"x', '}}}'])
      expect(() => placeOf(broken, '/a/0')).not.toThrow();
  });
});

test('what somebody typed is lost to another document, but not to the same one, nor what nobody touched', () => {
  const typed = { ...noDraft, base: 'built-in-1', text: textOf(candidateFrom(builtInPolicy)) };
  expect(wouldLose(typed, builtInPolicy)).toBe(true);
  expect(wouldLose(typed, candidateFrom(builtInPolicy))).toBe(false);
  expect(wouldLose(noDraft, builtInPolicy)).toBe(false);
});
