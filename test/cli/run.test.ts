import { readFileSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { Command } from '../../src/commands/decide.js';
import { backend, command, goodData, minute, reviewer, verified } from '../support/examples.js';
import { type Folder, newFolder } from '../support/folders.js';
import { run } from '../support/program.js';

let folder: Folder;
beforeEach(() => (folder = newFolder()));
afterEach(() => folder.remove());

const line = (accountId: string, index: number, { name, data, actor }: Command, at: string | null = minute(index)) =>
  JSON.stringify({
    commandId: `${accountId}#${index}`,
    accountId,
    command: name,
    ...(at === null ? {} : { at }),
    actor,
    data,
  });

const history = (accountId: string): string[] => verified.map((one, index) => line(accountId, index + 1, one));

const file = (lines: readonly string[], name = 'commands.ndjson'): string => {
  writeFileSync(folder.file(name), `${lines.join('\n')}\n`);
  return folder.file(name);
};
const runFile = async (path: string) => run(['run', path, '--data', folder.path, '--json']);
const rejects = (name = 'commands.ndjson') =>
  readFileSync(folder.file(`rejects/${name}.rejects.ndjson`), 'utf8')
    .trim()
    .split('\n')
    .filter((text) => text !== '')
    .map((text) => JSON.parse(text) as Record<string, unknown>);

const nothing = {
  read: 0,
  accepted: 0,
  unchanged: 0,
  repeated: 0,
  refused: 0,
  malformed: 0,
  accounts: 0,
  refusedBy: {},
  states: {},
};

test('given a file of history, when it is run, then it is in the log as it happened', async () => {
  const ran = await runFile(file([...history('acme'), ...history('birch').slice(0, 8)]));
  expect(ran.code).toBe(0);
  expect(ran.json()).toEqual({
    ...nothing,
    read: 18,
    accepted: 18,
    accounts: 2,
    states: { verified: 1, screening: 1 },
  });
  const shown = (await run(['show', 'acme', '--data', folder.path, '--json'])).json();
  expect(shown).toMatchObject({ status: 'verified', revision: 9 });
  expect((shown['timeline'] as { occurredAt: string }[]).at(0)).toMatchObject({
    occurredAt: minute(1),
    actor: backend,
  });
});

test('given a file that was run, when it is run again, then nothing new is accepted and the log is the same', async () => {
  const late = line('acme', 40, command('ApproveVerification'), minute(5));
  const path = file([...history('acme'), late]);
  const first = (await runFile(path)).json();
  const before = readFileSync(folder.file('events.db'));
  const second = await runFile(path);
  expect(first).toMatchObject({ accepted: 10, refused: 1 });
  expect(second.json()).toEqual({
    ...nothing,
    read: 11,
    repeated: 10,
    refused: 1,
    accounts: 1,
    refusedBy: { 'ApproveVerification@verified': 1 },
    states: { verified: 1 },
  });
  expect(readFileSync(folder.file('events.db')).equals(before)).toBe(true);
});

test('given a run that was stopped half-way, when the file is run whole, then the log is the same as in one go', async () => {
  const lines = ['acme', 'birch', 'cedar'].flatMap(history).toSorted(() => 0);
  await runFile(file(lines.slice(0, 17), 'half.ndjson'));
  const whole = (await runFile(file(lines))).json();
  expect(whole).toMatchObject({ read: 30, repeated: 17, accepted: 13, refused: 0, states: { verified: 3 } });
});

test('given refused lines, then they are reported with number, state and reason, and the exit code is 0', async () => {
  const ran = await runFile(file([...history('acme'), line('acme', 11, command('RequestVerification'), minute(20))]));
  expect(ran.code).toBe(0);
  expect(ran.json()).toMatchObject({ refused: 1, refusedBy: { 'RequestVerification@verified': 1 } });
  expect(rejects()).toMatchObject([
    {
      line: 11,
      commandId: 'acme#11',
      state: 'verified',
      code: 'not_in_this_state',
      detail: expect.any(String) as unknown,
    },
  ]);
});

test('given a line before what the account has seen, when it is new, then it is out_of_order', async () => {
  await runFile(file(history('acme'), 'first.ndjson'));
  const ran = await runFile(file([line('acme', 99, command('UpdateContacts'), minute(2))]));
  expect(ran.json()).toMatchObject({ refused: 1, refusedBy: { 'UpdateContacts@verified': 1 } });
  expect(rejects()).toMatchObject([{ code: 'out_of_order' }]);
});

test('given lines that are malformed, then each is reported, the others go on, and the exit code is 1', async () => {
  const signUp = line('acme', 1, command('SignUp'));
  const ran = await runFile(
    file([
      'not json',
      signUp,
      JSON.stringify({ commandId: 'x', accountId: 'acme', command: 'Explode', actor: backend, data: {} }),
      JSON.stringify({
        commandId: 'y',
        accountId: 'acme',
        command: 'RecordPeopleAdded',
        actor: backend,
        data: { count: 0, attributes: [] },
      }),
      line('acme', 5, command('UpdateContacts'), '2999-01-01T00:00:00.000Z'),
      '{"commandId":"z"}',
    ]),
  );
  expect(ran.code).toBe(1);
  expect(ran.json()).toMatchObject({ read: 6, accepted: 1, malformed: 5 });
  expect(rejects().map((entry) => [entry['line'], entry['malformed']])).toEqual([
    [1, 'not JSON'],
    [3, 'command: there is no command Explode'],
    [4, expect.stringContaining('data.count')],
    [5, expect.stringContaining('future')],
    [6, expect.stringContaining('accountId')],
  ]);
});

test('roles hold for lines as for requests', async () => {
  const byReviewer = { ...command('SignUp'), actor: reviewer };
  const ran = await runFile(file([line('acme', 1, byReviewer)]));
  expect(ran.json()).toMatchObject({ refused: 1, accounts: 0, refusedBy: { 'SignUp@none': 1 } });
});

test('gzip is recognised by its content, and standard input is a file, too', async () => {
  writeFileSync(folder.file('packed'), gzipSync(history('acme').join('\n')));
  expect((await runFile(folder.file('packed'))).json()).toMatchObject({ read: 10, accepted: 10 });
  const piped = await run(['run', '-', '--data', folder.path, '--json'], `${history('birch').join('\n')}\n`);
  expect(piped.json()).toMatchObject({ read: 10, accepted: 10 });
});

test('a line without `at` happens now', async () => {
  await runFile(file([line('acme', 1, command('SignUp', goodData.SignUp), null)]));
  const { timeline } = (await run(['show', 'acme', '--data', folder.path, '--json'])).json() as {
    timeline: { occurredAt: string }[];
  };
  expect(Date.now() - Date.parse(timeline[0]?.occurredAt ?? '')).toBeLessThan(60_000);
});

test('a file that is not there, or a flag that is not known: exit code 2, and what to do', async () => {
  expect(await run(['run', folder.file('nowhere'), '--data', folder.path])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('There is no file') as unknown,
  });
  expect(await run(['run', '--what'])).toMatchObject({ code: 2 });
});
