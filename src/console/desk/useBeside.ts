/** A question about the account of a review, asked again with each revision that is shown; what was known stays meanwhile. */
import { useEffect, useRef } from 'preact/hooks';
import { type Query, useQuery } from '../api/query.js';
import type { ReviewPage } from '../api/types.js';

/** @param name of the question; with the account it names the answer */
export function useBeside<Data>(
  { accountId, revision }: ReviewPage,
  name: string,
  load: (signal: AbortSignal) => Promise<Data>,
): Query<Data> {
  const query = useQuery<Data>(`${name} ${accountId}`, load);
  const asked = useRef(revision);
  useEffect(() => {
    if (asked.current === revision) return;
    asked.current = revision;
    void query.refresh();
  }, [revision, query.refresh]);
  return query;
}
