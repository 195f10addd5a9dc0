/** Takes whoever pressed a button that is gone now to what came in its place. */
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

/** @param by whether a press brought this up; what was there already takes no focus */
export function Arrive({ by, children }: { readonly by: boolean; readonly children: ComponentChildren }) {
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (by) place.current?.querySelector<HTMLElement>('input, textarea, select, button')?.focus();
  }, []);
  return (
    <div ref={place} class="arrive">
      {children}
    </div>
  );
}
