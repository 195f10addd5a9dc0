/** Lives of invented senders: each fate leads an account to another state, by commands that people would send. */
import type { CommandInput } from '../../../src/commands/catalogue.js';
import type { Command } from '../../../src/commands/decide.js';
import type { Actor } from '../../../src/events/vocabulary.js';
import { builtInPolicy } from '../../../src/policy/policy.js';
import { recommend } from '../../../src/policy/recommend.js';
import { command } from '../examples.js';
import type { Life, Step } from './write.js';

/** What becomes of an account. */
export type Fate =
  | 'stops setting up'
  | 'is set up'
  | 'waits for the checks'
  | 'waits for a reviewer'
  | 'is looked at'
  | 'waits for a second person'
  | 'is asked'
  | 'is approved automatically'
  | 'is approved'
  | 'answers and is approved'
  | 'withdraws'
  | 'is rejected'
  | 'appeals a rejection'
  | 'is revoked'
  | 'is looked at again'
  | 'is warned'
  | 'is suspended'
  | 'appeals a suspension'
  | 'lets questions run out'
  | 'is closed';

/** A sender: its names, and how long each of its steps takes, in minutes. */
export type Sender = {
  readonly company: string;
  readonly host: string;
  readonly reviewer: Actor;
  readonly second: Actor;
  readonly pace: (about: number) => number;
};

type Findings = CommandInput<'CompleteScreening'>['findings'];

const passed: Findings = [
  { check: 'website', outcome: 'pass', detail: 'The page answers, names the company, and has an imprint.' },
  { check: 'website-domain', outcome: 'pass', detail: 'Website and sending domain belong together.' },
  { check: 'mail-authentication', outcome: 'pass', detail: 'SPF, DKIM and DMARC are in place.' },
  { check: 'sample', outcome: 'pass', detail: 'The sample matches the use case.' },
];

const freeMail: Findings = [
  ...passed.slice(0, 2),
  {
    check: 'free-mail',
    outcome: 'fail',
    reasonCode: 'free_email_provider',
    detail: 'The owner writes from a free mail provider.',
  },
];

const doubtful: Findings = [
  ...freeMail,
  { check: 'opt-in', outcome: 'unknown', detail: 'The page of the form did not answer in time.' },
];

const unclear: Findings = [
  ...passed.slice(0, 3),
  { check: 'opt-in', outcome: 'fail', reasonCode: 'opt_in_unclear', detail: 'No form with a confirmation was found.' },
];

/** What the checks find; of those not named here, that they are in doubt. */
const findingsOf: Readonly<Partial<Record<Fate, Findings>>> = {
  'is approved automatically': passed,
  'answers and is approved': unclear,
  'is approved': freeMail,
  'is warned': freeMail,
  'is looked at': freeMail,
};

/** Those whom one person approved, without asking another one. */
const hasty: ReadonlySet<Fate> = new Set(['is revoked', 'is warned', 'is suspended', 'appeals a suspension']);

const customer: Actor = { type: 'customer', id: 'owner' };
const lead: Actor = { type: 'reviewer', id: 'review-lead' };

const rejection = [
  { code: 'opt_in_evidence_missing' as const, customerMessage: 'We could not see that people agree to your messages.' },
];
const abuse = [{ code: 'complaint_rate_high' as const, customerMessage: 'Many people marked your messages as spam.' }];

/** The life of one sender. */
export function* lifeOf(fate: Fate, sender: Sender): Life {
  const { company, host, reviewer, second, pace } = sender;
  const by = (actor: Actor, about: number, ...[name, data]: Parameters<typeof command>): Step => ({
    after: pace(about),
    command: command(name, data, actor),
  });
  const step = (about: number, one: Command): Step => ({ after: pace(about), command: one });
  const domain = `mail.${host}`;
  yield step(0, command('SignUp', { company, ownerEmail: `owner@${host}` }));
  yield step(20, command('RecordPeopleAdded', { count: 1_200, attributes: ['email', 'first_name', 'plan'] }));
  if (fate === 'stops setting up') return;
  yield step(30, command('RecordEventsReceived', { count: 340, names: ['signed_in', 'ordered'] }));
  yield step(25, command('ConfigureChannel', { channelId: 'email-1', kind: 'email', domain }));
  yield step(2, command('AddDomain', { domain }));
  yield step(90, command('RecordDomainCheck', { domain, outcome: 'verified', records: [] }));
  yield step(
    45,
    command('RecordMessageCreated', {
      messageId: 'welcome',
      channelId: 'email-1',
      name: 'Welcome',
      subject: `Welcome to ${company}`,
    }),
  );
  if (fate === 'is set up') return;
  yield step(
    60,
    command('RequestVerification', {
      website: `https://www.${host}`,
      technicalContact: { name: 'Technical contact', email: `tech@${host}` },
      useCase: `${company} sends receipts, and news to customers who asked for them.`,
      messageTypes: ['transactional', 'newsletter'],
      audience: 'Customers of our shop who ticked a box at checkout',
    }),
  );
  if (fate === 'waits for the checks') return;
  const findings = findingsOf[fate] ?? doubtful;
  const { recommendation } = recommend(findings, builtInPolicy);
  const screened = yield step(
    3,
    command('CompleteScreening', { policyVersion: builtInPolicy.version, findings: [...findings], recommendation }),
  );
  if (screened.includes('VerificationApproved') || fate === 'waits for a reviewer') return;
  if (screened.includes('InformationRequested')) {
    const answers = [{ requirement: 'subscription_process' as const, text: 'A form in the shop, confirmed by mail.' }];
    yield by(customer, 1_500, 'SubmitInformation', { answers });
  }
  yield by(reviewer, 240, 'AssignReview', { reviewer: reviewer.id });
  if (fate === 'is looked at') return;
  if (fate === 'withdraws') {
    yield by(customer, 400, 'WithdrawVerification', { reason: 'We change our provider first.' });
    return;
  }
  if (fate === 'is asked' || fate === 'lets questions run out') {
    yield by(reviewer, 60, 'RequestInformation', {
      items: [
        {
          requirement: 'subscription_process',
          reasonCode: 'opt_in_evidence_missing',
          message: 'Please send a screenshot of the form with which people sign up for your messages.',
        },
      ],
      internalNote: 'The form on the page has no box to tick.',
    });
    if (fate === 'lets questions run out')
      yield { after: 30 * 24 * 60 + 5, command: command('ExpireInformationRequest') };
    return;
  }
  if (fate === 'is rejected' || fate === 'appeals a rejection') {
    yield by(reviewer, 90, 'RejectVerification', {
      reasons: rejection,
      retryable: true,
      internalNote: 'Asked twice by phone, no answer.',
    });
    if (fate === 'appeals a rejection') {
      yield by(customer, 600, 'SubmitAppeal', {
        against: 'verification',
        statement: 'People tick a box at the till. We can show the paper form.',
      });
    }
    return;
  }
  if (hasty.has(fate)) {
    yield by(reviewer, 30, 'ApproveVerification', {});
    yield* afterwards(fate, sender, by);
    return;
  }
  yield by(second, 500, 'ProposeApproval', {
    note: 'The website and the sample fit. The form is on paper, at the till.',
  });
  if (fate === 'waits for a second person') return;
  yield by(lead, 400, 'ApproveVerification', { note: 'Seen, and agreed.' });
  yield* afterwards(fate, sender, by);
}

type By = (actor: Actor, about: number, ...what: Parameters<typeof command>) => Step;

/** What happens to a verified sender. */
function* afterwards(fate: Fate, { reviewer }: Sender, by: By): Life {
  const system: Actor = { type: 'system', id: 'gatehouse' };
  switch (fate) {
    case 'is revoked':
      yield by(reviewer, 9_000, 'RevokeVerification', {
        reasons: abuse,
        retryable: true,
        internalNote: 'Bought list.',
      });
      return;
    case 'is looked at again':
      yield by(system, 4_000, 'OpenReReview', {
        reasons: [{ code: 'website_domain_mismatch', customerMessage: 'Your website changed; we take another look.' }],
      });
      return;
    case 'is warned':
    case 'is suspended':
    case 'appeals a suspension':
      yield by(system, 5_000, 'RecordAbuseSignal', { kind: 'complaints', rate: 0.004, source: 'feedback loop' });
      yield by(reviewer, 60, 'WarnAccount', { reasons: abuse, internalNote: 'First time.' });
      if (fate === 'is warned') return;
      yield by(reviewer, 3_000, 'SuspendAccount', { reasons: abuse, internalNote: 'Again, and more.' });
      if (fate === 'is suspended') return;
      yield by({ type: 'customer', id: 'owner' }, 300, 'SubmitAppeal', {
        against: 'suspension',
        statement: 'We removed the old part of our list.',
      });
      return;
    case 'is closed':
      yield by({ type: 'customer', id: 'owner' }, 8_000, 'CloseAccount', { cause: 'customer', reason: 'We merged.' });
      return;
    default:
  }
}
