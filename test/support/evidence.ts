/** Small files of each kind of evidence, another for each name. */
import { crc32 } from 'node:zlib';

export const png = (name: string): Buffer =>
  Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0])),
    chunk('tEXt', Buffer.from(`Title\0${name}`, 'latin1')),
    chunk('IDAT', Buffer.from('789c636000000002000148afa471', 'hex')),
    chunk('IEND', Buffer.alloc(0)),
  ]);

export const jpeg = (name: string): Buffer =>
  Buffer.concat([
    Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex'),
    Buffer.from(name),
    Buffer.from('ffd9', 'hex'),
  ]);

export const webp = (name: string): Buffer => {
  const body = Buffer.concat([Buffer.from('WEBPVP8 '), Buffer.from(name.padEnd(40, '.'))]);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(body.length);
  return Buffer.concat([Buffer.from('RIFF'), length, body]);
};

export const pdf = (name: string): Buffer => Buffer.from(`%PDF-1.7\n% ${name}\n%%EOF\n`);

export const text = (name: string): Buffer => Buffer.from(`People tick a box: ${name}\n`);

/** Bytes of a kind of evidence. */
export function bytesOf(kind: 'screenshot' | 'pdf' | 'text', name: string): Blob {
  return new Blob([new Uint8Array({ screenshot: png, pdf, text }[kind](name))]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
