/** What bytes are, by looking at them: a name or a declared type proves nothing. */
import { createReadStream } from 'node:fs';
import { TextDecoder } from 'node:util';
import type { EventData } from '../events/catalogue.js';

export type EvidenceKind = EventData<'EvidenceAttached'>['kind'];

/** A type that evidence may have, or why these bytes are none. */
export type Inspected =
  { readonly kind: EvidenceKind; readonly mediaType: string } | { readonly kind: 'refused'; readonly reason: string };

/** The media types that evidence may have. */
export const mediaTypes: Readonly<Record<string, EvidenceKind>> = {
  'image/png': 'screenshot',
  'image/jpeg': 'screenshot',
  'image/webp': 'screenshot',
  'application/pdf': 'pdf',
  'text/plain': 'text',
};

/** Looks at a file. */
export async function inspect(file: string): Promise<Inspected> {
  const found = await signatureOf(file);
  if (found === undefined) return inspectText(file);
  const kind = Object.hasOwn(mediaTypes, found) ? mediaTypes[found] : undefined;
  return kind === undefined ? { kind: 'refused', reason: `the file is ${found}` } : { kind, mediaType: found };
}

/** The media type that a file's signature says; undefined where it has none that is known, as text has not. */
async function signatureOf(file: string): Promise<string | undefined> {
  const { fileTypeFromFile } = await import('file-type/node');
  try {
    return (await fileTypeFromFile(file))?.mime;
  } catch {
    // A file that begins like some type and then is not what that type should be.
    return undefined;
  }
}

/** Every control character but tab, line feed and carriage return. */
const control = /[^\P{Cc}\t\n\r]/u;

/** Text is valid UTF-8 without control characters; anything else that has no signature is refused. */
async function inspectText(file: string): Promise<Inspected> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let line = 1;
  const notUtf8 = (): Inspected => ({ kind: 'refused', reason: `as text it is not valid UTF-8 after line ${line}` });
  const refusedFor = (text: string): Inspected | undefined => {
    const found = control.exec(text);
    line += (text.slice(0, found?.index).match(/\n/g) ?? []).length;
    if (found === null) return undefined;
    const code = (found[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    return { kind: 'refused', reason: `as text it has the control character U+${code} in line ${line}` };
  };
  for await (const piece of createReadStream(file)) {
    const decoded = decode(decoder, piece as Uint8Array);
    const refused = decoded === undefined ? notUtf8() : refusedFor(decoded);
    if (refused !== undefined) return refused;
  }
  // A character that the file breaks off in is found here.
  return decode(decoder) === undefined ? notUtf8() : { kind: 'text', mediaType: 'text/plain' };
}

/** The next characters; undefined where the bytes are not UTF-8. */
function decode(decoder: TextDecoder, piece?: Uint8Array): string | undefined {
  try {
    return decoder.decode(piece, { stream: piece !== undefined });
  } catch {
    return undefined;
  }
}
