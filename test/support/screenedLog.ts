/**
 * A log of requests that were really screened: findings of every kind, people's approvals with and without a proposal,
 * and what became of the senders later. Each account has a story, drawn from a seed, from which a test can say by itself
 * what any policy leads to.
 */
import { handleCommand } from '../../src/app/handleCommand.js';
import { policyOf } from '../../src/app/policySource.js';
import { publishPolicy } from '../../src/app/publishPolicy.js';
import type { CommandInput } from '../../src/commands/catalogue.js';
import type { Command } from '../../src/commands/decide.js';
import { plusMinutes } from '../../src/events/time.js';
import type { PolicyDocument } from '../../src/policy/policy.js';
import { recommend } from '../../src/policy/recommend.js';
import { admin, command, item, reasons, reviewer, secondReviewer, setUp, start } from './examples.js';
import type { TestGatehouse } from './gatehouse.js';
import { seeded } from './randomCommands.js';

type Findings = CommandInput<'CompleteScreening'>['findings'];

const pass = { check: 'website', outcome: 'pass' } as const;

/** What the checks found, by what it is to the built-in policy. */
export const findingsOf = {
  all_passed: [pass, { check: 'blocklist', outcome: 'pass' }],
  question: [pass, { check: 'sign-up', outcome: 'fail', reasonCode: 'opt_in_unclear' }],
  to_review: [{ check: 'website', outcome: 'fail', reasonCode: 'phishing' }, pass],
  no_question: [pass, { check: 'footer', outcome: 'fail', reasonCode: 'privacy_policy_missing' }],
  unknown: [pass, { check: 'blocklist', outcome: 'unknown' }],
  none: [],
} as const satisfies Record<string, Findings>;
export type FindingKind = keyof typeof findingsOf;

export type Story = {
  readonly accountId: string;
  readonly findings: FindingKind;
  readonly screened: boolean;
  /** Whether the request says who is written to. */
  readonly audience: boolean;
  readonly suspendedBefore: boolean;
  /** What a person does with it, where it comes to one. */
  readonly person: 'approves' | 'proposes, another approves' | 'rejects' | 'nothing';
  /** What the customer does with questions of screening: answer, and be screened again with everything passed, or give up. */
  readonly customer: 'answers' | 'withdraws';
  /** What becomes of the sender. */
  readonly later: 'nothing' | 'warned' | 'suspended' | 'revoked' | 'signals';
  /** Whether a rejected one asks once more. */
  readonly asksAgain: boolean;
};

/** So many stories; the same seed tells the same ones. */
export function stories(seed: number, count: number): Story[] {
  const random = seeded(seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  return Array.from({ length: count }, (_, index) => ({
    accountId: `story-${index}`,
    // Half of the requests have nothing against them, as in life.
    findings: random() < 0.5 ? 'all_passed' : pick(Object.keys(findingsOf) as FindingKind[]),
    screened: random() < 0.9,
    audience: random() < 0.6,
    suspendedBefore: random() < 0.1,
    person: pick(['approves', 'approves', 'proposes, another approves', 'rejects', 'nothing'] as const),
    customer: pick(['answers', 'withdraws'] as const),
    later: pick(['nothing', 'nothing', 'warned', 'suspended', 'revoked', 'signals'] as const),
    asksAgain: random() < 0.5,
  }));
}

/** What the story's request leads to at its screening, under a policy that approves what passed. */
export type Led = 'approved' | 'asked' | 'review' | 'skipped';

/** Writes the stories under a policy, which is published first. One account after the other; a minute a command. */
export async function writeStories(
  gatehouse: TestGatehouse,
  told: readonly Story[],
  policy: PolicyDocument,
): Promise<void> {
  let minutes = 0;
  const now = (): string => plusMinutes(start, minutes++);
  await publishPolicy(gatehouse.store, { document: policy, actor: admin, now });
  const deps = { ...gatehouse.deps, policy: () => policyOf(policy), now };
  for (const story of told) {
    let sent = 0;
    const send = async (one: Command): Promise<readonly string[]> => {
      const commandId = `${story.accountId}-${sent++}`;
      const result = await handleCommand(deps, { accountId: story.accountId, commandId, command: one });
      if (result.kind === 'refused') throw new Error(`${story.accountId} ${one.name}: ${result.code}`);
      return result.events.map(({ type }) => type);
    };
    await tell(story, policy, send);
  }
}

type Send = (one: Command) => Promise<readonly string[]>;

async function tell(story: Story, policy: PolicyDocument, send: Send): Promise<void> {
  for (const one of setUp) await send(one);
  if (story.suspendedBefore) await send(command('SuspendAccount', { reasons }, reviewer));
  await request(story, send);
  const led = await screen(story, policy, send);
  if (led === 'asked' && story.customer === 'withdraws') {
    await send(command('WithdrawVerification'));
    return;
  }
  let approved = led === 'approved';
  if (led === 'asked') {
    await send(command('SubmitInformation', { answers: [{ requirement: 'subscription_process', text: 'A box' }] }));
    approved = (await screen({ ...story, findings: 'all_passed' }, policy, send)) === 'approved';
  }
  if (!approved) {
    approved = await byPerson(story, send);
    if (story.person === 'rejects' && story.asksAgain) {
      await request(story, send);
      await screen(story, policy, send);
    }
  }
  await afterwards(story, approved, send);
}

async function request({ audience }: Story, send: Send): Promise<void> {
  const data = { website: 'https://acme.example', technicalContact: { name: 'T', email: 'tech@acme.example' } };
  const who = audience ? { audience: 'Customers of our shop' } : {};
  await send(command('RequestVerification', { ...data, useCase: 'Receipts', ...who }));
}

async function screen({ screened, findings }: Story, policy: PolicyDocument, send: Send): Promise<Led> {
  if (!screened) {
    await send(command('SkipScreening', { reason: 'The checks do not run' }, reviewer));
    return 'skipped';
  }
  const found = [...findingsOf[findings]];
  const { recommendation } = recommend(found, policy);
  const types = await send(
    command('CompleteScreening', { policyVersion: policy.version, findings: found, recommendation }),
  );
  if (types.includes('VerificationApproved')) return 'approved';
  return types.includes('InformationRequested') ? 'asked' : 'review';
}

async function byPerson({ person }: Story, send: Send): Promise<boolean> {
  if (person === 'nothing') {
    await send(command('RequestInformation', { items: [item] }));
    return false;
  }
  if (person === 'rejects') {
    await send(command('RejectVerification', { reasons, retryable: true }));
    return false;
  }
  if (person === 'proposes, another approves') await send(command('ProposeApproval', {}, reviewer));
  await send(command('ApproveVerification', {}, secondReviewer));
  return true;
}

async function afterwards({ later, suspendedBefore }: Story, approved: boolean, send: Send): Promise<void> {
  if (later === 'warned' && !suspendedBefore) await send(command('WarnAccount', { reasons }, reviewer));
  if (later === 'suspended' && !suspendedBefore) await send(command('SuspendAccount', { reasons }, reviewer));
  if (later === 'revoked' && approved) await send(command('RevokeVerification', { reasons, retryable: true }));
  if (later === 'signals') {
    for (const rate of [0.001, 0.002]) {
      await send(command('RecordAbuseSignal', { kind: 'complaints', rate, source: 'feedback loop' }));
    }
  }
}
