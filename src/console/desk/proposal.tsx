/** A proposal to approve, as the second person reads it. */
import type { ReviewPage } from '../api/types.js';
import { Time } from '../ui/time.js';

export function Proposal({ proposal: { by, at, note } }: { readonly proposal: NonNullable<ReviewPage['proposal']> }) {
  return (
    <figure class="quote">
      <figcaption>
        Proposed by <code>{by}</code>, <Time at={at} />
      </figcaption>
      <blockquote class="prose">{note ?? 'Without a note.'}</blockquote>
    </figure>
  );
}
