/** Words for findings, partly taken from what strangers wrote. */

/** So long a detail may be; below what an event's text takes. */
const longest = 2_000;

/** A text on one line, without control characters and broken Unicode, not longer than so many characters. */
export function said(text: string, most = longest): string {
  // A text of UTF-16 with half a pair in it could not be stored.
  const plain = text
    .replaceAll(/\p{Surrogate}/gu, '\uFFFD')
    .replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim();
  const characters = Array.from(plain.slice(0, 2 * most + 2));
  return characters.length <= most ? plain : `${characters.slice(0, most - 1).join('')}…`;
}

/** Some of a list, as words: `a, b and 3 more`. */
export function listed(items: readonly string[], most = 5): string {
  const unique = [...new Set(items)];
  const rest = unique.length - most;
  return rest > 0 ? `${unique.slice(0, most).join(', ')} and ${rest} more` : unique.join(', ');
}
