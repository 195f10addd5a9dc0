/** Names that customers chose, made fit for a mail that goes out under the provider's name. */
import { parse } from 'tldts';

/** Longer names say more than who somebody is. */
const longest = 80;

/** An address of the web: mail programs make links of them. */
const webAddress = /:\/\/|\bwww\.|[a-z0-9-]+\.[a-z]{2,}\//i;

/** Companies are called so (Acme.com Services Ltd); more words than these say something. */
const mostWordsWithName = 3;

/** Whether a word is a name in the public DNS: mail programs make links of them, too. */
function isWebName(word: string): boolean {
  const { domain, isIcann } = parse(word.replaceAll(/^[^\p{L}\d]+|[^\p{L}\d]+$/gu, ''));
  return domain !== null && isIcann === true;
}

/** Whether a web name stands where no company has it in its own. */
function leadsSomewhere(name: string): boolean {
  const words = name.split(' ');
  return words.some((word, index) => isWebName(word) && (index > 0 || words.length > mostWordsWithName));
}

/**
 * A name on one line, without characters that are not seen.
 * @returns undefined for what is no name but a message of its own, a link above all: the provider's mail must not carry
 *   it to addresses that the same customer chose
 */
export function safeName(name: string | undefined): string | undefined {
  const plain = name
    ?.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
  if (plain === undefined || plain === '' || plain.length > longest || webAddress.test(plain)) return undefined;
  if (leadsSomewhere(plain)) return undefined;
  return plain;
}
