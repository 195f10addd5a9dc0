/** A long history: what an account of many years goes through, over and over. */
import type { Command } from '../../src/commands/decide.js';
import { command, domain, item, reasons, setUp } from './examples.js';

/** The records that a domain check found, other ones each time: a check that finds the same again appends nothing. */
function records(round: number) {
  return [
    {
      type: 'TXT' as const,
      name: `gh1._domainkey.${domain}`,
      expected: `v=DKIM1; p=key`,
      found: [`key ${round}`],
      ok: false,
    },
    { type: 'MX' as const, name: `bounces.${domain}`, expected: 'mx.provider.example', found: [], ok: false },
  ];
}

/** One round: thirteen events, after which the account is where it was. */
function oneRound(index: number): readonly Command[] {
  return [
    command('RecordMessageCreated', {
      messageId: `message-${index}`,
      channelId: 'email-1',
      name: `Campaign ${index}`,
      subject: `What is new, issue ${index}`,
      body: 'What is new this week. '.repeat(20),
    }),
    command('UpdateContacts', { contacts: [{ email: `tech-${index}@acme.example`, roles: ['technical'] }] }),
    command('RecordDomainCheck', { domain, outcome: 'temporary_failure', records: records(index) }),
    command('RecordDomainCheck', { domain, outcome: 'verified', records: [] }),
    command('RequestVerification'),
    command('SkipScreening'),
    command('AssignReview'),
    command('RequestInformation', { items: [item] }),
    command('SubmitInformation', { answers: [{ requirement: 'use_case', text: `Receipts, as of issue ${index}` }] }),
    command('RecordNotification'),
    command('WarnAccount', { reasons }),
    command('ReinstateAccount'),
    command('WithdrawVerification'),
  ];
}

/** Commands that lead to an account of at least so many events, a few more at most. */
export function longHistory(events: number): readonly Command[] {
  const rounds = Math.ceil((events - setUp.length) / oneRound(0).length);
  return [...setUp, ...Array.from({ length: rounds }, (_, index) => oneRound(index)).flat()];
}
