import { command, domain, inReview } from '../../support/examples.js';
import { given } from '../../support/decideSpecification.js';
import { builtInPolicy } from '../../../src/policy/policy.js';

const otherDomain = 'news.acme.example';
const reviewed = [command('RequestVerification'), command('SkipScreening')];
const base = [command('SignUp'), command('RecordPeopleAdded'), command('RecordEventsReceived')];

describe('ApproveVerification needs its requirements', () => {
  test('given domain A verified and an e-mail channel on B: requirements_missing', () => {
    const onB = command('ConfigureChannel', { channelId: 'email-2', kind: 'email', domain: otherDomain });
    given([...inReview, onB])
      .when(command('ApproveVerification'))
      .thenRefused('requirements_missing', 'domain_verified');
  });

  test('given a push-only account: approved, for there is no domain to verify', () => {
    const push = command('ConfigureChannel', { channelId: 'push-1', kind: 'push' });
    const message = command('RecordMessageCreated', { messageId: 'hello', channelId: 'push-1', name: 'Hello' });
    given([...base, push, message, ...reviewed])
      .when(command('ApproveVerification'))
      .thenEvents('VerificationApproved');
  });

  test('given the last channel removed under review: setup_incomplete', () => {
    given([...inReview, command('RemoveChannel')])
      .when(command('ApproveVerification'))
      .thenRefused('setup_incomplete', 'channel_configured');
  });

  test('given a domain in temporaryFailure: requirements_missing', () => {
    const failing = command('RecordDomainCheck', { domain, outcome: 'temporary_failure', records: [] });
    given([...inReview, failing])
      .when(command('ApproveVerification'))
      .thenRefused('requirements_missing', 'domain_verified');
  });

  test('given the requirement waived: approved', () => {
    const failing = command('RecordDomainCheck', { domain, outcome: 'temporary_failure', records: [] });
    given([...inReview, failing, command('WaiveRequirement')])
      .when(command('ApproveVerification'))
      .thenEvents('VerificationApproved');
  });

  test('given a waiver of the request before: it fell with the withdrawal', () => {
    const failing = command('RecordDomainCheck', { domain, outcome: 'temporary_failure', records: [] });
    given([...inReview, failing, command('WaiveRequirement'), command('WithdrawVerification'), ...reviewed])
      .when(command('ApproveVerification'))
      .thenRefused('requirements_missing', 'domain_verified');
  });

  test('given a policy that asks for the audience, when the request did not say: requirements_missing', () => {
    const policy = { ...builtInPolicy, request: { ...builtInPolicy.request, ask: ['audience' as const] } };
    given(inReview, policy).when(command('ApproveVerification')).thenRefused('requirements_missing', 'audience');
  });
});
