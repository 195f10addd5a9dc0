import { command, goodData, inReview, minute, rejected, setUp, day } from '../../support/examples.js';
import { given } from '../../support/decideSpecification.js';

describe('RequestVerification is accepted', () => {
  test('given an account that is set up, with the fields in the command', () => {
    const [fact] = given(setUp).when(command('RequestVerification'), minute(60)).thenEvents('VerificationRequested');
    expect(fact?.data).toMatchObject({
      website: 'https://acme.example',
      sampleMessage: { messageId: 'welcome' },
      screenBy: minute(75),
      approvalRequirements: ['company_website', 'technical_contact', 'use_case', 'sample_message', 'domain_verified'],
    });
  });

  test('given the fields in the profile, with an empty command', () => {
    const profile = command('UpdateBusinessProfile', goodData.RequestVerification);
    given([...setUp, profile])
      .when(command('RequestVerification', {}))
      .thenVerification('screening');
  });

  test('given a withdrawn request', () => {
    given([...inReview, command('WithdrawVerification')])
      .when(command('RequestVerification'))
      .thenVerification('screening');
  });

  test('given a retryable rejection, within its window', () => {
    given(rejected).when(command('RequestVerification'), day(80)).thenVerification('screening');
  });
});
