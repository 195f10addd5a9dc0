/** Long work in short stretches, so that what else waits for this thread gets its turn. */

/**
 * To be called between the steps of long work: gives a promise of one turn for everybody else once so many milliseconds
 * have been worked at a stretch, and nothing to wait for before.
 */
export function pausesAfter(milliseconds: number): () => Promise<void> | undefined {
  let since = performance.now();
  return () => {
    if (performance.now() - since < milliseconds) return undefined;
    return new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
      since = performance.now();
    });
  };
}
