/** The built program, run as its users run it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** From dist-bench and from the sources alike, the program is in `dist` of the project folder. */
const program = join(process.cwd(), 'dist/src/cli/gatehouse.js');

export type Ran = {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly json: () => Record<string, unknown>;
};

/** Runs a command to its end. */
export async function run(args: readonly string[], input?: string): Promise<Ran> {
  const child = spawn(process.execPath, [program, ...args], { stdio: 'pipe' });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  child.stdin.end(input ?? '');
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout, stderr, json: () => JSON.parse(stdout) as Record<string, unknown> };
}

export type Served = {
  readonly url: string;
  readonly child: ChildProcess;
  readonly kill: (signal: NodeJS.Signals) => Promise<void>;
  readonly output: () => string;
};

/**
 * Starts the service, and waits until it is ready.
 * @param settings further environment variables
 * @param port a free one unless given, as when it is started once more where it was
 */
export async function serve(data: string, settings: Readonly<Record<string, string>> = {}, port = 0): Promise<Served> {
  const env = { ...process.env, GATEHOUSE_LOG_LEVEL: 'error', ...settings };
  const child = spawn(process.execPath, [program, 'serve', '--data', data, '--port', String(port)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env,
  });
  let output = '';
  const url = await new Promise<string>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the service ended with ${code}: ${output}`)));
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      const found = /API\s+(http:\S+)\/v1/.exec(output)?.[1];
      if (found !== undefined && output.includes('Ctrl-C')) resolve(found);
    });
  });
  const kill = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  };
  return { url, child, kill, output: () => output };
}
