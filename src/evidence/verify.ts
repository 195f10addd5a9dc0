/** Bytes that were read back are those that were attached, or the reading fails before its end. */
import { createHash } from 'node:crypto';
import { Transform } from 'node:stream';

/** What the store gave is not what was attached. */
export class EvidenceDamaged extends Error {
  override readonly name = 'EvidenceDamaged';
}

/**
 * Passes bytes on and hashes them. The last piece is held back until the hash is right, so that a reader who counts the
 * bytes never takes damaged ones for whole.
 * @throws {EvidenceDamaged} at the end, as the stream's error
 */
export function verifying(sha256: string): Transform {
  const hash = createHash('sha256');
  let held: Buffer | undefined;
  return new Transform({
    transform(piece: Buffer, _encoding, done) {
      hash.update(piece);
      const before = held;
      held = piece;
      done(null, before);
    },
    flush(done) {
      const found = hash.digest('hex');
      if (found === sha256) done(null, held);
      else done(new EvidenceDamaged(`the bytes kept as ${sha256} have the hash ${found}`));
    },
  });
}
