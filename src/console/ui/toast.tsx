/** A word that something was done. It is read out, and goes by itself; nothing that must be read is said here alone. */
import { signal } from '@preact/signals';

const shownFor = 6_000;
const shown = signal<readonly { readonly id: number; readonly text: string }[]>([]);
let last = 0;

export function toast(text: string): void {
  const id = ++last;
  shown.value = [...shown.value, { id, text }];
  setTimeout(() => {
    shown.value = shown.value.filter((one) => one.id !== id);
  }, shownFor);
}

export function Toasts() {
  return (
    <div class="toasts" role="status" aria-live="polite">
      {shown.value.map(({ id, text }) => (
        <p key={id} class="toast">
          {text}
        </p>
      ))}
    </div>
  );
}
