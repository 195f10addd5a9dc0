import { closed, command, inReview, rejected, verified } from '../../support/examples.js';
import { given } from '../../support/decideSpecification.js';

const suspended = [...verified, command('SuspendAccount')];
const appeal = command('SubmitAppeal', { against: 'suspension', statement: 'It was a mistake.' });

describe('standing', () => {
  test('a warning may be repeated; a suspension may not', () => {
    given([...verified, command('WarnAccount')])
      .when(command('WarnAccount'))
      .thenEvents('AccountWarned');
    given(suspended).when(command('SuspendAccount')).thenRefused('not_in_this_state');
    given(suspended).when(command('WarnAccount')).thenRefused('not_in_this_state');
  });

  test('reinstating ends a warning and a suspension, and nothing else', () => {
    given([...verified, command('WarnAccount')])
      .when(command('ReinstateAccount'))
      .thenStanding('good');
    given(suspended).when(command('ReinstateAccount')).thenStanding('good');
    given(verified).when(command('ReinstateAccount')).thenRefused('not_in_this_state');
  });

  test('does not touch the review', () => {
    given([...inReview, command('SuspendAccount')])
      .when(command('ApproveVerification'))
      .thenVerification({ verified: 'current' });
  });

  test('one appeal for each suspension, dismissed or answered by reinstating', () => {
    given(suspended).when(appeal).thenStanding({ suspended: 'appealed' });
    given([...suspended, appeal])
      .when(command('DismissAppeal'))
      .thenStanding({ suspended: 'upheld' });
    given([...suspended, appeal])
      .when(appeal)
      .thenRefused('already_appealed');
    given([...suspended, appeal, command('DismissAppeal')])
      .when(appeal)
      .thenRefused('already_appealed');
    given([...suspended, appeal, command('ReinstateAccount'), command('SuspendAccount')])
      .when(appeal)
      .thenStanding({ suspended: 'appealed' });
  });

  test('an account both rejected and suspended has two appeals', () => {
    const both = [...rejected, command('SuspendAccount')];
    given([...both, appeal])
      .when(command('SubmitAppeal'))
      .thenEvents('AppealSubmitted');
    given([...both, command('SubmitAppeal')])
      .when(appeal)
      .thenEvents('AppealSubmitted');
  });
});

describe('a closed account', () => {
  test('takes notifications only', () => {
    given(closed).when(command('RecordNotification')).thenEvents('NotificationSent');
    given(closed).when(command('UpdateContacts')).thenRefused('closed');
    given(closed).when(command('SignUp')).thenRefused('already_signed_up');
  });

  test('grandfathering: from where nothing is under way', () => {
    given([command('SignUp')])
      .when(command('GrandfatherAccount'))
      .thenVerification({ verified: 'current' });
    given(rejected).when(command('GrandfatherAccount')).thenVerification({ verified: 'current' });
    given(inReview).when(command('GrandfatherAccount')).thenRefused('not_in_this_state');
  });
});
