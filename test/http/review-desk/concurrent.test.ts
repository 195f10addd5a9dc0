/** Decisions that meet: pinned to what the reviewer saw, taken by two persons, and at the same moment on two nodes. */
import { AccountCache } from '../../../src/app/accountCache.js';
import { handleCommand } from '../../../src/app/handleCommand.js';
import type { Command } from '../../../src/commands/decide.js';
import type { Fact } from '../../../src/events/fact.js';
import { decode } from '../../../src/events/upcast.js';
import type { Actor } from '../../../src/events/vocabulary.js';
import { command, inReview, owner, reasons, rejected, reviewer, secondReviewer } from '../../support/examples.js';
import { auditLog } from '../../support/logAudit.js';
import { type DeskAnswer, newReviewDesk, type ReviewDesk } from '../../support/reviewDesk.js';

let desk: ReviewDesk;
beforeEach(async () => (desk = await newReviewDesk()));
afterEach(async () => {
  expect((await auditLog(desk.gatehouse.store)).findings).toEqual([]);
  await desk.close();
});

const people: readonly Actor[] = Array.from({ length: 8 }, (_, index) => ({
  type: 'reviewer',
  id: `reviewer-${index + 1}`,
}));

async function factsOf(accountId: string): Promise<Fact[]> {
  const found: Fact[] = [];
  for await (const event of desk.gatehouse.store.read(`account-${accountId}`)) found.push(decode(event).fact);
  return found;
}

let ids = 0;
/** A command through another node: one that has no memory in common with the service. */
const elsewhere = async (accountId: string, one: Command) =>
  handleCommand(
    { ...desk.commands, accounts: new AccountCache(desk.gatehouse.store) },
    { accountId, commandId: `elsewhere-${++ids}`, command: one },
  );
const codesOf = (answers: readonly DeskAnswer[]): string[] =>
  answers
    .map(({ status, body }) => (status === 200 ? 'accepted' : `${status} ${String(body['code'])}`))
    .sort((a, b) => (a < b ? -1 : 1));

const decisionTypes = ['VerificationApproved', 'VerificationRejected'];

describe('a decision pinned to what the reviewer saw', () => {
  test.each<[string, Command, string]>([
    ['new evidence', command('AttachEvidence'), 'EvidenceAttached'],
    ['a changed profile', command('UpdateBusinessProfile', { useCase: 'Something else' }), 'BusinessProfileUpdated'],
    ['a waiver by a colleague', command('WaiveRequirement'), 'RequirementWaived'],
    ['a proposal by a colleague', command('ProposeApproval', {}, secondReviewer), 'ApprovalProposed'],
    ['further findings', command('CompleteScreening'), 'ScreeningCompleted'],
    [
      'a domain that fails',
      command('RecordDomainCheck', { domain: 'mail.acme.example', outcome: 'failed', records: [] }),
      'DomainCheckFailed',
    ],
    ['an abuse signal', command('RecordAbuseSignal'), 'AbuseSignalRecorded'],
  ])('%s came since: 412 with what changed; looked at again, it goes through', async (_name, meanwhile, type) => {
    await desk.gatehouse.walk(inReview);
    const seen = await desk.page(reviewer, 'acme');
    await desk.gatehouse.walk([meanwhile]);
    for (const [name, data] of [
      ['ApproveVerification', {}],
      ['RejectVerification', { reasons, retryable: true }],
      [
        'RequestInformation',
        { items: [{ requirement: 'use_case', reasonCode: 'incomplete_information', message: 'What?' }] },
      ],
    ] as const) {
      const answer = await desk.post(reviewer, 'acme', name, data as never, { 'If-Match': seen.etag ?? '' });
      expect(answer).toMatchObject({
        status: 412,
        body: { code: 'stale', revision: 9, changes: [{ revision: 9, type }] },
      });
    }
    const again = await desk.page(reviewer, 'acme');
    const rejection = { reasons, retryable: true };
    expect(
      await desk.post(reviewer, 'acme', 'RejectVerification', rejection, { 'If-Match': again.etag ?? '' }),
    ).toMatchObject({ status: 200 });
  });

  test('what does not bear on it does not make it stale', async () => {
    await desk.gatehouse.walk(inReview);
    const seen = await desk.page(reviewer, 'acme');
    await desk.gatehouse.walk([command('AssignReview'), command('EscalateReview'), command('RecordNotification')]);
    expect(await desk.post(reviewer, 'acme', 'ApproveVerification', {}, { 'If-Match': seen.etag ?? '' })).toMatchObject(
      { status: 200 },
    );
  });

  test('evidence and approval at the same moment, twenty-four times: never an approval after evidence that was not seen', async () => {
    const outcomes = new Set<number>();
    for (let round = 0; round < 24; round++) {
      const accountId = `acme-${round}`;
      await desk.gatehouse.walk(inReview, accountId);
      const attach = async (): Promise<unknown> =>
        round % 2 === 0
          ? elsewhere(accountId, command('AttachEvidence'))
          : desk.gatehouse.send(command('AttachEvidence'), { accountId });
      const approve = async (): Promise<DeskAnswer> =>
        desk.post(reviewer, accountId, 'ApproveVerification', {}, { 'If-Match': '"8"' });
      // The request over HTTP takes longer to arrive; so now the one is earlier, now the other.
      const both =
        round % 4 < 2
          ? [attach(), approve()]
          : [approve().finally(() => undefined), later(outcomes.has(200) ? round % 8 : round * 10).then(attach)];
      const answer = (await Promise.all(both)).find(
        (one): one is DeskAnswer => typeof (one as DeskAnswer).status === 'number',
      );
      const types = (await factsOf(accountId)).map(({ type }) => type);
      const [attached, approved] = [types.indexOf('EvidenceAttached'), types.indexOf('VerificationApproved')];
      expect(attached).toBeGreaterThan(0);
      if (approved > 0) expect(approved).toBeLessThan(attached);
      else expect(answer).toMatchObject({ status: 412, body: { changes: [{ type: 'EvidenceAttached' }] } });
      outcomes.add(answer?.status ?? 0);
    }
    expect(outcomes).toEqual(new Set([200, 412]));
  });
});

const later = async (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

test('sixteen conflicting decisions at once, half of them on another node: exactly one wins', async () => {
  for (let round = 0; round < 8; round++) {
    const accountId = `acme-${round}`;
    await desk.gatehouse.walk(inReview, accountId);
    const reject = { reasons, retryable: true };
    const [here, there] = await Promise.all([
      Promise.all(
        people.map(async (person, index) =>
          index % 2 === 0
            ? desk.post(person, accountId, 'ApproveVerification', {}, { 'If-Match': '"8"' })
            : desk.post(person, accountId, 'RejectVerification', reject, { 'If-Match': '"8"' }),
        ),
      ),
      Promise.all(
        people.map(async (person, index) =>
          elsewhere(
            accountId,
            index % 2 === 0
              ? command('ApproveVerification', {}, person)
              : command('RejectVerification', reject, person),
          ),
        ),
      ),
    ]);
    const won =
      here.filter(({ status }) => status === 200).length + there.filter(({ kind }) => kind === 'accepted').length;
    expect(won).toBe(1);
    const decided = (await factsOf(accountId)).filter(({ type }) => decisionTypes.includes(type));
    expect(decided).toHaveLength(1);
    for (const answer of here.filter(({ status }) => status !== 200)) {
      expect(answer).toMatchObject({ status: 412, body: { changes: [{ type: decided[0]?.type }] } });
    }
    for (const result of there.filter(({ kind }) => kind !== 'accepted')) {
      expect(result).toMatchObject({ kind: 'refused', code: 'not_in_this_state' });
    }
  }
});

describe('two persons', () => {
  test('the proposer is refused; with ten tries at once beside a second person, that person approves', async () => {
    await desk.gatehouse.walk([...inReview, command('ProposeApproval')]);
    expect(await desk.post(reviewer, 'acme', 'ApproveVerification', {})).toMatchObject({
      status: 409,
      body: { code: 'self_approval' },
    });
    const answers = await Promise.all([
      ...Array.from({ length: 10 }, async () => desk.post(reviewer, 'acme', 'ApproveVerification', {})),
      desk.post(secondReviewer, 'acme', 'ApproveVerification', {}),
    ]);
    expect(answers.at(-1)).toMatchObject({ status: 200 });
    for (const code of codesOf(answers.slice(0, -1)))
      expect(['409 self_approval', '409 not_in_this_state']).toContain(code);
    expect((await factsOf('acme')).at(-1)).toMatchObject({ type: 'VerificationApproved', actor: secondReviewer });
  });

  test('eight reviewers who all propose and all approve at once, on two nodes: one proposal, and never its author’s approval', async () => {
    for (let round = 0; round < 6; round++) {
      const accountId = `acme-${round}`;
      await desk.gatehouse.walk(inReview, accountId);
      await Promise.all([
        ...people.map(async (person) => desk.post(person, accountId, 'ProposeApproval', {})),
        ...people.map(async (person) => elsewhere(accountId, command('ProposeApproval', {}, person))),
      ]);
      await Promise.all([
        ...people.map(async (person) => desk.post(person, accountId, 'ApproveVerification', {})),
        ...people.map(async (person) => elsewhere(accountId, command('ApproveVerification', {}, person))),
      ]);
      const facts = await factsOf(accountId);
      const proposed = facts.filter(({ type }) => type === 'ApprovalProposed');
      const approved = facts.filter(({ type }) => type === 'VerificationApproved');
      expect([proposed.length, approved.length]).toEqual([1, 1]);
      expect(approved[0]?.actor.id).not.toBe(proposed[0]?.actor.id);
    }
  });
});

describe('appeals', () => {
  const grant = command('ApproveVerification', {}, reviewer);
  const uphold = command('RejectVerification', { reasons, retryable: true }, reviewer);

  test('who rejected is refused either way, however often at once; a second reviewer decides', async () => {
    await desk.gatehouse.walk([...rejected, command('SubmitAppeal')]);
    const tries = Array.from({ length: 12 }, async (_, index) =>
      index % 2 === 0
        ? desk.post(reviewer, 'acme', 'ApproveVerification', {})
        : desk.post(reviewer, 'acme', 'RejectVerification', { reasons, retryable: true }),
    );
    const beside = [elsewhere('acme', grant), elsewhere('acme', uphold)];
    expect(new Set(codesOf(await Promise.all(tries)))).toEqual(new Set(['409 same_reviewer_on_appeal']));
    expect((await Promise.all(beside)).map((one) => one.kind === 'refused' && one.code)).toEqual([
      'same_reviewer_on_appeal',
      'same_reviewer_on_appeal',
    ]);
    const [mine, theirs] = await Promise.all([
      desk.post(reviewer, 'acme', 'ApproveVerification', {}),
      desk.post(secondReviewer, 'acme', 'ApproveVerification', {}),
    ]);
    expect(theirs).toMatchObject({ status: 200, body: { status: 'verified' } });
    expect(mine?.status).toBe(409);
  });

  test('a rejection, the appeal against it, and decisions by everybody at once, on two nodes: the appeal is never decided by its author', async () => {
    for (let round = 0; round < 8; round++) {
      const accountId = `acme-${round}`;
      await desk.gatehouse.walk(inReview, accountId);
      const appeal = command('SubmitAppeal', { against: 'verification', statement: 'People tick a box.' }, owner);
      await Promise.all([
        elsewhere(accountId, uphold),
        ...Array.from({ length: 4 }, async (_, index) => later(index).then(async () => elsewhere(accountId, appeal))),
        ...people
          .slice(0, 2)
          .flatMap((person) =>
            [1, 2, 3].map(async (pause) =>
              later(pause * 2).then(async () =>
                desk.post(person, accountId, 'RejectVerification', { reasons, retryable: true }),
              ),
            ),
          ),
      ]);
      const facts = await factsOf(accountId);
      let rejectedBy: string | undefined;
      let underAppeal = false;
      for (const { type, actor } of facts) {
        if (type === 'AppealSubmitted') underAppeal = true;
        if (type !== 'VerificationRejected') continue;
        if (underAppeal) expect(actor.id).not.toBe(rejectedBy);
        rejectedBy = actor.id;
        underAppeal = false;
      }
      expect(facts.filter(({ type }) => type === 'VerificationRejected').length).toBeGreaterThan(0);
    }
  });
});
