/** Evidence in a folder: `ab/cd/<sha256>`, each file complete and durable before it has its name. */
import { constants, type Stats } from 'node:fs';
import { copyFile, link, mkdir, open, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { dirname, join } from 'node:path';
import {
  type EvidenceStore,
  type KeptEvidence,
  type OpenedEvidence,
  pathOf,
  sha256Of,
  type StagedEvidence,
} from './evidenceStore.js';
import { spool, sweepSpool, unavailable } from './spool.js';

/** The folder within, on the same file system, where files wait for their name. */
const staging = 'incoming';

export class DiskEvidenceStore implements EvidenceStore {
  readonly #staging: string;

  /** @param folder made when it is missing */
  constructor(readonly folder: string) {
    this.#staging = join(folder, staging);
  }

  async stage(source: AsyncIterable<Uint8Array>): Promise<StagedEvidence> {
    const { file, sha256, bytes } = await spool(this.#staging, source);
    return {
      file,
      sha256,
      bytes,
      keep: async () => guarded('evidence cannot be kept', async () => this.#keep(file, sha256)),
      discard: async () => rm(file, { force: true }),
    };
  }

  async open(sha256: string): Promise<OpenedEvidence | undefined> {
    return guarded('evidence cannot be read', async () => {
      const handle = await open(this.#path(sha256)).catch(missing);
      if (handle === undefined) return undefined;
      try {
        const { size } = await handle.stat();
        return { bytes: size, stream: handle.createReadStream() };
      } catch (error) {
        await handle.close();
        throw error;
      }
    });
  }

  async has(sha256: string): Promise<boolean> {
    return guarded('evidence cannot be read', async () => (await this.#stat(this.#path(sha256))) !== undefined);
  }

  async *list(): AsyncIterable<KeptEvidence> {
    for (const first of await names(this.folder)) {
      if (!/^[0-9a-f]{2}$/.test(first)) continue;
      for (const second of await names(join(this.folder, first))) {
        for (const name of await names(join(this.folder, first, second))) {
          const path = join(this.folder, first, second, name);
          const sha256 = sha256Of(path);
          const found = sha256 === undefined ? undefined : await this.#stat(path);
          if (sha256 !== undefined && found !== undefined) yield { sha256, modifiedAt: found.mtimeMs };
        }
      }
    }
  }

  /** Takes the file aside before it looks at its age: what is kept meanwhile has the name again, and is left alone. */
  async remove(sha256: string, keptBefore: number): Promise<boolean> {
    return guarded('evidence cannot be removed', async () => {
      const path = this.#path(sha256);
      if (((await this.#stat(path))?.mtimeMs ?? 0) >= keptBefore) return false;
      const aside = join(this.#staging, `${randomUUID()}.removed`);
      await mkdir(this.#staging, { recursive: true });
      await rename(path, aside).catch(missing);
      const taken = await this.#stat(aside);
      if (taken !== undefined && taken.mtimeMs >= keptBefore) {
        await rename(aside, path);
        return false;
      }
      await rm(aside, { force: true });
      return true;
    });
  }

  async removeStaged(before: number): Promise<number> {
    return guarded('old uploads cannot be removed', async () => sweepSpool(this.#staging, before));
  }

  close(): void {
    // Nothing is open between calls.
  }

  #path(sha256: string): string {
    return join(this.folder, pathOf(sha256));
  }

  async #stat(path: string): Promise<Stats | undefined> {
    return stat(path).catch(missing);
  }

  /** The file takes its name by a rename of its own, also over one that is there: so it is always as young as this. */
  async #keep(file: string, sha256: string): Promise<void> {
    const path = this.#path(sha256);
    const made = await mkdir(dirname(path), { recursive: true });
    const second = `${file}.${randomUUID()}`;
    try {
      await linkOrCopy(file, second);
      const now = new Date();
      await utimes(second, now, now);
      await rename(second, path);
    } finally {
      // A rename between two names of one file does nothing.
      await rm(second, { force: true });
    }
    await syncFolder(dirname(path));
    if (made !== undefined) await syncParents(dirname(path), this.folder);
  }
}

/** A second name for a file; a copy where the file system has no such names. */
async function linkOrCopy(file: string, second: string): Promise<void> {
  try {
    await link(file, second);
  } catch {
    await copyFile(file, second, constants.COPYFILE_EXCL);
    await sync(second, 'r+');
  }
}

/** Makes the entries of the folders above durable, up to the store's own. */
async function syncParents(from: string, top: string): Promise<void> {
  for (let folder = dirname(from); folder.length >= top.length; folder = dirname(folder)) {
    await syncFolder(folder);
    if (folder === dirname(folder)) return;
  }
}

async function syncFolder(folder: string): Promise<void> {
  await sync(folder, 'r');
}

async function sync(path: string, flags: 'r' | 'r+'): Promise<void> {
  const handle = await open(path, flags);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function names(folder: string): Promise<string[]> {
  return guarded('evidence cannot be listed', async () => (await readdir(folder).catch(missing)) ?? []);
}

/** What is not there is undefined; every other failure stays one. */
function missing(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
  throw error;
}

async function guarded<T>(doing: string, task: () => Promise<T>): Promise<T> {
  try {
    return await task();
  } catch (error) {
    throw unavailable(doing, error);
  }
}
