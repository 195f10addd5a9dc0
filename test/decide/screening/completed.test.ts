import type { CommandInput } from '../../../src/commands/catalogue.js';
import {
  checks,
  command,
  domain,
  goodData,
  inReview,
  inScreening,
  minute,
  reviewer,
  setUp,
  verified,
} from '../../support/examples.js';
import { given } from '../../support/decideSpecification.js';
import { builtInPolicy } from '../../../src/policy/policy.js';

type Screening = CommandInput<'CompleteScreening'>;
const screened = (recommendation: Screening['recommendation'], ...findings: Screening['findings']) =>
  command('CompleteScreening', { policyVersion: 'built-in-1', findings, recommendation });
const pass = { check: 'website', outcome: 'pass' as const };
const unknown = { check: 'blocklist', outcome: 'unknown' as const };
const fail = { check: 'sign-up', outcome: 'fail' as const, reasonCode: 'opt_in_unclear' as const };
const waiting = { pendingReview: { assignment: 'unassigned', approval: 'none' } };

describe('CompleteScreening in screening', () => {
  test('approve, with every check passed: approved in the same append, by the system', () => {
    const [, approved] = given(inScreening)
      .when(screened('approve', pass))
      .thenEvents('ScreeningCompleted', 'VerificationApproved');
    expect(approved).toMatchObject({ actor: checks, data: { automatic: true } });
  });

  test.each([
    ['no check ran', screened('approve')],
    ['one is unknown', screened('approve', pass, unknown)],
    ['one failed', screened('approve', pass, fail)],
    ['review is recommended', screened('review', pass)],
  ])('%s: to a person', (_why, screening) => {
    given(inScreening).when(screening).thenVerification(waiting);
  });

  test('approve, but the account is suspended: to a person', () => {
    given([...inScreening, command('SuspendAccount')])
      .when(screened('approve', pass))
      .thenVerification(waiting);
  });

  test('approve, but a domain is not verified: to a person', () => {
    const failing = command('RecordDomainCheck', { domain, outcome: 'temporary_failure', records: [] });
    given([...inScreening, failing])
      .when(screened('approve', pass))
      .thenVerification(waiting);
  });

  test('approve, where the policy asks for two persons: approved, for that is about people', () => {
    const policy = { ...builtInPolicy, review: { ...builtInPolicy.review, secondPerson: true } };
    given(inScreening, policy).when(screened('approve', pass)).thenVerification({ verified: 'current' });
  });

  test('approve, where the policy rules automatic approval out: to a person', () => {
    const off = { ...builtInPolicy, screening: { ...builtInPolicy.screening, automaticApproval: false } };
    given(inScreening, off).when(screened('approve', pass)).thenVerification(waiting);
    const review = { ...builtInPolicy.review, secondPerson: true, secondPersonForAutomatic: true };
    given(inScreening, { ...builtInPolicy, review })
      .when(screened('approve', pass))
      .thenVerification(waiting);
    const again = [...inScreening, screened('review', unknown)];
    given(again, off).when(screened('approve', pass)).thenEvents('ScreeningCompleted');
  });

  test('approve, by the id that sent the request or evidence: to a person', () => {
    const asProduct = { type: 'product' as const, id: checks.id };
    const sent = [...setUp, command('RequestVerification', goodData.RequestVerification, asProduct)];
    given(sent).when(screened('approve', pass)).thenVerification(waiting);
    const attached = [...inScreening, command('AttachEvidence', goodData.AttachEvidence, asProduct)];
    given(attached).when(screened('approve', pass)).thenVerification(waiting);
  });

  test('request_information, with a failed check that has a question: asks the customer', () => {
    const [, asked] = given(inScreening)
      .when(screened('request_information', fail, unknown))
      .thenEvents('ScreeningCompleted', 'InformationRequested');
    expect(asked?.data).toMatchObject({
      items: [{ requirement: 'subscription_process', reasonCode: 'opt_in_unclear' }],
    });
  });

  test('request_information, without a question for what failed: to a person', () => {
    given(inScreening)
      .when(screened('request_information', { ...fail, reasonCode: 'phishing' }))
      .thenVerification(waiting);
  });
});

describe('CompleteScreening again, under review', () => {
  const bySystem = [...inScreening, screened('review', unknown)];

  test('approve, and nobody has acted since the request: approved', () => {
    given(bySystem).when(screened('approve', pass)).thenEvents('ScreeningCompleted', 'VerificationApproved');
  });

  test('approve, but a reviewer has acted: advice', () => {
    given(inReview).when(screened('approve', pass)).thenEvents('ScreeningCompleted');
    given([...bySystem, command('AssignReview', { reviewer: reviewer.id })])
      .when(screened('approve', pass))
      .thenEvents('ScreeningCompleted');
  });

  test('request_information is advice', () => {
    given(bySystem).when(screened('request_information', fail)).thenEvents('ScreeningCompleted');
  });

  test('in a re-review it is advice; before one it has no place', () => {
    given([...verified, command('OpenReReview')])
      .when(screened('approve', pass))
      .thenEvents('ScreeningCompleted');
    given(verified).when(screened('approve', pass)).thenRefused('not_in_this_state');
  });
});

describe('CompleteScreening of a request that comes after one that a person has acted on', () => {
  const asks = command('RequestVerification');

  test.each([
    [
      'withdrawn while a reviewer waited for an answer',
      [command('RequestInformation'), command('WithdrawVerification')],
    ],
    ['rejected', [command('RejectVerification', { ...goodData.RejectVerification, retryable: true })]],
  ])('approve, the one before was %s: to a person', (_how, commands) => {
    given([...inReview, ...commands, asks])
      .when(screened('approve', pass))
      .thenVerification(waiting);
  });

  test('approve, an automatic approval was revoked before: to a person', () => {
    const approved = [...inScreening, screened('approve', pass)];
    const revoked = command('RevokeVerification', { ...goodData.RevokeVerification, retryable: true });
    given([...approved, revoked, asks])
      .when(screened('approve', pass))
      .thenVerification(waiting);
  });

  test('approve, what a provider trusted was revoked before: to a person', () => {
    const revoked = command('RevokeVerification', { ...goodData.RevokeVerification, retryable: true });
    given([...setUp, command('GrandfatherAccount'), revoked, asks])
      .when(screened('approve', pass))
      .thenVerification(waiting);
  });

  test('approve, the one before was withdrawn before anybody acted: approved', () => {
    given([...inScreening, command('WithdrawVerification'), asks])
      .when(screened('approve', pass))
      .thenVerification({ verified: 'current' });
  });
});

describe('SkipScreening', () => {
  test('by a reviewer at any time', () => {
    given(inScreening)
      .when(command('SkipScreening', { reason: 'Known' }, reviewer), minute(8))
      .thenEvents('ScreeningSkipped');
  });

  test('by the system once screenBy has passed, not before: not_due', () => {
    const skip = command('SkipScreening', { reason: 'Checks took too long' }, checks);
    given(inScreening).when(skip, minute(21)).thenRefused('not_due');
    given(inScreening).when(skip, minute(22)).thenEvents('ScreeningSkipped');
  });
});
