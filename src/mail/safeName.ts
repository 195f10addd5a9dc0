/** Names that customers chose, made fit for a mail that goes out under the provider's name. */

/** Longer names say more than who somebody is. */
const longest = 80;

/** An address of the web: mail programs make links of them. */
const webAddress = /:\/\/|\bwww\.|[a-z0-9-]+\.[a-z]{2,}\//i;

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
  return plain;
}
