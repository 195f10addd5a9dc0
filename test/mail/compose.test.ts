/** What mails say, to whom in which language, and what they never say. */
import { stateOf } from '../../machines/fold.js';
import type { Command } from '../../src/commands/decide.js';
import { decide } from '../../src/commands/decide.js';
import { composeMail, type MailContent } from '../../src/mail/compose.js';
import { dateInWords, type MailLocale, mailLocale } from '../../src/mail/locale.js';
import { type Notice, noticeOf } from '../../src/mail/notice.js';
import { sampleNotice } from '../../src/mail/sample.js';
import { policyInGerman } from '../../src/mail/texts/policy.de.js';
import { builtInPolicy, mailTemplates } from '../../src/policy/policy.js';
import { after } from '../support/decideSpecification.js';
import { command, inReview, item, minute, reasons, start, verified } from '../support/examples.js';

const provider = { name: 'Sendwell', dashboardUrl: 'https://app.sendwell.example/' };

function mail(notice: Notice, locale: MailLocale = 'en', other: { name?: string; company?: string } = {}): MailContent {
  const { name, company = 'Acme' } = other;
  return composeMail({
    accountId: 'acme',
    company,
    notice,
    to: { email: 'owner@acme.example', roles: ['owner'], locale, ...(name === undefined ? {} : { name }) },
    provider,
    reference: '0123456789abcdef',
  });
}

/** The notice of the last command's last event, after commands that led there. */
function noticeAfter(commands: readonly Command[], last: Command): Notice | undefined {
  const decision = decide(last, after(commands), builtInPolicy, minute(60));
  if (decision.kind !== 'accepted') throw new Error(JSON.stringify(decision));
  const fact = decision.steps.at(-1)?.fact;
  const { context } = decision.snapshot;
  return fact && noticeOf(fact, { facts: context.facts, state: stateOf(decision.snapshot) }, builtInPolicy);
}

function mailAfter(commands: readonly Command[], last: Command, locale: MailLocale = 'en'): MailContent {
  const notice = noticeAfter(commands, last);
  if (notice === undefined) throw new Error('nothing to tell');
  return mail(notice, locale);
}

/** Text without its line breaks, to look for sentences in it. */
const flat = (text: string): string => text.replaceAll(/\s+/g, ' ');

/** HTML as a reader sees it. */
const seen = (html: string): string =>
  flat(
    html
      .replace(/<head>[^]*<\/head>/, '')
      .replaceAll(/<[^>]+>/g, ' ')
      .replaceAll('&#39;', "'")
      .replaceAll('&quot;', '"')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&amp;', '&'),
  );

test.each([
  ['request_received', 'en', 'We received your request to start sending with Sendwell', 'no more than 2 working days'],
  ['request_received', 'de', 'Ihre Anfrage bei Sendwell ist angekommen', 'nicht länger als 2 Arbeitstage'],
  [
    'information_requested',
    'en',
    'We have a few questions about your account',
    'Please answer by Wednesday, 4 February 2026, 09:00 UTC.',
  ],
  [
    'information_requested',
    'de',
    'Wir haben einige Fragen zu Ihrem Konto',
    'Bitte antworten Sie bis Mittwoch, 4. Februar 2026, 09:00 Uhr (UTC).',
  ],
  ['information_reminder', 'en', 'Reminder: our questions are still open', 'have not heard back yet'],
  ['information_reminder', 'de', 'Erinnerung: Unsere Fragen sind noch offen', 'noch keine Antwort bekommen'],
  ['expired', 'en', 'Your request ended without an answer', 'you can send us a new request whenever you are ready'],
  ['expired', 'de', 'Ihre Anfrage ist ohne Antwort abgelaufen', 'Sie können jederzeit eine neue Anfrage stellen'],
  ['approved', 'en', 'Your account is verified: you can start sending', 'up to 5,000 messages a day'],
  ['approved', 'de', 'Ihr Konto ist verifiziert: Sie können jetzt senden', 'bis zu 5.000 Nachrichten am Tag'],
  [
    'rejected',
    'en',
    'About your request to start sending with Sendwell',
    'a new request until Sunday, 5 April 2026, 09:00 UTC',
  ],
  ['rejected', 'de', 'Zu Ihrer Anfrage bei Sendwell', 'bis Sonntag, 5. April 2026, 09:00 Uhr (UTC) eine neue Anfrage'],
  ['revoked', 'en', 'Your account may no longer send', 'From now on nothing is sent'],
  ['revoked', 'de', 'Ihr Konto darf nicht mehr senden', 'Ab sofort wird nichts mehr gesendet'],
  ['warned', 'en', 'Please take a look at how your account sends', 'Acme can go on sending'],
  ['warned', 'de', 'Bitte sehen Sie sich an, wie Ihr Konto sendet', 'Das Konto von Acme kann weiter senden'],
  ['suspended', 'en', 'Sending is stopped for your account', 'you can also appeal, once'],
  ['suspended', 'de', 'Der Versand für Ihr Konto ist angehalten', 'können Sie auch einmal Einspruch einlegen'],
] as const)('%s in %s: its subject, and what matters in text and HTML alike', (template, locale, subject, sentence) => {
  const content = mail(sampleNotice(template, start), locale);
  expect(content.subject).toBe(subject);
  expect(flat(content.text)).toContain(sentence);
  expect(seen(content.html)).toContain(sentence);
  for (const form of [flat(content.text), seen(content.html)]) {
    expect(form).toContain('0123456789abcdef');
    expect(form).toContain('Sendwell');
    expect(form).not.toMatch(/undefined|null|\[object|\$\{/);
  }
  expect(content.html).toContain(`<html lang="${locale}">`);
  expect(Math.max(...content.text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
});

test('every template is rendered above', () => {
  expect(mailTemplates).toHaveLength(9);
});

test.each(mailTemplates)(
  '%s needs nothing from elsewhere: no script, picture, font or style sheet; links lead to the dashboard',
  (template) => {
    for (const locale of ['en', 'de'] as const) {
      const { html } = mail(sampleNotice(template, start), locale);
      expect(html).not.toMatch(/<(script|img|link|iframe|form|table|object)\b|\ssrc=|url\(|@import|\son\w+=/i);
      const hrefs = [...html.matchAll(/href="([^"]+)"/g)].map(([, href]) => href);
      expect(hrefs.length).toBeGreaterThan(0);
      for (const href of hrefs) expect(href).toMatch(/^https:\/\/app\.sendwell\.example\/\S*\?account=acme$/);
    }
  },
);

test('questions: each with what it is about and its words, and the page where they are answered', () => {
  const { text, html } = mailAfter(inReview, command('RequestInformation', { items: [item] }));
  expect(flat(text)).toContain('What you will send What will you send?');
  expect(seen(html)).toContain('We have one question');
  expect(text).toContain('https://app.sendwell.example/verification/questions?account=acme');
  expect(text).toContain('Without an answer by then, the request ends.');
});

test('questions in a re-review: sending goes on', () => {
  const { text } = mailAfter([...verified, command('OpenReReview')], command('RequestInformation', { items: [item] }));
  expect(flat(text)).toContain('You can go on sending in the meantime.');
});

test('a final rejection says that it is final, and that there is one appeal', () => {
  const { text } = mailAfter(inReview, command('RejectVerification', { reasons, retryable: false }));
  expect(flat(text)).toContain('This decision is final');
  expect(flat(text)).toContain('you can appeal once');
  expect(flat(text)).not.toContain('new request');
  expect(text).toContain('https://app.sendwell.example/verification/appeal?account=acme');
  expect(flat(text)).toContain('We could not see how people sign up.');
});

test('a rejection on appeal says that the decision stands, and offers no further appeal', () => {
  const appealed = [...inReview, command('RejectVerification'), command('SubmitAppeal')];
  const second = command('RejectVerification', { reasons, retryable: true }, { type: 'reviewer', id: 'reviewer-2' });
  const { subject, text } = mailAfter(appealed, second);
  expect(subject).toBe('About your appeal');
  expect(flat(text)).toContain('we stay with it');
  expect(text).not.toContain('/verification/appeal');
});

test('an approval of a suspended account does not promise that it can send', () => {
  const { subject, text } = mailAfter([...inReview, command('SuspendAccount')], command('ApproveVerification'));
  expect(subject).toBe('Your account is verified');
  expect(flat(text)).toContain('Sending stays off for now');
  expect(flat(text)).not.toContain('reach the people you write to');
});

test('an approval tells its scope, and not whether a person gave it', () => {
  const approve = command('ApproveVerification', { scope: { messageTypes: ['newsletter'], limits: { perDay: 200 } } });
  const { text } = mailAfter(inReview, approve);
  expect(flat(text)).toContain('What newsletters');
  expect(flat(text)).toContain('up to 200 messages a day');
  expect(text).not.toMatch(/automatic|reviewer/i);
});

test('nobody is told when questions of a re-review run out: nothing is to be done', () => {
  const asked = [
    ...verified,
    command('OpenReReview'),
    command('RequestInformation', { items: [item], respondBy: minute(30) }),
  ];
  expect(noticeAfter(asked, command('ExpireInformationRequest'))).toBeUndefined();
});

test('notes, findings, internal codes and who decided are in no mail', () => {
  const canary = 'CANARY';
  const reviewer = { type: 'reviewer', id: `${canary}-reviewer` } as const;
  const inner = [
    { code: 'fraud' as const, customerMessage: 'Please read our terms.' },
    { code: 'linked_to_suspended_account' as const, customerMessage: 'Please read our terms.' },
  ];
  const internalNote = `${canary} note`;
  const screened = command('CompleteScreening', {
    policyVersion: 'built-in-1',
    findings: [{ check: canary, outcome: 'fail', reasonCode: 'fraud', detail: canary }],
    recommendation: 'review',
  });
  const asked = command(
    'RequestInformation',
    { items: [{ ...item, reasonCode: 'purchased_list_suspected' }], internalNote },
    reviewer,
  );
  const base = [...inReview, screened];
  const lasts: [readonly Command[], Command][] = [
    [base, asked],
    [base, command('ApproveVerification', { note: internalNote }, reviewer)],
    [base, command('RejectVerification', { reasons: inner, retryable: true, internalNote }, reviewer)],
    [verified, command('RevokeVerification', { reasons: inner, retryable: false, internalNote }, reviewer)],
    [base, command('WarnAccount', { reasons: inner, internalNote }, reviewer)],
    [base, command('SuspendAccount', { reasons: inner, internalNote }, reviewer)],
  ];
  for (const [commands, last] of lasts) {
    for (const locale of ['en', 'de'] as const) {
      const said = JSON.stringify(mailAfter(commands, last, locale));
      expect(said).not.toContain(canary);
      expect(said).not.toMatch(/fraud|linked_to|purchased|list_suspected|terms_of_service/);
    }
  }
});

describe('names that customers chose', () => {
  test('are text, never HTML', () => {
    const { html } = mail(sampleNotice('warned', start), 'en', {
      name: `<b onmouseover="x">"Owner" & 'Co'</b>`,
      company: '<script>alert(1)<script>',
    });
    expect(html).not.toMatch(/<script|<b /);
    expect(html).toContain('&lt;b onmouseover=&quot;x&quot;&gt;&quot;Owner&quot; &amp; &#39;Co&#39;&lt;/b&gt;');
  });

  test.each([
    ['https://evil.example/win'],
    ['Win now at www.evil.example'],
    ['evil.com/login'],
    ['A name that is a whole message and goes on and on until it has said what it wanted to say'],
    ['\u202e\u200b'],
  ])('%j is left out', (name) => {
    const { text, html } = mail(sampleNotice('approved', start), 'en', { name, company: name });
    expect(text).toContain('Hello,\n');
    expect(flat(text)).toContain('Good news: your account is verified');
    expect(text + html).not.toContain('evil');
  });

  test('lose line breaks and characters that are not seen', () => {
    const { text } = mail(sampleNotice('approved', start), 'en', { name: 'Owner\r\nBcc: all@\u202eacme.example' });
    expect(text).toContain('Hello Owner Bcc: all@ acme.example,');
  });

  test.each(['Booking.com', 'Møller A/S', 'Müller & Söhne', '株式会社アクメ'])('%s stays as it is', (company) => {
    expect(mail(sampleNotice('approved', start), 'en', { company }).text).toContain(company);
  });
});

describe('languages', () => {
  test.each([
    [['de-CH'], 'de'],
    [['DE'], 'de'],
    [['en-US', 'de'], 'en'],
    [['fr', 'de'], 'en'],
    [[undefined, 'de-AT'], 'de'],
    [[], 'en'],
  ] as const)('%j reads %s', (tags, locale) => {
    expect(mailLocale(...tags)).toBe(locale);
  });

  test('dates are in UTC, and say so', () => {
    expect(dateInWords('2026-12-31T23:05:00.000Z', 'en')).toBe('Thursday, 31 December 2026, 23:05 UTC');
    expect(dateInWords('2026-03-01T00:00:00.000Z', 'de')).toBe('Sonntag, 1. März 2026, 00:00 Uhr (UTC)');
  });

  test('what the built-in policy says to customers has a German form', () => {
    const said = [...Object.values(builtInPolicy.questions), ...builtInPolicy.abuse.thresholds].map((one) =>
      'message' in one ? one.message : one.customerMessage,
    );
    expect(said.filter((message) => !policyInGerman.has(message))).toEqual([]);
  });

  test('what a reviewer wrote is passed on as written', () => {
    const { text } = mailAfter(inReview, command('RejectVerification', { reasons, retryable: true }), 'de');
    expect(flat(text)).toContain('Wie sich Menschen anmelden We could not see how people sign up.');
  });
});
