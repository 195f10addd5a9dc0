/** `gatehouse audit`: checkpoints, verification, bundles, the key; the log is only read, beside a running service. */
import { readFile } from 'node:fs/promises';
import { bundleOf, type Bundle } from '../audit/bundle.js';
import type { ChartCheck } from '../audit/chart.js';
import { type Checkpoint, checkSignature, fingerprintOf, UnreadableCheckpoint } from '../audit/checkpoint.js';
import { type Finding, Findings } from '../audit/findings.js';
import { CheckpointFolder } from '../audit/folder.js';
import { openSigningKey, pemOf, publicKeyOf, readSigningKey, UnusableKey } from '../audit/key.js';
import { takeCheckpoint, type Taken } from '../audit/take.js';
import { type Verification, verifyLog } from '../audit/verify.js';
import type { Config } from '../config.js';
import { type EventStore, EventStoreError } from '../eventStore/eventStore.js';
import { describeLog, systemClock } from '../parts.js';
import { UsageError } from './output.js';
import { type Progress, startProgress } from './progress.js';
import { replayInThreads } from './replayThreads.js';
import { eventsUpTo } from '../app/wholeStreams.js';
import { NoLog, withLog } from './withLog.js';

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
 * `gatehouse audit verify`. An embedded log that cannot even be opened was found to be altered, too; so was one that is gone
 * while there are checkpoints of it.
 * @throws {UsageError} when there is no log, and never was one that anybody signed
 */
export async function verifyNow(config: Config, { keyFile, atLeast, signal, chart }: VerifyNow): Promise<Verification> {
  const publicKey = keyFile === undefined ? undefined : await publicKeyIn(keyFile);
  const verify = async (store: EventStore): Promise<Verification> => {
    const progress = phases(await countOf(store));
    try {
      return await verifyLog(store, {
        folder: config.checkpoints.folder,
        ...(publicKey === undefined ? {} : { publicKey }),
        ...(atLeast === undefined ? {} : { atLeast }),
        chart: chart ?? onAllCores(config),
        signal,
        onProgress: progress.update,
      });
    } finally {
      progress.finish();
    }
  };
  try {
    return await withLog(config, verify);
  } catch (error) {
    const isDamaged = config.eventStore.kind === 'sqlite' && error instanceof EventStoreError && !error.retryable;
    if (isDamaged) return unopened(config, { kind: 'log', detail: error.message });
    if (error instanceof NoLog && (await wasSigned(config))) {
      return unopened(config, { kind: 'log', detail: `${describeLog(config)} is gone: checkpoints were taken of it.` });
    }
    throw error;
  }
}

/** The chart on as many cores as there are. */
function onAllCores({ eventStore: log }: Config): ChartCheck {
  return async ({ signal, onProgress }) => replayInThreads({ log, signal, onProgress });
}

async function wasSigned({ checkpoints }: Config): Promise<boolean> {
  return (await new CheckpointFolder(checkpoints.folder).numbers()).length > 0;
}

async function unopened({ checkpoints }: Config, finding: Finding): Promise<Verification> {
  const taken = await new CheckpointFolder(checkpoints.folder).numbers();
  const nothing = { events: 0, streams: 0, verifiedTo: null, uncovered: 0, complete: true };
  return { ...nothing, checkpoints: taken.length, found: 1, findings: [finding] };
}

async function publicKeyIn(file: string) {
  const pem = await readFile(file, 'utf8').catch(() => {
    throw new UsageError(`--public-key ${file} cannot be read.`);
  });
  return withKeys(async () => publicKeyOf(pem, file));
}

/** A progress for each phase. */
function phases(total: number) {
  let current: { readonly phase: string; readonly progress: Progress } | undefined;
  return {
    update: (phase: 'events' | 'chart', done: number): void => {
      if (current?.phase !== phase) {
        current?.progress.finish();
        const progress = startProgress(phase === 'events' ? 'reading' : 'running the chart', total, 'events');
        current = { phase, progress };
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
    const folder = new CheckpointFolder(config.checkpoints.folder);
    const proved = checkpoint === undefined ? await fresh(config, store, signal) : await named(folder, checkpoint);
    if (proved === undefined) return undefined;
    const publicKey = await folder.publicKey();
    if (publicKey === undefined) throw new UsageError(`${folder.path}/public-key.pem is missing. Put it back.`);
    const findings = new Findings();
    const key = await withKeys(async () => publicKeyOf(publicKey, `${folder.path}/public-key.pem`));
    if (!checkSignature(proved, key, findings.report)) throw new AuditFound(findings.kept);
    const { events, number } = proved.statement;
    const progress = startProgress('reading', events, 'events');
    const bundled = await bundleOf(store, {
      accountId,
      checkpoint: proved,
      publicKey,
      signal,
      onProgress: progress.update,
    });
    progress.finish();
    if (bundled.kind === 'bundled') return bundled.bundle;
    if (bundled.kind === 'differs') throw new AuditFound([bundled.finding]);
    if (bundled.kind === 'stopped') return undefined;
    throw new UsageError(`There is no account ${accountId} in checkpoint ${number}.`);
  });
}

async function fresh(config: Config, store: EventStore, signal: AbortSignal): Promise<Checkpoint | undefined> {
  const options = { now: systemClock, signal };
  const taken = await withKeys(async () => takeCheckpoint(store, config.checkpoints, options));
  if (taken.kind === 'refused') throw new AuditFound(taken.findings);
  if (taken.kind === 'empty') throw new UsageError('There is nothing in the log yet.');
  return taken.kind === 'stopped' ? undefined : taken.checkpoint;
}

async function named(folder: CheckpointFolder, number: number): Promise<Checkpoint> {
  if (!(await folder.numbers()).includes(number))
    throw new UsageError(`There is no checkpoint ${number} in ${folder.path}.`);
  try {
    return await folder.read(number);
  } catch (error) {
    if (!(error instanceof UnreadableCheckpoint)) throw error;
    throw new AuditFound([{ kind: 'checkpoint', checkpoint: number, detail: error.message }]);
  }
}
