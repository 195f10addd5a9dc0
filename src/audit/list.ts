/** The checkpoints of a folder as a list. */
import { UnreadableCheckpoint } from './checkpoint.js';
import type { CheckpointFolder } from './folder.js';

/** A checkpoint as its file says, none of it verified; only number, file and problem where it cannot be read. */
export type ListedCheckpoint = {
  readonly number: number;
  /** The name of its file, in the folder. */
  readonly file: string;
  readonly takenAt: string | null;
  readonly position: string | null;
  readonly events: number | null;
  readonly streams: number | null;
  /** The fingerprint of the key that it is signed with. */
  readonly key: string | null;
  /** The hash of the one before; null in the first. */
  readonly previous: string | null;
  /** Why its file cannot be read. */
  readonly problem: string | null;
};

const nothing = { takenAt: null, position: null, events: null, streams: null, key: null, previous: null };

/**
 * Checkpoints, the newest first; none where there is no folder.
 * @param before only those of a lower number
 */
export async function listCheckpoints(
  folder: CheckpointFolder,
  limit: number,
  before = Infinity,
): Promise<ListedCheckpoint[]> {
  const numbers = (await folder.numbers()).filter((number) => number < before);
  return Promise.all(
    numbers
      .slice(-limit)
      .toReversed()
      .map(async (number) => listed(folder, number)),
  );
}

async function listed(folder: CheckpointFolder, number: number): Promise<ListedCheckpoint> {
  const file = folder.nameOf(number);
  try {
    const { takenAt, position, events, streams, key, previous } = (await folder.read(number)).statement;
    return { number, file, takenAt, position, events, streams, key, previous, problem: null };
  } catch (error) {
    if (!(error instanceof UnreadableCheckpoint)) throw error;
    return { number, file, ...nothing, problem: error.message };
  }
}
