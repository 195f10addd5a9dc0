/** Holds a log, read once from its beginning, against checkpoints: each stretch between two of them by itself. */
import type { KeyObject } from 'node:crypto';
import type { Position, StoredEvent } from '../eventStore/eventStore.js';
import {
  type ChangedHead,
  type Checkpoint,
  checkOrder,
  checkSignature,
  treeOf,
  UnreadableCheckpoint,
} from './checkpoint.js';
import type { Finding, Findings, Report } from './findings.js';
import type { CheckpointFolder } from './folder.js';
import { eventLeaf, type Head, headsTree } from './leaves.js';
import { MerkleTree } from './merkle.js';

/** A checkpoint that can be relied on, and whether the one before it could. */
type Sound = { readonly checkpoint: Checkpoint; readonly followsSound: boolean };

/**
 * The checkpoints of a folder that are signed by the key; what is wrong with the others, and with their sequence, is
 * reported. Their heads are not read yet.
 */
async function soundCheckpoints(folder: CheckpointFolder, publicKey: KeyObject, report: Report): Promise<Sound[]> {
  const sound: Sound[] = [];
  let before: Checkpoint | undefined;
  let expected = 1;
  for (const number of await folder.numbers()) {
    for (; expected < number; expected++) {
      report({
        kind: 'checkpoint-missing',
        checkpoint: expected,
        detail: 'There is a later one, and this one is missing.',
      });
    }
    expected = number + 1;
    const checkpoint = await readable(folder, number, report);
    if (checkpoint === undefined || !checkSignature(checkpoint, publicKey, report)) continue;
    checkOrder(checkpoint, before, report);
    sound.push({ checkpoint, followsSound: number === (before?.statement.number ?? 0) + 1 });
    before = checkpoint;
  }
  return sound;
}

async function readable(folder: CheckpointFolder, number: number, report: Report): Promise<Checkpoint | undefined> {
  try {
    return await folder.read(number);
  } catch (error) {
    if (!(error instanceof UnreadableCheckpoint)) throw error;
    report({ kind: 'checkpoint', checkpoint: number, detail: error.message });
    return undefined;
  }
}

/** A head that a checkpoint recorded and the log does not have. */
function headFinding(stream: string, recorded: Head, actual: Head | undefined): Omit<Finding, 'kind' | 'checkpoint'> {
  const { revision } = recorded;
  const was = `its head was revision ${revision} (hash ${recorded.hash.slice(0, 12)}…)`;
  if (actual === undefined) return { stream, detail: `The stream was removed: ${was}.` };
  if (actual.revision < revision) {
    return { stream, revision: actual.revision, detail: `The stream was cut: ${was}, now it is ${actual.revision}.` };
  }
  if (actual.revision > revision) {
    return { stream, revision, detail: `Events were put into the stream: ${was}, now it is ${actual.revision}.` };
  }
  return {
    stream,
    revision,
    detail: `The stream was written anew: ${was}, now it has the hash ${actual.hash.slice(0, 12)}….`,
  };
}

export class Comparison {
  #verified: Checkpoint | undefined;
  #next = 0;
  #tree = new MerkleTree();
  /** Events since the log's beginning, also those that could not be read. */
  #events = 0;
  #first: string | undefined;
  #last: Position | undefined;
  #lastStream: string | undefined;
  readonly #heads = new Map<string, Head>();
  /** Streams that changed since the checkpoint before. */
  readonly #changed = new Set<string>();
  /** Streams whose head was reported once. */
  readonly #told = new Set<string>();
  /** Findings that are about checkpoints alone: they were there before the log was read. */
  readonly #foundBefore: number;
  #checkpoints: readonly Sound[];

  private constructor(
    readonly folder: CheckpointFolder,
    checkpoints: readonly Sound[],
    /** The first checkpoint with which, or with whose sequence, something is wrong. */
    readonly brokenFrom: number,
    readonly findings: Findings,
  ) {
    this.#checkpoints = checkpoints;
    this.#foundBefore = findings.count;
  }

  /** Reads what checkpoints there are. @param findings takes what is wrong with them, and later with the log */
  static async open(
    folder: CheckpointFolder,
    publicKey: KeyObject | undefined,
    findings: Findings,
  ): Promise<Comparison> {
    let brokenFrom = Infinity;
    const report: Report = (finding) => {
      brokenFrom = Math.min(brokenFrom, finding.checkpoint ?? 0);
      findings.report(finding);
    };
    const sound = publicKey === undefined ? [] : await soundCheckpoints(folder, publicKey, report);
    return new Comparison(folder, sound, brokenFrom, findings);
  }

  /** The newest checkpoint up to which everything agreed. */
  get verified(): Checkpoint | undefined {
    return this.#verified;
  }

  /** The heads of the log so far. */
  get heads(): ReadonlyMap<string, Head> {
    return this.#heads;
  }

  /** Where the next event is beyond a checkpoint, that one is compared first. */
  async reach(position: Position): Promise<void> {
    this.#leaveOtherStores(position);
    await this.#compareThrough(position);
  }

  async #compareThrough(position: string): Promise<void> {
    for (let next = this.#due(position); next !== undefined; next = this.#due(position)) await this.#compare(next);
  }

  /** Takes an event, after `reach`. */
  take(event: StoredEvent, head: Head): void {
    this.#first ??= event.id;
    this.#events += 1;
    this.#last = event.position;
    this.#lastStream = event.stream;
    this.#tree.add(eventLeaf(event));
    this.#heads.set(event.stream, head);
    this.#changed.add(event.stream);
  }

  /** Counts an event that could not be read, after `reach`. */
  skip(position: Position): void {
    this.#events += 1;
    this.#last = position;
  }

  /** Compares what is left, when the log has ended. */
  async end(): Promise<void> {
    if (this.#last !== undefined) await this.#compareThrough(`${this.#last}~`);
    const rest = this.#checkpoints.slice(this.#next);
    const newest = rest.at(-1)?.checkpoint.statement;
    if (newest === undefined) return;
    const where = this.#last === undefined ? 'It is empty' : `It ends at position ${this.#last}`;
    const detail =
      `${where}, before the ${newest.position} of this checkpoint (${this.#events} events, not ${newest.events}): its end was ` +
      'cut off, or an older backup was restored.';
    this.findings.report({ kind: 'cut', checkpoint: newest.number, position: newest.position, detail });
    for (const one of rest) await this.#compareHeads(one);
  }

  /** Positions are a store's own: with those of another store, checkpoints cannot be compared at all. */
  #leaveOtherStores(position: Position): void {
    const [first] = this.#checkpoints;
    if (this.#last !== undefined || first === undefined) return;
    const { statement } = first.checkpoint;
    if (statement.position.length === position.length) return;
    const detail =
      `They are of a log in another store: their positions are written like ${statement.position}, here like ${position}. ` +
      'Verify a log that was moved against checkpoints that were taken since, in a folder of their own.';
    this.findings.report({ kind: 'other-log', checkpoint: statement.number, detail });
    this.#checkpoints = [];
  }

  #due(position: Position): Sound | undefined {
    const next = this.#checkpoints[this.#next];
    return next !== undefined && next.checkpoint.statement.position < position ? next : undefined;
  }

  async #compare(sound: Sound): Promise<void> {
    this.#next += 1;
    const { checkpoint } = sound;
    const { statement } = checkpoint;
    const found = (kind: Finding['kind'], detail: string): void =>
      this.findings.report({ kind, checkpoint: statement.number, position: statement.position, detail });
    if (this.#next === 1 && this.#first !== statement.log) {
      found(
        'other-log',
        `It is of the log that begins with the event ${statement.log}; this one begins with ${this.#first}.`,
      );
    }
    const root = this.#tree.root().toString('hex');
    const tree = treeOf(checkpoint);
    if (root !== statement.logRoot || this.#events !== statement.events || this.#last !== statement.position) {
      found(
        'log-root',
        `The events up to here are not those that it was taken of: they were altered, removed, added or put in another order ` +
          `since the checkpoint before (${this.#events} events, not ${statement.events}).`,
      );
      // Further stretches are judged by themselves.
      if (tree !== undefined) this.#tree = tree;
      this.#events = statement.events;
    } else if (tree === undefined || this.#lastStream !== checkpoint.lastStream) {
      found('checkpoint', 'What stands beside its statement was altered.');
    }
    await this.#compareHeads(sound);
    if (this.#next === this.#checkpoints.length) await this.#compareHeadsRoot(checkpoint);
    const isWhole = statement.number < this.brokenFrom && this.findings.count === this.#foundBefore;
    if (isWhole) this.#verified = checkpoint;
  }

  /** The recorded heads of the streams that changed, one by one: what is wrong has a name. */
  async #compareHeads({ checkpoint, followsSound }: Sound): Promise<void> {
    const { number } = checkpoint.statement;
    const changed = new Set(this.#changed);
    this.#changed.clear();
    const tell = (stream: string, finding: Omit<Finding, 'kind' | 'checkpoint'>): void => {
      if (this.#told.has(stream)) return;
      this.#told.add(stream);
      this.findings.report({ kind: 'head', checkpoint: number, ...finding });
    };
    const compare = ({ stream, ...recorded }: ChangedHead): void => {
      const actual = this.#heads.get(stream);
      const isSame = actual?.revision === recorded.revision && actual.hash === recorded.hash;
      if (!isSame) tell(stream, headFinding(stream, recorded, actual));
      else if (!changed.has(stream) && followsSound) {
        const detail = 'The checkpoint says that it changed since the one before; the log does not.';
        tell(stream, { stream, detail });
      }
      changed.delete(stream);
    };
    try {
      await this.folder.read(number, compare);
    } catch (error) {
      if (!(error instanceof UnreadableCheckpoint)) throw error;
      this.findings.report({ kind: 'checkpoint', checkpoint: number, detail: error.message });
      return;
    }
    // Where a checkpoint is missing, its heads are.
    if (!followsSound) return;
    for (const stream of changed) {
      tell(stream, {
        stream,
        detail: 'Events of it stand before this checkpoint, which does not know of them: they were added.',
      });
    }
  }

  async #compareHeadsRoot({ statement }: Checkpoint): Promise<void> {
    const root = (await headsTree(this.#heads)).root().toString('hex');
    if (root === statement.headsRoot && this.#heads.size === statement.streams) return;
    const detail = `The heads of the ${this.#heads.size} streams up to here are not those that it signed (${statement.streams}).`;
    this.findings.report({ kind: 'heads-root', checkpoint: statement.number, position: statement.position, detail });
  }
}
