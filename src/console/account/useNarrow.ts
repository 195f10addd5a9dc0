/** Whether there is no room for a table of several columns. */
import { useMedia } from '../ui/media.js';

export function useNarrow(): boolean {
  return useMedia('(max-width: 40rem)');
}
