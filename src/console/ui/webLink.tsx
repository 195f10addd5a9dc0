/** A web address that a customer wrote: shown as it is, and opened without telling it where one comes from. */

/** The address, when it is one of the web; nothing else is ever followed. */
function followable(url: string): string | undefined {
  try {
    const { protocol, href } = new URL(url);
    return protocol === 'https:' || protocol === 'http:' ? href : undefined;
  } catch {
    return undefined;
  }
}

export function WebLink({ url }: { readonly url: string }) {
  const href = followable(url);
  if (href === undefined) return <code>{url}</code>;
  return (
    <a href={href} target="_blank" rel="noopener noreferrer">
      {url}
      <span class="visually-hidden"> (opens in a new tab)</span>
    </a>
  );
}
