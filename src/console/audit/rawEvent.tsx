/** An event as the log has it. */
import { api, bodyOf } from '../api/client.js';
import { useQuery } from '../api/query.js';
import type { Transition } from '../api/types.js';
import { Button, ButtonLink } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { ProblemNotice, Skeleton } from '../ui/feedback.js';
import { toast } from '../ui/toast.js';
import { codeWords } from '../words/status.js';

type Props = {
  readonly transition: Pick<Transition, 'accountId' | 'revision' | 'type'>;
  readonly onClose: () => void;
};

export function RawEvent({ transition: { accountId, revision, type }, onClose }: Props) {
  const { data, problem, refresh } = useQuery(`raw ${accountId} ${revision}`, async (signal) => {
    const params = { path: { accountId }, query: { from: String(revision), limit: '1' } };
    const { items } = await bodyOf(api.GET('/v1/accounts/{accountId}/events', { params, signal }));
    return JSON.stringify(items[0], null, 2);
  });
  return (
    <Dialog side title={`${codeWords(type)}, revision ${revision}`} onClose={onClose}>
      {problem !== undefined && <ProblemNotice problem={problem} onRetry={refresh} />}
      {data === undefined && problem === undefined && <Skeleton lines={16} />}
      {data !== undefined && (
        <>
          <pre class="audit-raw" tabIndex={0} aria-label="The event as JSON">
            {data}
          </pre>
          <p class="small muted">
            <code>metadata.hash</code> is the SHA-256 of the event’s canonical JSON; <code>previousHash</code> is that
            of the event before it in the account’s stream.
          </p>
        </>
      )}
      <div class="form-actions">
        <ButtonLink href={`/console/accounts/${encodeURIComponent(accountId)}?revision=${revision}`} kind="primary">
          The account at this revision
        </ButtonLink>
        {data !== undefined && (
          <Button
            onClick={() =>
              void navigator.clipboard.writeText(data).then(
                () => toast('The event was copied.'),
                () => toast('The browser did not let the event be copied. Select it above.'),
              )
            }
          >
            Copy
          </Button>
        )}
      </div>
    </Dialog>
  );
}
