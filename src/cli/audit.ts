/** `gatehouse audit`: checkpoints, verification, bundles, the key; the log is only read, beside a running service. */
import { readFile } from 'node:fs/promises';
import type { Bundle } from '../audit/bundle.js';
import type { ChartCheck } from '../audit/chart.js';
import { fingerprintOf } from '../audit/checkpoint.js';
import type { Finding } from '../audit/findings.js';
import { CheckpointFolder } from '../audit/folder.js';
import { openSigningKey, pemOf, publicKeyOf, readSigningKey, UnusableKey } from '../audit/key.js';
import { takeCheckpoint, type Taken } from '../audit/take.js';
import type { Verification, VerifyPhase } from '../audit/verify.js';
import { proveAt, verifyAt } from '../audit/work.js';
import type { Config } from '../config.js';
import { type EventStore, eventsUpTo } from '../eventStore/eventStore.js';
import { auditedLog, systemClock } from '../parts.js';
import { UsageError } from './output.js';
import { type Progress, startProgress } from './progress.js';
import { replayInThreads } from './replayThreads.js';
import { noLog, withLog } from './withLog.js';

/** Something is wrong with the log or its checkpoints. */
export class AuditFound extends Error {
  override readonly name = 'AuditFound';
  constructor(readonly findings: readonly Finding[]) {
    super(`${findings.length} findings`);
  }
}

/** A key that is none is the mistake of the one who calls. */
async function withKeys<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof UnusableKey ? new UsageError(error.message) : error;
  }
}

/** About how many events there are, where positions count them; 0 where they do not, or where nothing can be read. */
async function countOf(store: EventStore): Promise<number> {
  return eventsUpTo(await store.head().catch((): undefined => undefined));
}

/** `gatehouse audit checkpoint`. */
export async function takeNow(config: Config, signal: AbortSignal): Promise<Taken> {
  return withLog(config, async (store) => {
    const progress = startProgress('reading', await countOf(store), 'events');
    try {
      const options = { now: systemClock, signal, onProgress: progress.update };
      return await withKeys(async () => takeCheckpoint(store, config.checkpoints, options));
    } finally {
      progress.finish();
    }
  });
}

export type VerifyNow = {
  /** A file with the public key that was kept elsewhere. */
  readonly keyFile?: string | undefined;
  /** The number of a checkpoint that must be there. */
  readonly atLeast?: number | undefined;
  readonly signal: AbortSignal;
  /** Another way to run the chart. */
  readonly chart?: ChartCheck;
};

/**
 * `gatehouse audit verify`: see `verifyAt`.
 * @throws {UsageError} when there is no log, and never was one that anybody signed
 */
export async function verifyNow(config: Config, { keyFile, atLeast, signal, chart }: VerifyNow): Promise<Verification> {
  const publicKey = keyFile === undefined ? undefined : await publicKeyIn(keyFile);
  const progress = phases();
  try {
    const verification = await verifyAt(auditedLog(config), {
      ...(publicKey === undefined ? {} : { publicKey }),
      ...(atLeast === undefined ? {} : { atLeast }),
      chart: chart ?? onAllCores(config),
      signal,
      onProgress: progress.update,
    });
    if (verification === undefined) throw noLog(config);
    return verification;
  } finally {
    progress.finish();
  }
}

/** The chart on as many cores as there are. */
function onAllCores({ eventStore: log }: Config): ChartCheck {
  return async ({ signal, onProgress }) => replayInThreads({ log, signal, onProgress });
}

async function publicKeyIn(file: string) {
  const pem = await readFile(file, 'utf8').catch(() => {
    throw new UsageError(`--public-key ${file} cannot be read.`);
  });
  return withKeys(async () => publicKeyOf(pem, file));
}

const phaseLabels = { events: 'reading', store: 'checking the file', chart: 'running the chart' } as const;

/** A progress for each phase. */
function phases() {
  let current: { readonly phase: VerifyPhase; readonly progress: Progress } | undefined;
  return {
    update: (phase: VerifyPhase, done: number, total: number): void => {
      if (current?.phase !== phase) {
        current?.progress.finish();
        current = { phase, progress: startProgress(phaseLabels[phase], total, 'events') };
      }
      current.progress.update(done);
    },
    finish: (): void => current?.progress.finish(),
  };
}

export type PublicKey = { readonly publicKey: string; readonly fingerprint: string };

/** `gatehouse audit key`: of the private key where it is here, else the one beside the checkpoints; made where neither is. */
export async function keyNow({ checkpoints }: Config): Promise<PublicKey> {
  return withKeys(async () => {
    const { folder, keyFile } = checkpoints;
    const own = (await readSigningKey(keyFile))?.publicKey;
    const kept = own === undefined ? await new CheckpointFolder(folder).publicKey() : undefined;
    const key = own ?? (kept === undefined ? undefined : publicKeyOf(kept, `${folder}/public-key.pem`));
    const publicKey = key ?? (await openSigningKey(keyFile)).publicKey;
    return { publicKey: pemOf(publicKey), fingerprint: fingerprintOf(publicKey) };
  });
}

export type BundleNow = { readonly accountId: string; readonly checkpoint?: number; readonly signal: AbortSignal };

/**
 * `gatehouse audit bundle`: as of a fresh checkpoint, unless one is named.
 * @returns undefined when it was stopped
 * @throws {AuditFound} when the log is not what was signed
 * @throws {UsageError} when there is no such account or checkpoint
 */
export async function bundleNow(
  config: Config,
  { accountId, checkpoint, signal }: BundleNow,
): Promise<Bundle | undefined> {
  return withLog(config, async (store) => {
    const number = checkpoint ?? (await fresh(config, store, signal));
    if (number === undefined) return undefined;
    let progress: Progress | undefined;
    const onProgress = (events: number, total: number): void =>
      (progress ??= startProgress('reading', total, 'events')).update(events);
    const { folder } = config.checkpoints;
    const request = { accountId, checkpoint: number, signal, onProgress };
    const proved = await withKeys(async () => proveAt(store, folder, request));
    progress?.finish();
    if (proved.kind === 'bundled') return proved.bundle;
    if (proved.kind === 'stopped') return undefined;
    if (proved.kind === 'found') throw new AuditFound(proved.findings);
    if (proved.kind === 'no-key') throw new UsageError(`${proved.file} is missing. Put it back.`);
    if (proved.kind === 'no-checkpoint') throw new UsageError(`There is no checkpoint ${number} in ${folder}.`);
    throw new UsageError(`There is no account ${accountId} in checkpoint ${number}.`);
  });
}

/** The number of a checkpoint that is taken now; undefined when it was stopped. */
async function fresh(config: Config, store: EventStore, signal: AbortSignal): Promise<number | undefined> {
  const options = { now: systemClock, signal };
  const taken = await withKeys(async () => takeCheckpoint(store, config.checkpoints, options));
  if (taken.kind === 'refused') throw new AuditFound(taken.findings);
  if (taken.kind === 'empty') throw new UsageError('There is nothing in the log yet.');
  return taken.kind === 'stopped' ? undefined : taken.checkpoint.statement.number;
}
