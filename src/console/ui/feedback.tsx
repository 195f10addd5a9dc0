/** What a page says while it has nothing to show, or something against it. */
import type { ComponentChildren } from 'preact';
import type { Problem as ApiProblem } from '../api/types.js';
import type { Tone } from '../words/status.js';
import { Button } from './button.js';

type NoticeProps = {
  readonly tone?: Tone;
  readonly title?: ComponentChildren;
  readonly children?: ComponentChildren;
  readonly actions?: ComponentChildren;
  /** Read out at once where it is `assertive`, when there is time where it is `polite`. */
  readonly live?: 'polite' | 'assertive';
};

export function Notice({ tone = 'info', title, children, actions, live }: NoticeProps) {
  const role = live === undefined ? undefined : live === 'assertive' ? 'alert' : 'status';
  return (
    <div class={`notice tone-${tone}`} role={role}>
      <div class="notice-body">
        {title !== undefined && <p class="notice-title">{title}</p>}
        {children !== undefined && <div class="notice-text">{children}</div>}
      </div>
      {actions !== undefined && <div class="notice-actions">{actions}</div>}
    </div>
  );
}

/** A problem that the service answered with: what is wrong, where, and under which id the log has it. */
export function ProblemNotice({
  problem,
  onRetry,
}: {
  readonly problem: ApiProblem;
  readonly onRetry?: (() => unknown) | undefined;
}) {
  const retry = onRetry && (
    <Button small onClick={() => void onRetry()}>
      Try again
    </Button>
  );
  return (
    <Notice tone="stop" live="assertive" title={problem.detail} actions={retry}>
      {problem.errors !== undefined && (
        <ul>
          {problem.errors.map(({ pointer, detail }) => (
            <li key={`${pointer} ${detail}`}>
              <code>{pointer}</code> {detail}
            </li>
          ))}
        </ul>
      )}
      {problem.requestId !== undefined && <p class="small muted">Request {problem.requestId}</p>}
    </Notice>
  );
}

/** There is nothing yet: says what will appear here. */
export function Empty({ title, children }: { readonly title: string; readonly children?: ComponentChildren }) {
  return (
    <div class="empty">
      <p class="empty-title">{title}</p>
      {children !== undefined && <div class="empty-text">{children}</div>}
    </div>
  );
}

/** Lines in place of text that is on its way, of the size that it will have. */
export function Skeleton({ lines = 3, label = 'Loading' }: { readonly lines?: number; readonly label?: string }) {
  return (
    <div class="skeleton" role="status" aria-label={label}>
      {Array.from({ length: lines }, (_, index) => (
        <span key={index} class="skeleton-line" />
      ))}
    </div>
  );
}

/** How far something is. `total` unknown: it moves without saying where. */
export function Progress({
  label,
  done,
  total,
}: {
  readonly label: string;
  readonly done: number;
  readonly total: number | null;
}) {
  const told =
    total === null ? done.toLocaleString('en') : `${done.toLocaleString('en')} of ${total.toLocaleString('en')}`;
  return (
    <div class="progress">
      <span class="progress-label">
        <span>{label}</span> <span class="muted numeric">{told}</span>
      </span>
      <progress
        aria-label={label}
        max={total ?? undefined}
        value={total === null ? undefined : Math.min(done, total)}
      />
    </div>
  );
}
