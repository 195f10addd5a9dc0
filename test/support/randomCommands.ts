/** Random walks of commands, seeded, that go deep: mostly what is allowed, now and then what is not. */
import { allowedCommands } from '../../src/commands/allowed.js';
import { type CommandName, commandNames } from '../../src/commands/catalogue.js';
import type { Command } from '../../src/commands/decide.js';
import type { AccountSnapshot } from '../../machines/fold.js';
import { admin, checks, command, goodData, item, reasons, reviewer, secondReviewer } from './examples.js';
import { tries } from './explore.js';

/** A small seeded generator of numbers in [0, 1): mulberry32. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const more: readonly Command[] = [
  command('ConfigureChannel', { channelId: 'push-1', kind: 'push' }),
  command('ConfigureChannel', { channelId: 'email-2', kind: 'email', domain: 'news.acme.example' }),
  command('RemoveChannel', { channelId: 'push-1' }),
  command('AddDomain', { domain: 'news.acme.example' }),
  command('RecordDomainCheck', { domain: 'mail.acme.example', outcome: 'failed', records: [] }),
  command('RecordDomainCheck', { domain: 'mail.acme.example', outcome: 'temporary_failure', records: [] }),
  command('RecordDomainCheck', { domain: 'news.acme.example', outcome: 'verified', records: [] }),
  command('RecordMessageCreated', { messageId: 'hello', channelId: 'push-1', name: 'Hello' }),
  command('UpdateBusinessProfile', goodData.RequestVerification),
  command('RequestVerification', {}),
  command('ApproveVerification', { scope: { channelKinds: ['push'] } }, admin),
  command('ProposeApproval', {}, secondReviewer),
  command('WithdrawProposal', {}, secondReviewer),
  command('SuspendAccount', { reasons }, checks),
  command('RejectVerification', { reasons, retryable: true, resubmitUntil: '2026-01-06T00:00:00Z' }, reviewer),
  command('RequestInformation', { items: [item], respondBy: '2026-01-06T00:00:00Z' }),
  command('RecordNotification', { template: 'x', contact: 'owner@acme.example', outcome: 'failed' }),
];

const byName = new Map<CommandName, Command[]>();
for (const one of [...tries, ...more]) byName.set(one.name, [...(byName.get(one.name) ?? []), one]);

function pick<T>(random: () => number, from: readonly T[]): T {
  const found = from[Math.floor(random() * from.length)];
  if (found === undefined) throw new Error('nothing to pick from');
  return found;
}

/** Ends that would make most walks short. */
const rare: ReadonlySet<string> = new Set(['CloseAccount', 'GrandfatherAccount', 'RemoveChannel']);

/** The next command of a walk. */
export function nextCommand(random: () => number, snapshot: AccountSnapshot, now: string): Command {
  const allowed = allowedCommands(snapshot, now);
  const likely = allowed.filter((name) => !rare.has(name));
  const names = random() < 0.9 && likely.length > 0 ? likely : commandNames;
  return pick(random, byName.get(pick(random, names)) ?? []);
}
