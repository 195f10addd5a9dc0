/** Reads a body whose sender is not trusted: never more of it than is wanted, compressed or not. */
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';

/** The body is longer than wanted. */
export class TooLarge extends Error {
  override readonly name = 'TooLarge';
}

/** The body is compressed in a way that was not asked for. */
export class UnknownEncoding extends Error {
  override readonly name = 'UnknownEncoding';
}

/** The encodings that `readBounded` undoes, for `Accept-Encoding`. */
export const acceptedEncodings = 'gzip, br';

// As browsers do, what came is taken when the end of the compressed data is missing.
const decoders: Readonly<Record<string, () => Transform>> = {
  'gzip': () => createGunzip({ finishFlush: constants.Z_SYNC_FLUSH }),
  'x-gzip': () => createGunzip({ finishFlush: constants.Z_SYNC_FLUSH }),
  'deflate': () => createInflate({ finishFlush: constants.Z_SYNC_FLUSH }),
  'br': () => createBrotliDecompress({ finishFlush: constants.BROTLI_OPERATION_FLUSH }),
};

/** Lets bytes through up to a limit, and fails at the first beyond it. */
function limit(mostBytes: number): Transform {
  let bytes = 0;
  return new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      bytes += chunk.length;
      if (bytes > mostBytes) done(new TooLarge(`The body is longer than ${mostBytes} bytes.`));
      else done(null, chunk);
    },
  });
}

/**
 * Reads a body of at most so many bytes, as sent and as unpacked.
 * @param encoding the `Content-Encoding`
 * @throws {TooLarge | UnknownEncoding | Error} the last when the sender or the packing breaks
 */
export async function readBounded(body: Readable, encoding: string, mostBytes: number): Promise<Buffer> {
  const packing = encoding.trim().toLowerCase();
  const decoder = packing === '' || packing === 'identity' ? undefined : decoders[packing];
  if (decoder === undefined && packing !== '' && packing !== 'identity') {
    body.destroy();
    throw new UnknownEncoding(`The body is packed as ${packing.slice(0, 50)}, which was not asked for.`);
  }
  const chunks: Buffer[] = [];
  const collect = async (source: AsyncIterable<Buffer>): Promise<void> => {
    for await (const chunk of source) chunks.push(chunk);
  };
  if (decoder === undefined) await pipeline(body, limit(mostBytes), collect);
  else await pipeline(body, limit(mostBytes), decoder(), limit(mostBytes), collect);
  return Buffer.concat(chunks);
}
