/** What somebody has typed, kept in this tab until it is sent: through a reload, a restart, a session that ended. */
import { useCallback, useState } from 'preact/hooks';

const prefix = 'draft:';

function read(key: string): unknown {
  try {
    const text = sessionStorage.getItem(prefix + key);
    return text === null ? undefined : (JSON.parse(text) as unknown);
  } catch {
    return undefined;
  }
}

/**
 * A state that survives a reload.
 * @param key names the draft: the account and what is being done to it
 * @returns the value, how to change it, and how to forget it once it was sent
 */
export function useDraft<Value>(key: string, initial: Value): [Value, (value: Value) => void, () => void] {
  const [state, setState] = useState({ key, value: (read(key) ?? initial) as Value });
  const current = state.key === key ? state.value : ((read(key) ?? initial) as Value);
  const set = useCallback(
    (value: Value) => {
      setState({ key, value });
      try {
        sessionStorage.setItem(prefix + key, JSON.stringify(value));
      } catch {
        // A full store keeps less through a reload; the page itself still has it.
      }
    },
    [key],
  );
  const forget = useCallback(() => {
    try {
      sessionStorage.removeItem(prefix + key);
    } catch {
      // Where there is no store, nothing was kept.
    }
    setState({ key, value: initial });
    // The initial value may be made anew at each rendering.
  }, [key]);
  return [current, set, forget];
}
