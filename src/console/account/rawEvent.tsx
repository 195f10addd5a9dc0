/** An event as it lies in the log, asked for when it is opened. */
import { api, bodyOf } from '../api/client.js';
import { useQuery } from '../api/query.js';
import { ProblemNotice, Skeleton } from '../ui/feedback.js';
import { Id } from '../ui/id.js';
import { Facts } from '../ui/page.js';

type Props = { readonly accountId: string; readonly revision: number };

export function RawEventView({ accountId, revision }: Props) {
  const { data, problem, refresh } = useQuery(`event ${accountId} ${revision}`, async (signal) =>
    bodyOf(
      api.GET('/v1/accounts/{accountId}/events', {
        params: { path: { accountId }, query: { from: String(revision), limit: '1' } },
        signal,
      }),
    ),
  );
  const event = data?.items[0];
  if (event === undefined) {
    return problem === undefined ? (
      <div class="raw-event">
        <Skeleton lines={8} label="Loading the raw event" />
      </div>
    ) : (
      <ProblemNotice problem={problem} onRetry={refresh} />
    );
  }
  const { id, position, metadata } = event;
  return (
    <div class="raw-event">
      <Facts
        items={[
          ['Event', <Id key="id" value={id} />],
          ['Position in the log', <Id key="position" value={position} />],
          ['Hash', <Id key="hash" value={metadata.hash} />],
          ['Chained to', <Id key="previous" value={metadata.previousHash} />],
        ]}
      />
      <pre tabIndex={0} aria-label={`Event ${id} as JSON`}>
        <code>{JSON.stringify(event, null, 2)}</code>
      </pre>
    </div>
  );
}
