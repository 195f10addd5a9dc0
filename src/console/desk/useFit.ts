/** A pane beside the page that ends where the window ends, however far the page was scrolled. */
import { type RefObject } from 'preact';
import { useLayoutEffect } from 'preact/hooks';

/** Keeps `--pane-top` of an element at what the window shows above it, in pixels; its style sheet takes it from the height. */
export function useFit(pane: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const element = pane.current;
    if (element === null) return undefined;
    const fit = (): void => {
      const top = Math.max(0, Math.round(element.getBoundingClientRect().top));
      element.style.setProperty('--pane-top', `${top}px`);
    };
    const sizes = new ResizeObserver(fit);
    sizes.observe(document.body);
    addEventListener('scroll', fit, { passive: true });
    addEventListener('resize', fit, { passive: true });
    return () => {
      sizes.disconnect();
      removeEventListener('scroll', fit);
      removeEventListener('resize', fit);
    };
  }, [pane]);
}
