/** What one window does for all of them while it is in front. */

/** Whether windows can agree on which of them it is; without TLS, browsers keep the means back. */
export const windowsAgree = 'locks' in navigator;

/**
 * Starts something while this window can be seen and no other window of the browser does the same; where windows cannot
 * agree, in each that can be seen.
 * @param name names what is done
 * @param start begins it, and gives what ends it
 */
export function whileInFront(name: string, start: () => () => void): void {
  let leave: (() => void) | undefined;
  const enter = (): void => {
    if (leave !== undefined || document.visibilityState !== 'visible') return;
    const left = new AbortController();
    const { signal } = left;
    leave = () => {
      leave = undefined;
      left.abort();
    };
    const hold = async (): Promise<void> => {
      if (signal.aborted) return;
      const end = start();
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
      end();
    };
    if (windowsAgree) navigator.locks.request(name, { signal }, hold).catch(() => undefined);
    else void hold();
  };
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') enter();
    else leave?.();
  });
  addEventListener('pagehide', () => leave?.());
  enter();
}
