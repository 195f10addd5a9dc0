/** The key that checkpoints are signed with: a file of its own, made at first use, for its owner alone. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { SigningKey } from './checkpoint.js';
import { writeOnce } from './folder.js';

/** A key's file that holds none; the message names the file and the remedy. */
export class UnusableKey extends Error {
  override readonly name = 'UnusableKey';
}

/**
 * The pair of keys in a file, made where there is none: of two processes that make one at once, both get the same.
 * @throws {UnusableKey}
 */
export async function openSigningKey(file: string): Promise<SigningKey> {
  const found = await readSigningKey(file);
  if (found !== undefined) return found;
  const { privateKey } = generateKeyPairSync('ed25519');
  await writeOnce(dirname(file), file, [privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()]);
  const made = await readSigningKey(file);
  if (made === undefined) throw new UnusableKey(`${file} was made, and is not there. Keep its folder.`);
  return made;
}

/** The pair of keys in a file; undefined where there is no file. @throws {UnusableKey} */
export async function readSigningKey(file: string): Promise<SigningKey | undefined> {
  const pem = await readIfThere(file);
  if (pem === undefined) return undefined;
  try {
    const privateKey = createPrivateKey(pem);
    if (privateKey.asymmetricKeyType === 'ed25519') return { privateKey, publicKey: createPublicKey(privateKey) };
  } catch {
    // Said below.
  }
  throw new UnusableKey(
    `${file} must be an Ed25519 private key in PEM (PKCS #8). Name it in GATEHOUSE_CHECKPOINT_KEY.`,
  );
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** A public key from its PEM. @param from where it is from, for the message @throws {UnusableKey} */
export function publicKeyOf(pem: string, from: string): KeyObject {
  try {
    const key = createPublicKey(pem);
    // The public half of a private key would do as well, and would have been kept where it should not be.
    if (key.asymmetricKeyType === 'ed25519' && pem.includes('BEGIN PUBLIC KEY')) return key;
  } catch {
    // Said below.
  }
  throw new UnusableKey(`${from} must be an Ed25519 public key in PEM, as gatehouse audit key prints it.`);
}

/** A public key in PEM. */
export function pemOf(publicKey: KeyObject): string {
  return publicKey.export({ type: 'spki', format: 'pem' }).toString();
}
