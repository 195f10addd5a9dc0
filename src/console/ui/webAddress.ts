/** Web addresses that customers wrote. */

/** The address to follow, when it is one of the web; nothing else is ever followed. */
export function followable(text: string): string | undefined {
  try {
    const { protocol, href } = new URL(text);
    return protocol === 'https:' || protocol === 'http:' ? href : undefined;
  } catch {
    return undefined;
  }
}
