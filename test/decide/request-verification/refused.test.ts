import { command, goodData, inReview, reasons, rejected, setUp, day, minute } from '../../support/examples.js';
import { given } from '../../support/decideSpecification.js';

const signedUp = [command('SignUp')];

describe('RequestVerification is refused', () => {
  test('given no account: unknown_account', () => {
    given([]).when(command('RequestVerification')).thenRefused('unknown_account');
  });

  test('given nothing set up: setup_incomplete, naming each step', () => {
    given(signedUp)
      .when(command('RequestVerification'))
      .thenRefused(
        'setup_incomplete',
        'people_added',
        'events_received',
        'channel_configured',
        'first_message_created',
      );
  });

  test('given neither command nor profile say what for: setup_incomplete, naming the fields', () => {
    given(setUp)
      .when(command('RequestVerification', {}))
      .thenRefused('setup_incomplete', 'company_website', 'technical_contact', 'use_case');
  });

  test('given a request under review: not_in_this_state', () => {
    given(inReview).when(command('RequestVerification')).thenRefused('not_in_this_state');
  });

  test('given a sample message that does not exist: unknown_message', () => {
    const data = { ...goodData.RequestVerification, sampleMessage: { messageId: 'nowhere' } };
    given(setUp).when(command('RequestVerification', data)).thenRefused('unknown_message');
  });

  test('given sample evidence that does not exist: unknown_evidence', () => {
    const data = { ...goodData.RequestVerification, sampleMessage: { evidenceId: 'nowhere' } };
    given(setUp).when(command('RequestVerification', data)).thenRefused('unknown_evidence');
  });

  test('given a final rejection: not_retryable', () => {
    given([...inReview, command('RejectVerification', { reasons, retryable: false })])
      .when(command('RequestVerification'))
      .thenRefused('not_retryable');
  });

  test('given a window that is over: window_closed', () => {
    given(rejected).when(command('RequestVerification'), day(100)).thenRefused('window_closed');
  });

  test('given a window that was closed by the timer: window_closed, whatever the clock says', () => {
    const closedWindow = { at: day(95), command: command('CloseResubmissionWindow') };
    given([...rejected, closedWindow])
      .when(command('RequestVerification'), minute(60))
      .thenRefused('window_closed');
  });
});
