/**
 * Every command block of the README is executed, from the first to the last, in one shell, as a newcomer would. Only what
 * the suite has done already is not done again (`npm ci`, `npm test`), and the service takes a free port.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { StandIn } from '../support/eventStoreStandIn/standIn.js';
import { type Folder, newFolder } from '../support/folders.js';

const root = join(__dirname, '../..');
const program = join(root, 'dist/src/cli/gatehouse.js');
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const blocks = [...readme.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, text]) => text ?? '');

const part = (name: string): string =>
  new RegExp(`<!-- ${name} -->\n\`\`\`text\n(.*?)\`\`\``, 's').exec(readme)?.[1] ?? '';

/** Mails that were sent are events, too: which revision an answer reflects depends on the moment. */
const anyRevision = (text: string): string => text.replaceAll(/revision \d+/g, 'revision N');

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** A block as it runs here: on this run's port, and with a folder of its own for what a reader keeps under `/tmp`. */
const here = (block: string, port: number, scratch: string): string =>
  block.replaceAll('127.0.0.1:3000', `127.0.0.1:${port}`).replaceAll('/tmp/', `${scratch}/`);

/** The README's blocks as one script; each is announced, so that its output can be told. */
function scriptOf(port: number, scratch: string): string {
  const shims = [
    // npx takes longer than what it starts: that it finds the program is seen with the first commands.
    `npx() { case "$2" in demo|gate) command npx "$@" ;; *) shift; node '${program}' "$@" ;; esac; }`,
    'set -eu',
    `cd '${root}'`,
    // What `npm ci` and `npm test` do is being done by whoever runs this; `npm start` is the real one, in the background.
    'npm() { case "$1" in ci|test) ;; start) command npm start >"$GATEHOUSE_DATA/service.out" 2>/dev/null & ready ;; esac; }',
    `ready() { for _ in $(seq 200); do curl -sf -o /dev/null http://127.0.0.1:${port}/readyz && return; sleep 0.1; done; exit 9; }`,
    "trap 'kill $(jobs -p) 2>/dev/null || true; wait' EXIT",
  ];
  const announced = blocks.map((text, index) => `printf '\\n=== ${index}\\n'\n${here(text, port, scratch)}`);
  return [...shims, ...announced].join('\n');
}

/** Ends what a shell has left behind: npm passes a signal on to its own child, but not to that one's. */
function endGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGTERM');
  } catch {
    // Nothing is left.
  }
}

let folder: Folder;
let standIn: StandIn;
beforeEach(async () => {
  folder = newFolder();
  standIn = new StandIn();
  await standIn.start();
});
afterEach(() => {
  folder.remove();
  standIn.stop();
});

test.each([
  ['the embedded store', (): Record<string, string> => ({})],
  // The stand-in, or the server that EVENTSTORE_TEST_URL names: an empty one, for `demo` refuses a log with other accounts.
  [
    'EventStoreDB',
    (): Record<string, string> => ({
      GATEHOUSE_EVENT_STORE: process.env['EVENTSTORE_TEST_URL'] ?? standIn.connectionString,
    }),
  ],
])(
  'on %s every command block runs, and answers what the README says',
  async (_store, settings) => {
    expect(blocks.length).toBeGreaterThan(7);
    const port = await freePort();
    const scratch = folder.file('scratch');
    mkdirSync(scratch);
    const env = {
      ...process.env,
      ...settings(),
      GATEHOUSE_DATA: folder.path,
      GATEHOUSE_PORT: String(port),
      GATEHOUSE_LOG_LEVEL: 'silent',
      // As on a machine that has never run `npx gatehouse`.
      npm_config_cache: join(scratch, 'npm'),
    };
    const builtAt = statSync(program).mtimeMs;
    const shell = spawn('bash', ['-c', scriptOf(port, scratch)], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    let [output, errors] = ['', ''];
    shell.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    shell.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    const [code] = (await once(shell, 'close')) as [number | null];
    endGroup(shell.pid);
    // On stderr: npm's warnings about its own configuration, and the copy's progress.
    const complaints = errors.split('\n').filter((line) => line !== '' && !/^(npm warn|copying )/.test(line));
    expect({ code, complaints }).toEqual({ code: 0, complaints: [] });
    // The service ran from what was built before, and still can.
    expect(statSync(program).mtimeMs).toBe(builtAt);
    const said = output.split(/^=== \d+\n/m).slice(1);
    const block = (containing: string): string => said[blocks.findIndex((text) => text.includes(containing))] ?? '';

    expect(readFileSync(folder.file('service.out'), 'utf8')).toMatch(/reviewer\s+gh_reviewer_/);
    expect(anyRevision(block('gatehouse demo'))).toContain(anyRevision(part('denied')));
    expect(anyRevision(block('approve-verification'))).toContain(anyRevision(part('allowed')));
    expect(block('request-verification')).toContain('"status":"in_review"');
    expect(block('request-verification')).toContain('"reasons":["in_review"]');
    expect(block('skip-screening')).toContain('"allowed":true');
    expect(block('skip-screening')).toContain('You are ready to send');
    expect(block('request-verification')).toContain('"mediaType":"text/plain"');
    expect(block('import-verified')).toContain('ALLOWED');
    expect(block('mail preview')).toContain('How do people agree to receive your messages?');
    expect(block('policy publish')).toContain('policy-2');
    expect(block('GateClient')).toBe('live\n\n');
    expect(block('replay walk')).toContain('each as the chart says');
    expect(block('replay --all')).toMatch(
      /each is a legal run of the chart\.\n.*none is refused, none leads elsewhere\./,
    );
    expect(block('backtest')).toContain('request');
    expect(readFileSync(join(scratch, 'report.html'), 'utf8')).toContain('<svg');
    expect(statSync(join(scratch, 'events.parquet')).size).toBeGreaterThan(1_000);
    expect(block('audit verify')).toContain('Nothing was found.');
    // No block was answered with a problem.
    expect(output).not.toContain('urn:gatehouse:problem');
  },
  120_000,
);
