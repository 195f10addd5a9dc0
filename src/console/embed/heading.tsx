/** Headings whose level follows from where the page put the element. */
import { h, type ComponentChildren } from 'preact';
import { useShared } from './shared.js';

/** @param below how many levels below the element's own heading */
export function Heading({
  below = 0,
  children,
  id,
}: {
  readonly below?: number;
  readonly children: ComponentChildren;
  readonly id?: string;
}) {
  const { level } = useShared();
  const own = Math.min(6, level + below);
  return h(
    `h${own}`,
    { class: below === 0 ? 'title' : 'heading', part: below === 0 ? 'title' : 'heading', id },
    children,
  );
}
