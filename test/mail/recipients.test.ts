/** Who is written to. */
import { noticeFor, recipients } from '../../src/mail/recipients.js';
import type { Notice } from '../../src/mail/notice.js';
import { type AccountFacts, noFacts } from '../../src/policy/facts.js';
import { builtInPolicy, type PolicyDocument } from '../../src/policy/policy.js';

const facts: AccountFacts = {
  ...noFacts,
  ownerEmail: 'owner@acme.example',
  locale: 'de-AT',
  contacts: [
    { email: 'req@acme.example', name: 'Rae', roles: ['requester'], locale: 'en' },
    { email: 'none@acme.example', roles: [] },
  ],
  profile: { technicalContact: { name: 'Tec', email: 'tech@acme.example' } },
};
const question = (requirement: 'use_case' | 'domain_verified') => ({ requirement, message: '?' });
const asks = (...wanted: ('use_case' | 'domain_verified')[]): Notice => ({
  template: 'information_requested',
  questions: wanted.map(question),
  respondBy: '2026-02-04T09:00:00.000Z',
  occasion: 'request',
});
const approved: Notice = { template: 'approved', scope: undefined, suspended: false };

const told = (some: Partial<AccountFacts>, notice: Notice, policy: PolicyDocument = builtInPolicy): string[] =>
  recipients({ ...facts, ...some }, notice, policy).map(({ email }) => email);

const withPolicy = (mail: PolicyDocument['mail']['recipients']): PolicyDocument => ({
  ...builtInPolicy,
  mail: { recipients: mail },
});

const cases: readonly [string, Partial<AccountFacts>, Notice, readonly string[]][] = [
  ['a decision: requester and owner', {}, approved, ['req@acme.example', 'owner@acme.example']],
  ['a question that is not technical: the same', {}, asks('use_case'), ['req@acme.example', 'owner@acme.example']],
  [
    'a technical question: the technical contact, too',
    {},
    asks('use_case', 'domain_verified'),
    ['req@acme.example', 'owner@acme.example', 'tech@acme.example'],
  ],
  [
    'one address in two spellings: once',
    { contacts: [{ email: 'Owner@Acme.example', roles: ['requester' as const] }] },
    approved,
    ['Owner@Acme.example'],
  ],
  [
    'a technical contact who is also the owner: all questions',
    { contacts: [], profile: { technicalContact: { name: 'O', email: 'OWNER@acme.example' } } },
    asks('use_case'),
    ['owner@acme.example'],
  ],
  ['nobody but the owner', { contacts: [], profile: {} }, approved, ['owner@acme.example']],
];

test.each(cases)('%s', (_what, some, notice, expected) => {
  expect(told(some, notice)).toEqual(expected);
});

test('the policy says whose role a template concerns', () => {
  expect(told({}, approved, withPolicy({ approved: ['technical'] }))).toEqual(['tech@acme.example']);
});

test('a policy that names nobody for a template: requester and owner', () => {
  expect(told({}, approved, withPolicy({}))).toEqual(['req@acme.example', 'owner@acme.example']);
});

test('where no contact has the role, the owner is told', () => {
  expect(told({ contacts: [] }, approved, withPolicy({ approved: ['requester'] }))).toEqual(['owner@acme.example']);
  expect(told({}, approved, withPolicy({ approved: [] }))).toEqual(['owner@acme.example']);
});

test('an account without any address: nobody', () => {
  const { ownerEmail: _none, ...without } = facts;
  expect(recipients({ ...without, contacts: [], profile: {} }, approved, builtInPolicy)).toEqual([]);
});

test('each reads in their own language, else the account’s', () => {
  const all = recipients(facts, asks('domain_verified'), builtInPolicy);
  expect(all.map(({ email, locale }) => [email, locale])).toEqual([
    ['req@acme.example', 'en'],
    ['owner@acme.example', 'de'],
    ['tech@acme.example', 'de'],
  ]);
});

test('the technical contact is asked only what is technical', () => {
  const notice = asks('use_case', 'domain_verified');
  const [requester, , tech] = recipients(facts, notice, builtInPolicy);
  if (requester === undefined || tech === undefined) throw new Error('missing');
  expect(noticeFor(tech, notice)).toMatchObject({ questions: [question('domain_verified')] });
  expect(noticeFor(requester, notice)).toBe(notice);
});
