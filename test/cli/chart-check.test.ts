/** Before a deploy: a changed chart is held against the histories, and against a log. The program is the built one. */
import { execFile } from 'node:child_process';
import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { accountStream } from '../../src/events/envelope.js';
import { command, informationRequested, secondReviewer, setUp } from '../support/examples.js';
import { type Folder, newFolder } from '../support/folders.js';
import { newGatehouse, type TestGatehouse } from '../support/gatehouse.js';

const root = join(__dirname, '../..');
const histories = join(root, 'test/replay/histories');

let copy: Folder;
let gatehouse: TestGatehouse;

/** A copy of the built program, in which the chart can be changed. */
beforeAll(async () => {
  copy = newFolder();
  for (const name of ['dist', 'package.json']) cpSync(join(root, name), copy.file(name), { recursive: true });
  symlinkSync(join(root, 'node_modules'), copy.file('node_modules'));
  gatehouse = await newGatehouse();
  await gatehouse.walk(setUp, 'birch');
  await gatehouse.walk([...informationRequested, command('SubmitInformation')], 'acme');
  await gatehouse.walk([command('ApproveVerification', {}, secondReviewer)], 'acme');
});
afterAll(async () => {
  copy.remove();
  await gatehouse.close();
});

type Found = { stream: string; accountId: string; revision: number; position: string; type: string; kind: string };
type Checked = { code: number; divergences: readonly Found[]; events: number };

async function check(against: string): Promise<Checked> {
  const args = [copy.file('dist/src/cli/gatehouse.js'), 'chart', 'check', '--against', against, '--json'];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
      if (stdout === '') reject(new Error(stderr));
      else resolve({ code: Number(error?.code ?? 0), ...(JSON.parse(stdout) as Omit<Checked, 'code'>) });
    });
  });
}

/** Runs with a file of the chart changed; the change must be one. */
async function changed<T>(name: string, change: (text: string) => string, run: () => Promise<T>): Promise<T> {
  const file = copy.file(`dist/machines/${name}`);
  const before = readFileSync(file, 'utf8');
  const after = change(before);
  expect(after).not.toBe(before);
  writeFileSync(file, after);
  try {
    return await run();
  } finally {
    writeFileSync(file, before);
  }
}

const log = (): string => `sqlite:${gatehouse.folder.file('events.db')}`;

test('today’s chart passes, on the histories and on a log', async () => {
  expect(await check(histories)).toMatchObject({ code: 0, divergences: [] });
  expect(await check(log())).toMatchObject({ code: 0, divergences: [] });
});

test.each([
  [
    'a tightened guard',
    'account.js',
    (text: string) =>
      text.replace("when(...approval), target: 'verified'", "when(...approval, 'isAssigned'), target: 'verified'"),
    { accountId: 'acme', type: 'VerificationApproved', kind: 'refused' },
  ],
  [
    'a removed state',
    'account.js',
    (text: string) =>
      text
        .replace(/screening: \{\s+on: \{[^]*?(?=\/\/ Reviewers at work)/, '')
        .replaceAll("target: 'screening'", "target: 'pendingReview'"),
    { accountId: 'acme', type: 'VerificationRequested', kind: 'to' },
  ],
  [
    'a renamed event',
    'account.js',
    (text: string) => text.replaceAll('InformationSubmitted: {', 'InformationProvided: {'),
    { accountId: 'acme', type: 'InformationSubmitted', kind: 'refused' },
  ],
])('%s is caught, with the account and the position', async (_what, file, change, expected) => {
  const [onHistories, onLog] = await changed(file, change, async () => [await check(histories), await check(log())]);
  expect(onHistories.code).toBe(1);
  expect(onHistories.divergences).toContainEqual(
    expect.objectContaining({ type: expected.type, kind: expected.kind, accountId: expect.any(String) }),
  );
  expect(onLog.code).toBe(1);
  expect(onLog.divergences).toEqual([expect.objectContaining(expected)]);
  const [found] = onLog.divergences;
  const stored = [];
  for await (const event of gatehouse.store.read(accountStream('acme'))) stored.push(event);
  expect(stored.find(({ position }) => position === found?.position)).toMatchObject({
    type: expected.type,
    revision: found?.revision,
  });
});

test('a file that holds something else than stored events is wrong usage, and says nothing of the chart', async () => {
  const file = gatehouse.folder.file('export.ndjson');
  writeFileSync(file, '{"accountId":"acme","type":"AccountSignedUp"}\n'.repeat(2));
  await expect(check(file)).rejects.toThrow(/export\.ndjson holds no events as they are stored \(line 1: /);
});
