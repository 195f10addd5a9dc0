/** File names that others gave: only ever shown and offered for download; bytes are kept under their hash. */
import { entryOf } from '../events/record.js';

/** Most characters (UTF-16 units) of a name, as events take it. */
const longest = 256;

/** Control characters, line separators, lone surrogates, the byte order mark, and what turns the writing direction. */
const unsafe = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/gu;

/** The extensions that go with a media type; the first is added to a name that has none of them. */
const extensions: Readonly<Record<string, readonly string[]>> = {
  'image/png': ['png'],
  'image/jpeg': ['jpg', 'jpeg', 'jfif'],
  'image/webp': ['webp'],
  'application/pdf': ['pdf'],
  'text/plain': ['txt', 'text', 'log', 'csv', 'md'],
};

/**
 * A name that is safe to keep and to offer: the last part of any path, well-formed, without characters that hide what
 * it is, and with an extension of its media type, so that saving and opening it does what the type says.
 * @param given as the sender named it; may be missing
 */
export function safeFileName(given: string | undefined, mediaType: string): string {
  const last = (given ?? '').split(/[/\\]/).at(-1) ?? '';
  const clean = last
    .normalize('NFC')
    .replaceAll(unsafe, '')
    .trim()
    .replace(/^\.+/, '')
    .replace(/[. ]+$/, '');
  const name = clean === '' ? 'evidence' : clean;
  const allowed = entryOf(extensions, mediaType) ?? ['bin'];
  const extension = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
  return allowed.includes(extension)
    ? shorten(name, extension.length + 1)
    : shorten(`${name}.${allowed[0]}`, (allowed[0] ?? '').length + 1);
}

/** Cuts a name that is too long before its ending, never within a character. */
function shorten(name: string, ending: number): string {
  if (name.length <= longest) return name;
  const stem = name.slice(0, longest - ending).replace(/[\uD800-\uDBFF]$/, '');
  return stem.trimEnd() + name.slice(-ending);
}
