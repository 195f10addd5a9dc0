/** Instants and durations as people read them, the exact value at hand. */
import { signal } from '@preact/signals';
import { durationInWords, exactInstant, relativeInstant } from '../words/time.js';

/** Ticks for whatever says how long ago something was. */
const now = signal(Date.now());
setInterval(() => {
  if (document.visibilityState === 'visible') now.value = Date.now();
}, 20_000);

/** An instant, relative to now; the exact one as a title, on paper, and for machines. */
export function Time({ at, exact = false }: { readonly at: string; readonly exact?: boolean }) {
  const full = exactInstant(at);
  return (
    <time dateTime={at} title={exact ? undefined : full}>
      {/* What happened since the last tick did not happen in the future. */}
      {exact ? full : relativeInstant(at, Math.max(now.value, Date.now()))}
    </time>
  );
}

/** A length of time in milliseconds. */
export function Duration({ ms }: { readonly ms: number }) {
  return <span title={`${ms.toLocaleString('en')} ms`}>{durationInWords(ms)}</span>;
}
