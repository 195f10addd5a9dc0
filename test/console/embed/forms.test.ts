/** What the embedded forms send for what was typed, what they say is wrong, and what a refusal says at which field. */
import { answersData, askedOf, missingAnswers } from '../../../src/console/embed/answers.js';
import type { OwnAccount, Problem, Question } from '../../../src/console/embed/model.js';
import { explain } from '../../../src/console/embed/problems.js';
import { ownProblem } from '../../../src/console/embed/refused.js';
import {
  requestData,
  type RequestDraft,
  requestFields,
  wholeAddress,
  wrongFields,
} from '../../../src/console/embed/requestFields.js';
import { sayIn } from '../../../src/console/embed/texts/texts.js';
import { commandCatalogue } from '../../../src/commands/catalogue.js';

const say = sayIn('en');

describe('requesting verification', () => {
  const account: OwnAccount = {
    accountId: 'acme',
    revision: 4,
    allowedCommands: [],
    channels: [],
    messages: [
      { messageId: 'm-1', name: 'First' },
      { messageId: 'm-2', name: 'Second' },
    ],
  };
  const profile = { website: 'https://acme.com', technicalContact: { name: 'Operations', email: 'ops@acme.com' } };
  const full: RequestDraft = { useCase: ' Receipts ', audience: 'Customers', messageTypes: ['transactional'] };

  test('what the account has is filled in, what was typed goes before it, the latest message is the sample', () => {
    expect(requestFields({ website: 'acme.org' }, profile, account)).toMatchObject({
      website: 'acme.org',
      contactName: 'Operations',
      contactEmail: 'ops@acme.com',
      useCase: '',
      sample: 'm-2',
    });
  });

  test('the command takes what is sent; what is empty is left out', () => {
    const data = requestData(requestFields({ ...full, website: 'acme.org' }, profile, account), undefined);
    expect(data).toEqual({
      website: 'https://acme.org',
      technicalContact: { name: 'Operations', email: 'ops@acme.com' },
      useCase: 'Receipts',
      audience: 'Customers',
      messageTypes: ['transactional'],
      sampleMessage: { messageId: 'm-2' },
    });
    expect(commandCatalogue.RequestVerification.data.safeParse(data).success).toBe(true);
    const withFile = requestData(requestFields({ ...full, sample: 'file' }, profile, account), 'shot-1');
    expect(withFile).toMatchObject({ sampleMessage: { evidenceId: 'shot-1' } });
    expect(commandCatalogue.RequestVerification.data.safeParse(withFile).success).toBe(true);
  });

  test('what is missing or cannot be right is said before anything is sent', () => {
    const wrong = (draft: RequestDraft, file?: string) =>
      Object.fromEntries(wrongFields(requestFields(draft, {}, { ...account, messages: [] }), file));
    expect(wrong({})).toEqual({
      '/website': 'field.required',
      '/technicalContact/name': 'field.required',
      '/technicalContact/email': 'field.required',
      '/useCase': 'field.required',
      '/sampleMessage': 'file.missing',
    });
    const right = { website: 'acme.com', contactName: 'Ops', contactEmail: 'ops@acme.com', useCase: 'Receipts' };
    expect(wrong(right, 'shot-1')).toEqual({});
    for (const website of ['ftp://acme.com', 'javascript:alert(1)', 'acme .com', 'https://'])
      expect([website, wrong({ ...right, website }, 'x')]).toEqual([website, { '/website': 'field.website' }]);
    for (const contactEmail of ['ops', 'ops@acme', '@acme.com', 'a b@acme.com'])
      expect(wrong({ ...right, contactEmail }, 'x')).toEqual({ '/technicalContact/email': 'field.email' });
  });

  test.each([
    ['acme.com', 'https://acme.com'],
    [' http://acme.com ', 'http://acme.com'],
    ['', ''],
    ['HTTPS://acme.com', 'HTTPS://acme.com'],
  ])('the address %j is %j', (typed, whole) => {
    expect(wholeAddress(typed)).toBe(whole);
  });
});

describe('answering questions', () => {
  const ask = (requirement: Question['requirement'], message: string): Question => ({
    requirement,
    reasonCode: 'other',
    message,
  });
  const asked = askedOf([ask('sample_message', 'A picture?'), ask('use_case', 'What?'), ask('use_case', 'And why?')]);

  test('two questions about one thing have one answer', () => {
    expect(asked).toEqual([
      { requirement: 'sample_message', messages: ['A picture?'] },
      { requirement: 'use_case', messages: ['What?', 'And why?'] },
    ]);
  });

  test('each is answered in words, by a file, or by why not; until then it is missing', () => {
    expect(missingAnswers(asked, {}, {})).toEqual(['sample_message', 'use_case']);
    const file = { sample_message: { evidenceId: 'shot-1', name: 'shot.png' } };
    expect(missingAnswers(asked, { use_case: { text: '  ' } }, file)).toEqual(['use_case']);
    const drafts = {
      sample_message: { text: 'See it' },
      use_case: { how: 'cannot' as const, why: 'Not yet', text: 'x' },
    };
    expect(missingAnswers(asked, drafts, file)).toEqual([]);
    const data = answersData(asked, drafts, file);
    expect(data).toEqual({
      answers: [
        { requirement: 'sample_message', evidenceId: 'shot-1', text: 'See it' },
        { requirement: 'use_case', cannotProvide: 'Not yet' },
      ],
    });
    expect(commandCatalogue.SubmitInformation.data.safeParse(data).success).toBe(true);
  });
});

describe('problems', () => {
  const problem = (code: string, more: Partial<Problem> = {}): Problem => ({ ...ownProblem(code, 'Detail.'), ...more });

  test('fields are named by their pointers, with the remedy', () => {
    const errors = [
      { in: 'body', pointer: '/website', detail: 'Invalid URL' },
      { in: 'body', pointer: '/technicalContact/email', detail: 'Invalid email address' },
      { in: 'body', pointer: '/useCase', detail: 'Too big: expected string to have <=4000 characters' },
      { in: 'body', pointer: '/messageTypes/0', detail: 'Invalid option' },
    ];
    expect(explain(problem('invalid', { errors }), say)).toEqual({
      text: undefined,
      fields: {
        '/website': 'Please give a whole web address, such as https://acme.com.',
        '/technicalContact/email': 'Please give an e-mail address, such as tech@acme.com.',
        '/useCase': 'Please use fewer words here: at most 4000 characters.',
        '/messageTypes/0': 'Please check this.',
      },
    });
  });

  test('requirements that are missing are named, and marked where a field is for them', () => {
    const missing: Problem['missing'] = [
      { requirement: 'people_added', awaitingActionFrom: 'customer' },
      { requirement: 'use_case', awaitingActionFrom: 'customer' },
    ];
    const explained = explain(problem('requirements_missing', { missing }), say);
    expect(explained.text).toContain('people and what you will send');
    expect(explained.fields).toEqual({ '/useCase': 'Please fill this in.' });
  });

  test('a wait is told in seconds, and what is not known keeps its id', () => {
    const detail = 'This domain was checked just now. Please try again in 7 s.';
    expect(explain(problem('too_soon', { detail }), say).text).toContain('in 7 seconds');
    expect(explain(problem('brand_new', { requestId: 'r-1' }), say).text).toContain('(r-1)');
  });
});
