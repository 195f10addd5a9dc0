/** A long list of rows of one height, of which only those in sight are in the page. */
import { useCallback, useLayoutEffect, useRef, useState } from 'preact/hooks';

export type Rows = {
  /** The `ref` of the element that scrolls; it may come and go. */
  readonly attach: (element: HTMLDivElement | null) => void;
  readonly scroller: HTMLDivElement | null;
  readonly onScroll: () => void;
  /** How far it is scrolled, and how much of it is seen, in pixels. */
  readonly top: number;
  readonly seen: number;
  /** The rows in sight, partly ones included. `last` is before `first` where there are none. */
  readonly first: number;
  readonly last: number;
  /** Scrolls as little as brings a row into sight. */
  readonly reveal: (index: number) => void;
  /** Moves along when so many rows were put above what is in sight (or, negative, taken away). */
  readonly shift: (by: number) => void;
  readonly scrollTo: (top: number) => void;
};

/**
 * The element that scrolls holds one of `count * height` pixels, and in it one of `seen` pixels that sticks to the top and
 * hides what overflows: rows are placed in it by `top`. Whatever the browser scrolls before this page has its turn, the
 * rows of before stay in sight until those of now are there: there is never a blank between.
 * @param height of a row, in pixels
 * @param start where it is scrolled to at first, in pixels
 */
export function useRows(count: number, height: number, start = 0): Rows {
  const [scroller, attach] = useState<HTMLDivElement | null>(null);
  const [top, setTop] = useState(start);
  const [seen, setSeen] = useState(0);
  const from = useRef(start);

  const onScroll = useCallback(() => setTop(scroller?.scrollTop ?? 0), [scroller]);
  const scrollTo = useCallback(
    (to: number) => {
      if (scroller === null) return;
      scroller.scrollTop = to;
      onScroll();
    },
    [scroller, onScroll],
  );

  useLayoutEffect(() => {
    if (scroller === null) return undefined;
    const measure = (): void => setSeen(scroller.clientHeight);
    const observer = new ResizeObserver(measure);
    observer.observe(scroller);
    measure();
    if (from.current > 0) scrollTo(from.current);
    from.current = 0;
    return () => observer.disconnect();
  }, [scroller]);

  const reveal = useCallback(
    (index: number) => {
      if (scroller === null) return;
      const [above, below] = [index * height, (index + 1) * height - scroller.clientHeight];
      if (scroller.scrollTop > above) scrollTo(above);
      else if (scroller.scrollTop < below) scrollTo(below);
    },
    [scroller, height, scrollTo],
  );
  const shift = useCallback(
    (by: number) => {
      if (by !== 0) scrollTo((scroller?.scrollTop ?? 0) + by * height);
    },
    [scroller, height, scrollTo],
  );

  const first = Math.max(0, Math.min(Math.floor(top / height), count - 1));
  const last = Math.min(count - 1, Math.ceil((top + seen) / height) - 1);
  return { attach, scroller, onScroll, top, seen, first, last, reveal, shift, scrollTo };
}
