/** As it was is the fold up to there: for every account and revision of random logs with changing policies. */
import { type AccountRow, evolveAccount } from '../../projections/accountRow.js';
import { guideOf } from '../../projections/setupGuide.js';
import type { Account } from '../../src/app/account.js';
import { AccountCache } from '../../src/app/accountCache.js';
import { accountView } from '../../src/app/accountView.js';
import { readAccountThen, type Then } from '../../src/app/asOf.js';
import { recordsOf } from '../../src/domains/records.js';
import { accountOf } from '../../src/events/envelope.js';
import { decode, type RecordedEvent } from '../../src/events/upcast.js';
import { type HistoryView, historyView } from '../../src/history/glance.js';
import { decideGate, gateActions } from '../../src/policy/gate.js';
import { builtInPolicy, policyDocument, type PolicyDocument } from '../../src/policy/policy.js';
import { day } from '../support/examples.js';
import { newGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { publishAt, variantOf } from '../support/policies.js';
import { walkRandomly } from '../support/randomLog.js';

/** Sees each account as it is the moment a command has changed it. */
class Witness extends AccountCache {
  readonly seen = new Map<string, object>();

  override confirmed(account: Account): void {
    const at = account.lastOccurredAt ?? '';
    this.seen.set(`${account.accountId} ${account.revision}`, accountView(account, 'admin', at));
    super.confirmed(account);
  }
}

let gatehouse: TestGatehouse;
let witness: Witness;

/** Walks of accounts, with another policy for each part of them. */
beforeAll(async () => {
  gatehouse = await newGatehouse();
  witness = new Witness(gatehouse.store);
  for (let part = 0; part < 4; part++) {
    const document = variantOf(`policy-${part}`, 10 + part);
    const policy = await publishAt(gatehouse.store, document, day(7 * part));
    const deps = { ...gatehouse.deps, accounts: witness, policy: () => policy };
    await walkRandomly({ ...gatehouse, deps }, 700 + part, 60, 60);
  }
});
afterAll(async () => gatehouse.close());

async function asItWas(accountId: string, then: Then): Promise<HistoryView> {
  const found = await readAccountThen(gatehouse.store, accountId, then);
  if (found.kind !== 'found') throw new Error(`${accountId}: ${found.kind}`);
  return historyView(found, 'admin');
}

/** Guide and gate as projections make them from the events up to one, on their own way. */
function expected(row: AccountRow, policy: PolicyDocument) {
  const context = { policy, position: row.position, mode: 'enforce' } as const;
  return {
    accountId: row.accountId,
    revision: row.revision,
    position: row.position,
    state: row.state,
    policyVersion: policy.version,
    guide: guideOf(row, recordsOf(row.accountId, policy.domains.provider)),
    gate: gateActions.map((action) => decideGate({ action }, row, context)),
  };
}

type Folded = { readonly row: AccountRow; readonly policy: PolicyDocument; readonly event: RecordedEvent };

/** One pass over the whole log: after each event of an account its row, and the policy published last. */
async function* foldedLog(): AsyncGenerator<Folded> {
  const rows = new Map<string, AccountRow>();
  let policy = builtInPolicy;
  for await (const stored of gatehouse.store.readAll()) {
    if (stored.type === 'PolicyPublished') {
      policy = policyDocument.parse(stored.data['document']);
      continue;
    }
    const event = decode(stored);
    const accountId = accountOf(stored.stream) ?? '';
    const row = evolveAccount(rows.get(accountId), event);
    rows.set(accountId, row);
    yield { row, policy, event };
  }
}

test('given random accounts and four policies, then every revision is the fold up to it, under the policy published last before it', async () => {
  const differences: string[] = [];
  const policies = new Set<string>();
  let compared = 0;
  for await (const { row, policy } of foldedLog()) {
    const was = await asItWas(row.accountId, { revision: row.revision });
    const { asOf, ...view } = was;
    const wanted = expected(row, policy);
    if (!matches(view, wanted) || asOf.revision !== row.revision) differences.push(`${row.accountId} ${row.revision}`);
    policies.add(policy.version);
    compared += 1;
  }
  expect(differences).toEqual([]);
  expect(policies.size).toBe(4);
  expect(compared).toBeGreaterThan(1_000);
});

/** Whether a view has these values, to the letter. */
function matches(view: object, wanted: object): boolean {
  const found = view as Record<string, unknown>;
  return Object.entries(wanted).every(([name, value]) => JSON.stringify(found[name]) === JSON.stringify(value));
}

test('given accounts that were seen the moment a command had changed them, then the same is shown later', async () => {
  const differences: string[] = [];
  for (const [key, then] of witness.seen) {
    const [accountId = '', revision] = key.split(' ');
    const {
      asOf: _asOf,
      guide: _guide,
      gate: _gate,
      policyVersion: _version,
      ...view
    } = await asItWas(accountId, {
      revision: Number(revision),
    });
    if (JSON.stringify(view) !== JSON.stringify(then)) differences.push(key);
  }
  expect(differences).toEqual([]);
  expect(witness.seen.size).toBeGreaterThan(1_000);
});

test('given an instant, then it is the longest beginning whose events had all happened, under the policy published by then', async () => {
  const byAccount = new Map<string, Folded[]>();
  for await (const folded of foldedLog()) {
    byAccount.set(folded.row.accountId, [...(byAccount.get(folded.row.accountId) ?? []), folded]);
  }
  const differences: string[] = [];
  for (const [accountId, life] of byAccount) {
    for (const [index, { event }] of life.entries()) {
      const at = event.fact.occurredAt;
      const later = life.slice(index + 1).findIndex((one) => one.event.fact.occurredAt > at);
      const last = later === -1 ? life.at(-1) : life[index + later];
      const inForce = Math.floor((Date.parse(at) - Date.parse(day(0))) / (7 * 86_400_000));
      const policy = variantOf(`policy-${Math.min(3, inForce)}`, 10 + Math.min(3, inForce));
      if (last === undefined) throw new Error('no event');
      if (!matches(await asItWas(accountId, { at }), expected(last.row, policy)))
        differences.push(`${accountId} ${at}`);
    }
  }
  expect(differences).toEqual([]);
});
