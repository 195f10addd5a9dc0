/** An id that can be copied. */
import { useState } from 'preact/hooks';
import { Icon } from './icon.js';
import { toast } from './toast.js';

export function Id({ value, href }: { readonly value: string; readonly href?: string }) {
  const [copied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(value);
    setCopied(true);
    setTimeout(() => setCopied(false), 1_500);
  };
  return (
    <span class="id">
      {href === undefined ? (
        <code>{value}</code>
      ) : (
        <a href={href}>
          <code>{value}</code>
        </a>
      )}
      <button
        type="button"
        class="icon-button"
        aria-label={`Copy ${value}`}
        onClick={() => void copy().catch(() => toast('The browser did not let it be copied. Select it instead.'))}
      >
        <Icon name={copied ? 'done' : 'copy'} />
      </button>
    </span>
  );
}
