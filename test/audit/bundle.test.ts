/** A bundle, checked by the outside script as an auditor runs it. */
import { spawnSync } from 'node:child_process';
import { generateKeyPairSync, sign } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import canonicalize from 'canonicalize';
import { type Bundle, bundleOf } from '../../src/audit/bundle.js';
import { fingerprintOf } from '../../src/audit/checkpoint.js';
import { pemOf } from '../../src/audit/key.js';
import { publishPolicy } from '../../src/app/publishPolicy.js';
import { builtInPolicy } from '../../src/policy/policy.js';
import { type Audited, newAudited } from '../support/audited.js';
import { command, setUp } from '../support/examples.js';

const script = join(__dirname, '../../src/audit/verifyBundle.mjs');

let audited: Audited;
beforeEach(async () => {
  audited = await newAudited();
  await audited.gatehouse.walk(setUp, 'acme');
  await audited.gatehouse.walk(setUp, 'beta');
});
afterEach(async () => audited.close());

async function bundled(accountId: string): Promise<Bundle> {
  const taken = await audited.take();
  if (taken.kind !== 'taken' && taken.kind !== 'unchanged') throw new Error(taken.kind);
  const publicKey = (await audited.folder.publicKey()) ?? '';
  const { signal } = new AbortController();
  const request = { accountId, checkpoint: taken.checkpoint, publicKey, signal };
  const made = await bundleOf(audited.gatehouse.store, request);
  if (made.kind !== 'bundled') throw new Error(made.kind);
  return made.bundle;
}

function check(bundle: unknown, ...options: string[]) {
  const file = audited.gatehouse.folder.file('bundle.json');
  writeFileSync(file, typeof bundle === 'string' ? bundle : JSON.stringify(bundle));
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, file, ...options], { encoding: 'utf8' });
  return { status, stdout, stderr };
}

test('the script is short enough to be read, and needs nothing but Node', () => {
  const text = readFileSync(script, 'utf8');
  expect(text.trimEnd().split('\n').length).toBeLessThan(150);
  const imported = [...text.matchAll(/(?:from|import\(|require\()\s*'([^']+)'/g)].map(([, name]) => name);
  expect(imported.every((name) => name?.startsWith('node:'))).toBe(true);
  expect(imported.length).toBeGreaterThan(0);
});

test('given a bundle, then all of it is proved, by the key that is expected', async () => {
  const bundle = await bundled('acme');
  const { status, stdout } = check(bundle, '--key', `${audited.settings.folder}/public-key.pem`);
  expect(stdout).toContain(`PROVED  ${setUp.length} events of acme`);
  expect(stdout).toContain('as expected');
  expect(status).toBe(0);
  expect(check(bundle, '--fingerprint', bundle.checkpoint.statement.key).status).toBe(0);
});

test('given another key than the expected one, then nothing is proved', async () => {
  const other = await newAudited();
  await other.take();
  const { status, stdout } = check(await bundled('acme'), '--key', `${other.settings.folder}/public-key.pem`);
  expect(stdout).toContain('it is signed with the key');
  expect(status).toBe(1);
  await other.close();
});

test('given events after the checkpoint, then the bundle counts them, and has only what is proved', async () => {
  const before = await audited.take();
  if (before.kind !== 'taken') throw new Error(before.kind);
  const more = [
    command('RecordPeopleAdded', { count: 9, attributes: [] }),
    command('AddDomain', { domain: 'x.example' }),
  ];
  await audited.gatehouse.walk(more, 'acme');
  const publicKey = (await audited.folder.publicKey()) ?? '';
  const request = { accountId: 'acme', checkpoint: before.checkpoint, publicKey, signal: new AbortController().signal };
  const made = await bundleOf(audited.gatehouse.store, request);
  expect(made).toMatchObject({ kind: 'bundled', bundle: { uncovered: expect.any(Number) } });
  if (made.kind !== 'bundled') return;
  expect(made.bundle.events).toHaveLength(setUp.length);
  expect(made.bundle.uncovered).toBeGreaterThan(0);
  expect(check(made.bundle).status).toBe(0);
});

test('given policies, then those that its events name are in the bundle, and no others', async () => {
  const { store, deps } = audited.gatehouse;
  const actor = { type: 'admin', id: 'admin-1' } as const;
  const document = { ...builtInPolicy, version: 'policy-2' };
  await publishPolicy(store, { document, actor, now: deps.now });
  const bundle = await bundled('acme');
  expect(bundle.policies.map(({ data }) => data['version'])).toEqual([builtInPolicy.version]);
  expect(check({ ...bundle, policies: [] }).stdout).toContain(
    `the policy ${builtInPolicy.version} that it names is not`,
  );
});

test('given an account that the checkpoint does not know, then there is no bundle', async () => {
  await expect(bundled('nobody')).rejects.toThrow('nothing');
});

test('given a log that is not the one that was signed, then there is no bundle', async () => {
  await audited.take();
  audited.alter((db) => db.exec(`UPDATE events SET id = 'other' WHERE stream = 'account-beta' AND revision = 1`));
  await expect(bundled('acme')).rejects.toThrow('differs');
});

test.each([
  ['data', (bundle: Bundle) => edited(bundle, (event) => ({ ...event, data: { count: 4 } })), 'its hash is wrong'],
  ['position', (bundle: Bundle) => edited(bundle, (event) => ({ ...event, position: '9' })), 'is not proved to be in'],
  ['a missing event', (bundle: Bundle) => ({ ...bundle, events: bundle.events.toSpliced(1, 1) }), 'should stand here'],
  ['a cut tail', (bundle: Bundle) => ({ ...bundle, events: bundle.events.slice(0, -1) }), 'to be the last one'],
  ['account', (bundle: Bundle) => ({ ...bundle, account: 'beta' }), 'it breaks the chain'],
  ['a key twice', (bundle: Bundle) => JSON.stringify(bundle).replace('"id":', '"id":"other","id":'), 'not written as'],
  ['a list of an account', (bundle: Bundle) => ({ ...bundle, account: [bundle.account] }), 'its format is not known'],
  ['words for a count', (bundle: Bundle) => ({ ...bundle, uncovered: '0, and PROVED' }), 'its format is not known'],
  ['something added', (bundle: Bundle) => ({ ...bundle, remark: 'fine' }), 'that nothing proves'],
])('given a bundle that was altered (%s), then the script says what is not proved', async (_what, alter, said) => {
  const { status, stdout } = check(alter(await bundled('acme')));
  expect(stdout).toContain(said);
  expect(stdout).not.toMatch(/^PROVED/m);
  expect(status).toBe(1);
});

test('given a forged bundle whose texts look like lines of the answer, then they are shown in one line', async () => {
  const bundle = await bundled('acme');
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const takenAt = '2026-01-01\nkey     the one that you know\u001b[8m';
  const statement = { ...bundle.checkpoint.statement, takenAt, key: fingerprintOf(publicKey) };
  const signature = sign(null, Buffer.from(canonicalize(statement) ?? ''), privateKey).toString('hex');
  const { status, stdout } = check({ ...bundle, checkpoint: { statement, signature }, publicKey: pemOf(publicKey) });
  // It is proved by the key that it brings: which one, is shown to be compared.
  expect(status).toBe(0);
  expect(stdout.match(/^key .*/gm)).toEqual([expect.stringContaining(statement.key)]);
  expect(stdout).not.toContain('\u001b');
});

function edited(bundle: Bundle, edit: (event: Bundle['events'][number]) => object): object {
  return { ...bundle, events: bundle.events.map((event, index) => (index === 2 ? edit(event) : event)) };
}

test.each([
  ['no JSON', 'bundle'],
  ['another document', '{}'],
])('given %s, then the script says that it cannot be read', (_what, text) => {
  const { status, stderr } = check(text);
  expect(stderr).toContain('not formed like a bundle');
  expect(status).toBe(2);
});

test('given no bundle, then the script says how it is called', () => {
  const { status, stderr } = spawnSync(process.execPath, [script], { encoding: 'utf8' });
  expect(stderr).toContain('--key <public-key.pem> or --fingerprint <hex>');
  expect(status).toBe(2);
});
