/** Iterations that end at once when they are left or a signal aborts, also while they wait for the next item. */

/**
 * @param signals any of them ends the iteration
 * @param start the items; `signal` aborts when the iteration is to end
 */
export function endable<T>(
  signals: readonly AbortSignal[],
  start: (signal: AbortSignal) => AsyncGenerator<T, void, void>,
): AsyncIterator<T, void, void> {
  // Not AbortSignal.any: it would stay known to a signal that lives as long as the process.
  const ended = new AbortController();
  const end = (): void => {
    for (const signal of signals) signal.removeEventListener('abort', end);
    ended.abort();
  };
  for (const signal of signals) signal.addEventListener('abort', end, { once: true });
  if (signals.some((signal) => signal.aborted)) end();

  const items = start(ended.signal);
  return {
    next: async () => {
      try {
        const result = await items.next();
        if (result.done === true) end();
        return result;
      } catch (error) {
        end();
        throw error;
      }
    },
    return: () => {
      end();
      return items.return();
    },
  };
}
