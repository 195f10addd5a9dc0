/**
 * `npm run test:alterations -- [count] [seed]`: alterations of logs, checkpoints and bundles, 100,000 unless told
 * otherwise, on as many cores as there are; each must be found.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { type Altered, alterMany, type Tally } from '../support/alterations/run.js';

const wanted = Number(process.argv[2] ?? 100_000);
const seed = Number(process.argv[3] ?? 1);

/** How many accounts walk in each log. */
const accounts = 36;

/** A share of the work, in a process of its own. */
type Share = { readonly count: number; readonly seed: number };
type Message = { readonly made: number } | { readonly altered: Altered };

async function doShare({ count, seed: own }: Share): Promise<void> {
  const send = (message: Message): void => void process.send?.(message);
  send({ altered: await alterMany({ count, seed: own, accounts }, (made) => send({ made })) });
}

async function haveDone(share: Share, onProgress: (made: number) => void): Promise<Altered> {
  const child = fork(fileURLToPath(import.meta.url), [String(share.count), String(share.seed), 'share']);
  let altered: Altered | undefined;
  child.on('message', (message: Message) => {
    if ('made' in message) onProgress(message.made);
    else altered = message.altered;
  });
  const [code] = (await once(child, 'close')) as [number | null];
  if (altered === undefined) throw new Error(`a share ended with ${code}, and without its figures`);
  return altered;
}

function added(all: Record<string, Tally>, { tallies }: Altered): void {
  for (const [kind, { made, found }] of Object.entries(tallies)) {
    const before = all[kind] ?? { made: 0, found: 0 };
    all[kind] = { made: before.made + made, found: before.found + found };
  }
}

if (process.argv[4] === 'share') {
  await doShare({ count: wanted, seed });
} else {
  const workers = availableParallelism();
  const done = new Map<number, number>();
  const progress = (worker: number, made: number): void => {
    done.set(worker, made);
    const sum = [...done.values()].reduce((total, one) => total + one, 0);
    if (made % 2_500 === 0) process.stdout.write(`${sum} of ${wanted} alterations\n`);
  };
  const shares = Array.from({ length: workers }, (_, worker) => ({
    count: Math.floor(wanted / workers) + (worker < wanted % workers ? 1 : 0),
    seed: seed * 100 + worker,
  }));
  const results = await Promise.all(shares.map((share, worker) => haveDone(share, (made) => progress(worker, made))));
  const all: Record<string, Tally> = {};
  for (const one of results) added(all, one);
  for (const [kind, { made, found }] of Object.entries(all)) {
    process.stdout.write(`${kind.padEnd(42)} ${String(made).padStart(7)} made ${String(found).padStart(7)} found\n`);
  }
  const missed = results.flatMap((one) => one.missed);
  for (const one of missed.slice(0, 50)) process.stdout.write(`MISSED  ${one}\n`);
  const made = Object.values(all).reduce((sum, tally) => sum + tally.made, 0);
  process.stdout.write(`${made} alterations, ${made - missed.length} found, ${missed.length} missed\n`);
  process.exitCode = missed.length === 0 ? 0 : 1;
}
