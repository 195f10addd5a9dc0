/** An instant of the past by day and minute, the exact one at hand: where many stand below each other. */
import { briefInstant, exactInstant } from '../words/time.js';

export function BriefTime({ at }: { readonly at: string }) {
  return (
    <time dateTime={at} title={exactInstant(at)}>
      {briefInstant(at)}
    </time>
  );
}
