/** A dialog over the page: the browser's own, which keeps the focus inside and ends by Escape. */
import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { Icon } from './icon.js';

type DialogProps = {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
  /** Beside the page's right edge, so that what it is about stays in sight. */
  readonly side?: boolean;
  /** Cannot be closed before it is answered. */
  readonly firm?: boolean;
};

/** Open as long as it is rendered; the focus goes back where it came from. */
export function Dialog({ title, onClose, children, side = false, firm = false }: DialogProps) {
  const element = useRef<HTMLDialogElement>(null);
  const id = useId();
  useLayoutEffect(() => {
    const before = document.activeElement;
    element.current?.showModal();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={element}
      class={side ? 'dialog dialog-side' : 'dialog'}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        if (!firm) onClose();
      }}
      // Browsers close it in spite of that where somebody insists.
      onClose={({ currentTarget }) => {
        if (firm) currentTarget.showModal();
        else onClose();
      }}
    >
      <header class="dialog-header">
        <h2 id={id}>{title}</h2>
        {!firm && (
          <button type="button" class="icon-button" aria-label="Close" onClick={onClose}>
            <Icon name="close" />
          </button>
        )}
      </header>
      <div class="dialog-body">{children}</div>
    </dialog>
  );
}
