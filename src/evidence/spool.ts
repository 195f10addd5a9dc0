/** Local files for bytes that come in: written and hashed as they arrive, so that no file is ever whole in memory. */
import { createHash, randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { EvidenceStoreUnavailable } from './evidenceStore.js';

/** A file in the spool. */
export type Spooled = { readonly file: string; readonly sha256: string; readonly bytes: number };

/** What went wrong on a disk, as the port says it. */
export function unavailable(doing: string, cause: unknown): EvidenceStoreUnavailable {
  return new EvidenceStoreUnavailable(`${doing}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
}

/**
 * Writes a source to a new file in a folder, and makes it durable.
 * @throws whatever the source throws, and then the file is gone again
 * @throws {EvidenceStoreUnavailable} when the folder cannot be written
 */
export async function spool(folder: string, source: AsyncIterable<Uint8Array>): Promise<Spooled> {
  const file = join(folder, `${randomUUID()}.part`);
  try {
    const handle = await newFile(folder, file);
    try {
      return { file, ...(await write(handle, source)) };
    } finally {
      await handle.close();
    }
  } catch (error) {
    await rm(file, { force: true }).catch(() => undefined);
    throw error;
  }
}

async function newFile(folder: string, file: string): Promise<FileHandle> {
  try {
    await mkdir(folder, { recursive: true });
    return await open(file, 'wx', 0o600);
  } catch (error) {
    throw unavailable('a file for the upload cannot be made', error);
  }
}

async function write(handle: FileHandle, source: AsyncIterable<Uint8Array>): Promise<Omit<Spooled, 'file'>> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const piece of source) {
    hash.update(piece);
    bytes += piece.byteLength;
    await handle.writeFile(piece).catch((error: unknown) => {
      throw unavailable('the upload cannot be written', error);
    });
  }
  await handle.sync().catch((error: unknown) => {
    throw unavailable('the upload cannot be made durable', error);
  });
  return { sha256: hash.digest('hex'), bytes };
}

/** Removes files of a spool that were last written before an instant (milliseconds since 1970). @returns how many */
export async function sweepSpool(folder: string, before: number): Promise<number> {
  const names = await readdir(folder).catch(() => [] as string[]);
  let removed = 0;
  for (const name of names) {
    const file = join(folder, name);
    const found = await stat(file).catch(() => undefined);
    if (found?.isFile() !== true || found.mtimeMs >= before) continue;
    await rm(file, { force: true });
    removed += 1;
  }
  return removed;
}
