/**
 * The long work of the audit on a log that is opened for it and closed again: verifying, and proving an account's events.
 * The command line does it, and the service, in a thread beside the requests.
 */
import { closing, type EventStore, EventStoreError } from '../eventStore/eventStore.js';
import { type Bundled, bundleOf } from './bundle.js';
import { type Checkpoint, checkSignature, UnreadableCheckpoint } from './checkpoint.js';
import { type Finding, Findings } from './findings.js';
import { CheckpointFolder } from './folder.js';
import { publicKeyOf } from './key.js';
import { type Verification, verifyLog, type VerifyOptions } from './verify.js';

/** A log as it is opened, and the folder of its checkpoints. */
export type AuditedLog = {
  /** Opens it for reading beside whoever writes it; undefined while there is none. */
  readonly open: () => EventStore | undefined;
  /** The log as it may be shown. */
  readonly described: string;
  /** Whether it is a file of ours: one that cannot be opened was altered, one that is gone was removed. */
  readonly isFile: boolean;
  readonly folder: string;
};

/**
 * Verifies a log and its checkpoints. A log that cannot even be opened was found to be altered, too; so was one that is gone
 * while there are checkpoints of it.
 * @returns undefined when there is no log, and never was one that anybody signed
 * @throws {EventStoreError} when the store cannot be reached
 */
export async function verifyAt(
  { open, described, isFile, folder }: AuditedLog,
  options: Omit<VerifyOptions, 'folder'>,
): Promise<Verification | undefined> {
  const unopened = async (detail: string): Promise<Verification> => {
    const checkpoints = (await new CheckpointFolder(folder).numbers()).length;
    const nothing = { events: 0, streams: 0, verifiedTo: null, uncovered: 0, complete: true };
    return { ...nothing, checkpoints, found: 1, findings: [{ kind: 'log', detail }] };
  };
  try {
    const store = open();
    if (store !== undefined) return await closing(store, async () => verifyLog(store, { folder, ...options }));
  } catch (error) {
    if (isFile && error instanceof EventStoreError && !error.retryable) return unopened(error.message);
    throw error;
  }
  const wasSigned = (await new CheckpointFolder(folder).numbers()).length > 0;
  return wasSigned ? unopened(`${described} is gone: checkpoints were taken of it.`) : undefined;
}

export type ProveRequest = {
  readonly accountId: string;
  /** As of this checkpoint; the newest one unless given. */
  readonly checkpoint?: number | undefined;
  readonly signal: AbortSignal;
  /** Told how many events of how many were gone through. */
  readonly onProgress?: (events: number, total: number) => void;
};

export type Proved =
  | Exclude<Bundled, { readonly kind: 'nothing' | 'differs' }>
  /** There is no checkpoint of this number, or none at all. */
  | { readonly kind: 'no-checkpoint'; readonly newest: number | null }
  /** The key beside the checkpoints is missing. */
  | { readonly kind: 'no-key'; readonly file: string }
  /** The account has no event up to the checkpoint. */
  | { readonly kind: 'no-account'; readonly checkpoint: number }
  /** Something is wrong with the log or its checkpoints. */
  | { readonly kind: 'found'; readonly findings: readonly Finding[] };

/**
 * The bundle of an account, as of a checkpoint that is there.
 * @throws {UnusableKey} when the key beside the checkpoints is none
 * @throws {EventStoreError}
 */
export async function proveAt(
  store: EventStore,
  path: string,
  { accountId, checkpoint: wanted, signal, onProgress }: ProveRequest,
): Promise<Proved> {
  const folder = new CheckpointFolder(path);
  const numbers = await folder.numbers();
  const number = wanted ?? numbers.at(-1);
  if (number === undefined || !numbers.includes(number))
    return { kind: 'no-checkpoint', newest: numbers.at(-1) ?? null };
  const checkpoint = await readOrFinding(folder, number);
  if ('kind' in checkpoint) return { kind: 'found', findings: [checkpoint] };
  const keyFile = `${folder.path}/public-key.pem`;
  const publicKey = await folder.publicKey();
  if (publicKey === undefined) return { kind: 'no-key', file: keyFile };
  const findings = new Findings();
  if (!checkSignature(checkpoint, publicKeyOf(publicKey, keyFile), findings.report)) {
    return { kind: 'found', findings: findings.kept };
  }
  const { events: total } = checkpoint.statement;
  const bundled = await bundleOf(store, {
    accountId,
    checkpoint,
    publicKey,
    signal,
    ...(onProgress === undefined ? {} : { onProgress: (events: number) => onProgress(events, total) }),
  });
  if (bundled.kind === 'nothing') return { kind: 'no-account', checkpoint: number };
  return bundled.kind === 'differs' ? { kind: 'found', findings: [bundled.finding] } : bundled;
}

async function readOrFinding(folder: CheckpointFolder, number: number): Promise<Checkpoint | Finding> {
  try {
    return await folder.read(number);
  } catch (error) {
    if (!(error instanceof UnreadableCheckpoint)) throw error;
    return { kind: 'checkpoint', checkpoint: number, detail: error.message };
  }
}
