/** Colours on a terminal, and text that cannot change it. */
import { styleText } from 'node:util';

type Format = Parameters<typeof styleText>[0];

/** Text in a colour or style; as it is where no colours are wanted. */
export type Paint = (format: Format, text: string) => string;

/** Paints where what is written to is a terminal and `NO_COLOR` (no-color.org) is unset or empty. */
export function painter(
  stream: { readonly isTTY?: boolean } = process.stdout,
  env: Readonly<Record<string, string | undefined>> = process.env,
): Paint {
  if (stream.isTTY !== true || (env['NO_COLOR'] ?? '') !== '') return (_format, text) => text;
  // The stream was asked above; what styleText would ask of it differs between versions of Node.
  return (format, text) => styleText(format, text, { validateStream: false });
}

/** What stands in a log as one line of a terminal: control characters, which could move the cursor, are shown as `?`. */
export function plain(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '?');
}
