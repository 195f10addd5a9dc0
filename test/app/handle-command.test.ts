import { answerFor } from '../../src/app/answer.js';
import { AccountCache } from '../../src/app/accountCache.js';
import { type CommandResult, handleCommand } from '../../src/app/handleCommand.js';
import { admin, auditor, command, inReview, reviewer, setUp, verified } from '../support/examples.js';
import { newGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { auditLog } from '../support/logAudit.js';

let gatehouse: TestGatehouse;
beforeEach(async () => (gatehouse = await newGatehouse()));
afterEach(async () => gatehouse.close());

const answer = (result: CommandResult) => (result.kind === 'refused' ? result.code : answerFor('admin', result));
const eventsOf = async (stream = 'account-acme') => {
  const found = [];
  for await (const event of gatehouse.store.read(stream)) found.push(event);
  return found;
};

describe('a command is recognised when it comes again', () => {
  test('with the same body: its first result, and nothing is appended', async () => {
    await gatehouse.walk(setUp);
    const first = await gatehouse.send(command('RequestVerification'), { commandId: 'key-1' });
    await gatehouse.walk([command('SkipScreening')]);
    const again = await gatehouse.send(command('RequestVerification'), { commandId: 'key-1' });
    expect(again).toMatchObject({ kind: 'accepted', repeated: true });
    expect(answer(again)).toEqual(answer(first));
    expect(await eventsOf()).toHaveLength(9);
  });

  test('also by a process that has not seen it itself', async () => {
    await gatehouse.walk(setUp);
    const first = await gatehouse.send(command('RequestVerification'), { commandId: 'key-1' });
    const deps = { ...gatehouse.deps, accounts: new AccountCache(gatehouse.store) };
    const again = await handleCommand(deps, {
      accountId: 'acme',
      commandId: 'key-1',
      command: command('RequestVerification'),
    });
    expect(answer(again)).toEqual(answer(first));
  });

  test('with another body: idempotency_key_reused', async () => {
    await gatehouse.send(command('SignUp'), { commandId: 'key-1' });
    const reused = await gatehouse.send(command('SignUp', { ownerEmail: 'else@acme.example' }), { commandId: 'key-1' });
    expect(answer(reused)).toBe('idempotency_key_reused');
  });

  test('a refusal leaves nothing behind: the same id may be accepted later', async () => {
    expect(answer(await gatehouse.send(command('RecordPeopleAdded'), { commandId: 'key-1' }))).toBe('unknown_account');
    await gatehouse.walk([command('SignUp')]);
    expect(await gatehouse.send(command('RecordPeopleAdded'), { commandId: 'key-1' })).toMatchObject({
      kind: 'accepted',
    });
  });

  test('one that changes nothing leaves no id behind', async () => {
    await gatehouse.walk(setUp);
    const unchanged = await gatehouse.send(command('RecordPeopleAdded'), { commandId: 'key-1' });
    expect(unchanged).toMatchObject({ kind: 'unchanged', events: [] });
    expect(await gatehouse.send(command('UpdateContacts'), { commandId: 'key-1' })).toMatchObject({ kind: 'accepted' });
  });
});

describe('many at once on one account', () => {
  test('64 commands: one event a revision, none lost, and the chain verifies', async () => {
    await gatehouse.walk([command('SignUp')]);
    const results = await Promise.all(
      Array.from({ length: 64 }, async (_, index) =>
        gatehouse.send(command('UpdateBusinessProfile', { useCase: `Use ${index}` })),
      ),
    );
    expect(results.every(({ kind }) => kind === 'accepted')).toBe(true);
    expect((await eventsOf()).map(({ revision }) => revision)).toEqual(Array.from({ length: 65 }, (_, index) => index));
    expect((await auditLog(gatehouse.store)).findings).toEqual([]);
  });

  test('64 from eight nodes that know nothing of each other: one event a revision; a loser is refused as a conflict', async () => {
    await gatehouse.walk([command('SignUp')]);
    const nodes = Array.from({ length: 8 }, () => ({ ...gatehouse.deps, accounts: new AccountCache(gatehouse.store) }));
    const results = await Promise.all(
      Array.from({ length: 64 }, async (_, index) => {
        const deps = nodes[index % nodes.length] ?? gatehouse.deps;
        const update = command('UpdateBusinessProfile', { useCase: `Use ${index}` });
        return handleCommand(deps, { accountId: 'acme', commandId: `node-${index}`, command: update });
      }),
    );
    const accepted = results.filter(({ kind }) => kind === 'accepted').length;
    for (const result of results) if (result.kind === 'refused') expect(result.code).toBe('conflict');
    expect(await eventsOf()).toHaveLength(1 + accepted);
    expect((await auditLog(gatehouse.store)).findings).toEqual([]);
  });

  test('one command with one key, 64 times: one event, 64 equal answers, and the chain verifies after the next', async () => {
    await gatehouse.walk(setUp);
    const nodes = [gatehouse.deps, { ...gatehouse.deps, accounts: new AccountCache(gatehouse.store) }];
    const results = await Promise.all(
      Array.from({ length: 64 }, async (_, index) =>
        handleCommand(nodes[index % 2] ?? gatehouse.deps, {
          accountId: 'acme',
          commandId: 'key-1',
          command: command('RequestVerification'),
        }),
      ),
    );
    expect(new Set(results.map((result) => JSON.stringify(answer(result)))).size).toBe(1);
    expect(results[0]).toMatchObject({ kind: 'accepted' });
    await gatehouse.walk([command('SkipScreening')]);
    expect(await eventsOf()).toHaveLength(9);
    expect((await auditLog(gatehouse.store)).findings).toEqual([]);
  });
});

test('a node that has not seen what another one did refuses nothing on old knowledge', async () => {
  await gatehouse.walk(setUp);
  const other = { ...gatehouse.deps, accounts: new AccountCache(gatehouse.store) };
  const send = async (one: Parameters<typeof gatehouse.send>[0], commandId: string) =>
    handleCommand(other, { accountId: 'acme', commandId, command: one });
  expect(await send(command('RecordPeopleAdded'), 'seen-here')).toMatchObject({ kind: 'unchanged' });
  const first = await gatehouse.send(command('RequestVerification'), { commandId: 'key-1' });
  // There it would be not_in_this_state without the request; and the request, sent again there, is recognised.
  expect(await send(command('SkipScreening'), 'skip')).toMatchObject({ kind: 'accepted' });
  await gatehouse.walk([command('ApproveVerification')]);
  expect(answer(await send(command('RequestVerification'), 'key-1'))).toEqual(answer(first));
});

describe('If-Match', () => {
  test('nothing came since: decided', async () => {
    await gatehouse.walk(inReview);
    expect(await gatehouse.send(command('ApproveVerification'), { ifMatch: 8 })).toMatchObject({ kind: 'accepted' });
  });

  test('only an assignment came since: decided, for it does not bear on the decision', async () => {
    await gatehouse.walk([...inReview, command('AssignReview')]);
    expect(await gatehouse.send(command('ApproveVerification'), { ifMatch: 8 })).toMatchObject({ kind: 'accepted' });
  });

  test('evidence came since: stale, saying what came', async () => {
    await gatehouse.walk([...inReview, command('AttachEvidence')]);
    expect(await gatehouse.send(command('ApproveVerification'), { ifMatch: 8 })).toMatchObject({
      kind: 'refused',
      code: 'stale',
      revision: 9,
      changes: [{ revision: 9, type: 'EvidenceAttached' }],
    });
  });

  test('a revision that was never reached: stale', async () => {
    await gatehouse.walk(inReview);
    expect(answer(await gatehouse.send(command('ApproveVerification'), { ifMatch: 99 }))).toBe('stale');
  });
});

describe('roles', () => {
  test('who may not send a command is refused before anything else is looked at', async () => {
    const byReviewer = { ...command('SignUp'), actor: reviewer };
    expect(answer(await gatehouse.send(byReviewer))).toBe('forbidden_role');
  });

  test('an admin may send what a reviewer may; an auditor sends nothing', async () => {
    await gatehouse.walk(inReview);
    const approve = command('ApproveVerification');
    expect(answer(await gatehouse.send({ ...approve, actor: auditor }))).toBe('forbidden_role');
    expect(await gatehouse.send({ ...approve, actor: admin })).toMatchObject({ kind: 'accepted' });
  });
});

test('every event says what it did to the chart, who did it, and under which policy', async () => {
  await gatehouse.walk(verified);
  const last = (await eventsOf()).at(-1);
  expect(last).toMatchObject({
    type: 'VerificationApproved',
    metadata: {
      commandId: 'command-10',
      actor: { type: 'reviewer', id: 'reviewer-1' },
      schemaVersion: 1,
      machineVersion: 1,
      policyVersion: 'built-in-1',
      from: { verification: { pendingReview: { assignment: 'unassigned', approval: 'none' } } },
      to: { verification: { verified: 'current' } },
    },
  });
  const first = (await eventsOf()).at(0);
  expect(first?.metadata).toMatchObject({ previousHash: 'account-acme' });
  expect(await auditLog(gatehouse.store)).toEqual({ events: 11, streams: 2, findings: [] });
});

test('the first start publishes the built-in policy, once', async () => {
  expect(await eventsOf('policy')).toMatchObject([{ type: 'PolicyPublished', data: { version: 'built-in-1' } }]);
});
