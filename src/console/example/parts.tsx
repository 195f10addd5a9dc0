/** What Courier's cards are made of. */
import type { ComponentChildren } from 'preact';
import { Button } from '../ui/button.js';
import type { Action } from './useAction.js';

export function Card({
  id,
  title,
  children,
}: {
  readonly id?: string;
  readonly title: string;
  readonly children: ComponentChildren;
}) {
  return (
    <section class="card" id={id} aria-labelledby={id === undefined ? undefined : `${id}-title`}>
      <h2 id={id === undefined ? undefined : `${id}-title`}>{title}</h2>
      {children}
    </section>
  );
}

/** A form whose button says what it does; what came of it is said below. */
export function ActionForm({
  action,
  submit,
  label,
  children,
}: {
  readonly action: Action;
  readonly submit: () => void;
  readonly label: string;
  readonly children?: ComponentChildren;
}) {
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {children}
      <p class="row">
        <Button type="submit" kind="primary" busy={action.busy}>
          {label}
        </Button>
      </p>
      <Outcome action={action} />
    </form>
  );
}

export function Outcome({ action }: { readonly action: Action }) {
  return (
    <div aria-live="polite">
      {action.error !== undefined && <p class="said stop">{action.error}</p>}
      {action.done !== undefined && <p class="said ok">{action.done}</p>}
    </div>
  );
}
