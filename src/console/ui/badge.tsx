/** Small marks: a state in a word, never by colour alone. */
import type { ComponentChildren } from 'preact';
import { statusTone, statusWords, type Tone } from '../words/status.js';

export function Badge({ tone = 'quiet', children }: { readonly tone?: Tone; readonly children: ComponentChildren }) {
  return <span class={`badge tone-${tone}`}>{children}</span>;
}

/** An account's flat status, as customers know it. */
export function StatusBadge({ status }: { readonly status: string | null }) {
  return <Badge tone={statusTone(status)}>{statusWords(status)}</Badge>;
}
