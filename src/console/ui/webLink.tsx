/** A web address that a customer wrote: shown as it is, and opened without telling it where one comes from. */
import { followable } from './webAddress.js';

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
