/** HTML as it came from strangers: its characters, and how much of it is read. */
import { TextDecoder } from 'node:util';

/** So many tags are read; few home pages have a third of it, and reading more would keep everybody else waiting. */
const mostTags = 30_000;

/** The beginning of a document, up to the most tags. */
export function beginningOf(html: string): string {
  let at = -1;
  for (let tags = 0; tags <= mostTags; tags++) {
    at = html.indexOf('<', at + 1);
    if (at === -1) return html;
  }
  return html.slice(0, at);
}

/** A decoder for a charset as browsers know it; undefined for one that there is not. */
function decoderFor(charset: string | undefined): TextDecoder | undefined {
  try {
    return charset === undefined ? undefined : new TextDecoder(charset);
  } catch {
    return undefined;
  }
}

/** The charset by the mark at the beginning of the bytes, which counts before all else (Encoding Standard, section 6). */
function markOf(body: Buffer): string | undefined {
  if (body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf) return 'utf-8';
  if (body[0] === 0xfe && body[1] === 0xff) return 'utf-16be';
  return body[0] === 0xff && body[1] === 0xfe ? 'utf-16le' : undefined;
}

const charsetIn = (text: string): string | undefined => /charset\s*=\s*["']?\s*([\w-]+)/i.exec(text)?.[1];

/**
 * The characters of a document, by its mark, by what it came with, or by what it says of itself in its first 1,024 bytes;
 * else UTF-8 where it is, and the charset of old Western pages where it is not.
 */
export function decodeHtml(body: Buffer, contentType: string): string {
  const declared =
    decoderFor(markOf(body)) ??
    decoderFor(charsetIn(contentType)) ??
    decoderFor(charsetIn(body.toString('latin1', 0, 1_024)));
  if (declared !== undefined) return declared.decode(body);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    return new TextDecoder('windows-1252').decode(body);
  }
}
