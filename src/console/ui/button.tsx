/** Buttons, and links that look like them. */
import type { ButtonHTMLAttributes, ComponentChildren } from 'preact';

export type ButtonKind = 'primary' | 'plain' | 'danger' | 'quiet';

type ButtonProps = Omit<ButtonHTMLAttributes, 'class' | 'icon'> & {
  readonly kind?: ButtonKind;
  /** Something is under way: the button keeps its size, says so, and takes no second press. */
  readonly busy?: boolean;
  readonly small?: boolean;
  readonly children?: ComponentChildren;
};

export function Button({ kind = 'plain', busy = false, small = false, children, onClick, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      class={`button button-${kind}${small ? ' button-small' : ''}`}
      aria-busy={busy || undefined}
      aria-disabled={busy || undefined}
      onClick={(event) => {
        if (busy) event.preventDefault();
        else onClick?.call(event.currentTarget, event);
      }}
    >
      {children}
    </button>
  );
}

type LinkProps = {
  readonly href: string;
  readonly kind?: ButtonKind;
  readonly download?: string | boolean;
  readonly title?: string;
  readonly onClick?: () => void;
  readonly children?: ComponentChildren;
};

/** A link that looks like a button. */
export function ButtonLink({ kind = 'plain', children, ...rest }: LinkProps) {
  return (
    <a {...rest} class={`button button-${kind}`}>
      {children}
    </a>
  );
}
