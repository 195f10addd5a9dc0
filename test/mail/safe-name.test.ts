/** Which names of customers stand in the provider's mails. */
import { safeName } from '../../src/mail/safeName.js';

test.each([
  'Acme',
  'Acme.com',
  'Acme.com Services Ltd',
  'J.Smith & Sons Ltd. of St.Gallen',
  'Dr. Anna Müller',
  'Acme (formerly Roadrunner Inc.) and partners',
])('a name: %s', (name) => expect(safeName(name)).toBe(name));

test.each([
  'You won. Go to prizes.com today',
  'Call prizes.com',
  'prizes.com has a present for you',
  'Your account is at risk (prizes.co.uk)',
  'pay at https://prizes.com',
  'see www.prizes.com',
  'prizes.com/now',
  'a@prizes.com wrote to you',
  'x'.repeat(81),
  '\u202E\n',
])('no name: %j', (name) => expect(safeName(name)).toBeUndefined());

test('what is not seen is not sent', () => {
  expect(safeName('Acme\r\nBcc: all@acme.com\u200B')).toBe(undefined);
  expect(safeName('Ac\u0000me\r\n Ltd')).toBe('Ac me Ltd');
});
