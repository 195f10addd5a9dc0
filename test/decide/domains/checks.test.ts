import { type CommandInput } from '../../../src/commands/catalogue.js';
import { command, day, domain, setUp } from '../../support/examples.js';
import { after, given } from '../../support/decideSpecification.js';

type Outcome = CommandInput<'RecordDomainCheck'>['outcome'];
const check = (outcome: Outcome, on = domain) => command('RecordDomainCheck', { domain: on, outcome, records: [] });
const failedOn = (count: number) => ({ at: day(count), command: check('failed') });
const pending = [command('SignUp'), command('AddDomain')];

function domainAfter(...commands: Parameters<typeof after>[0]) {
  return after(commands).context.facts.domains[domain];
}

describe('what a domain check leads to', () => {
  test('given a pending domain, a verified check: verified', () => {
    given(pending).when(check('verified')).thenEvents('DomainVerified');
  });

  test('given a pending domain, a failed check: failed, not lapsed', () => {
    expect(domainAfter(...pending, check('failed'))).toMatchObject({ state: 'failed', lapsed: false });
  });

  test('given a pending domain, a check that could not tell: still pending', () => {
    expect(domainAfter(...pending, check('temporary_failure'))).toMatchObject({ state: 'pending' });
  });

  test('given a verified domain, a check that could not tell: temporaryFailure', () => {
    expect(domainAfter(...setUp, check('temporary_failure'))).toMatchObject({ state: 'temporaryFailure', failures: 0 });
  });

  test('given the same finding again: unchanged', () => {
    given(setUp).when(check('verified')).thenUnchanged();
    given([...setUp, check('temporary_failure')])
      .when(check('temporary_failure'))
      .thenUnchanged();
    given([...pending, check('failed')])
      .when(check('failed'))
      .thenUnchanged();
  });

  test('given a domain that is not the account’s: unknown_domain', () => {
    given(setUp).when(check('verified', 'other.example')).thenRefused('unknown_domain');
  });
});

describe('a verified domain lapses', () => {
  test('not before the policy’s count of failures, however long they last', () => {
    given([...setUp, failedOn(1)])
      .when(check('failed'), day(30))
      .thenEvents('DomainCheckFailed');
  });

  test('not before the policy’s time, however many failures there are', () => {
    expect(domainAfter(...setUp, failedOn(1), failedOn(1), failedOn(1))).toMatchObject({
      state: 'temporaryFailure',
      failures: 3,
    });
    // The count is reached: the same finding again is no news until the time is over, too.
    given([...setUp, failedOn(1), failedOn(1), failedOn(1)])
      .when(check('failed'), day(3))
      .thenUnchanged();
  });

  test('once both are exceeded: failed, marked lapsed', () => {
    const [, lapsed] = given([...setUp, failedOn(1), failedOn(2)])
      .when(check('failed'), day(4))
      .thenEvents('DomainCheckFailed', 'DomainLapsed');
    expect(lapsed?.data).toEqual({ domain, failures: 3, failingSince: day(1) });
  });

  test('and recovers with the next verified check', () => {
    expect(domainAfter(...setUp, failedOn(1), failedOn(2), failedOn(4), check('verified'))).toMatchObject({
      state: 'verified',
      lapsed: false,
      failures: 0,
    });
  });
});

describe('a domain is removed', () => {
  test('not while a channel uses it: domain_in_use', () => {
    given(setUp).when(command('RemoveDomain')).thenRefused('domain_in_use');
  });

  test('once the channel is gone', () => {
    given([...setUp, command('RemoveChannel')])
      .when(command('RemoveDomain'))
      .thenEvents('DomainRemoved');
  });
});
