/** What publishing the candidate would change. */
import { Notice, ProblemNotice, Skeleton } from '../../ui/feedback.js';
import type { Checked } from './useCheck.js';

type Props = { readonly checked: Checked | undefined; readonly onRetry: () => void };

export function Changes({ checked, onRetry }: Props) {
  if (checked === undefined) return <Skeleton lines={3} label="Comparing" />;
  const { check, problem } = checked;
  if (check === undefined) return problem === undefined ? null : <ProblemNotice problem={problem} onRetry={onRetry} />;
  const { changes, problems, inForce, versionTaken } = check;
  const unreadable = changes.length === 0 && problems.some(({ severity }) => severity === 'error');
  return (
    <div class="stack" aria-live="polite">
      {unreadable ? (
        <p class="muted">What differs is said once the document has the form of a policy.</p>
      ) : changes.length === 0 ? (
        <p class="muted">{`Nothing: it says the same as ${inForce}. Change something to see what it leads to.`}</p>
      ) : (
        <ul class="changes">
          {changes.map(({ pointer, text }) => (
            <li key={pointer}>{text}</li>
          ))}
        </ul>
      )}
      {versionTaken && (
        <Notice tone="info" title="This version was published with another content">
          It can be tried under this name; to be published, it needs another one.
        </Notice>
      )}
    </div>
  );
}
