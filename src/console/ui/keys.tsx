/** Keys: what a page registers is what the help under `?` shows. */
import { signal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { Dialog } from './dialog.js';

export type Key = {
  /** As `KeyboardEvent.key` has it; two keys one after the other with a space between: `g r`. */
  readonly key: string;
  readonly does: string;
  readonly run: () => void;
};

type Group = { readonly title: string; readonly keys: () => readonly Key[] };

const groups = signal<readonly Group[]>([]);
export const helpIsOpen = signal(false);

/** How long the second of two keys may take, in milliseconds. */
const secondKeyWithin = 2_000;
let first: { readonly key: string; readonly at: number } | undefined;

/** Keys typed into a field are text. */
function isTyping({ target }: KeyboardEvent): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(TEXTAREA|SELECT)$/.test(target.tagName) || isTextInput(target))
  );
}

function isTextInput(target: HTMLElement): boolean {
  return target instanceof HTMLInputElement && !/^(checkbox|radio|button|range|file)$/.test(target.type);
}

function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
  if (event.key === '?') {
    event.preventDefault();
    helpIsOpen.value = !helpIsOpen.value;
    return;
  }
  // A dialog has keys of its own only.
  if (document.querySelector('dialog[open]') !== null) return;
  const both = first !== undefined && event.timeStamp - first.at < secondKeyWithin ? `${first.key} ${event.key}` : '';
  first = { key: event.key, at: event.timeStamp };
  // The page shown last wins over the frame around it.
  const keys = groups.value.toReversed().flatMap((group) => group.keys());
  const found = keys.find(({ key }) => key === both) ?? keys.find(({ key }) => key === event.key);
  if (found === undefined) return;
  event.preventDefault();
  first = undefined;
  found.run();
}

document.addEventListener('keydown', onKey);

/** Registers keys as long as the component is shown. They may change from one rendering to the next. */
export function useKeys(title: string, keys: readonly Key[]): void {
  const latest = useRef(keys);
  latest.current = keys;
  // Before what they work on can be seen: whoever sees it may press one.
  useLayoutEffect(() => {
    const group: Group = { title, keys: () => latest.current };
    groups.value = [...groups.value, group];
    return () => {
      groups.value = groups.value.filter((one) => one !== group);
    };
  }, [title]);
}

/** All keys of what is shown. */
export function KeyHelp() {
  if (!helpIsOpen.value) return null;
  return (
    <Dialog title="Keys" onClose={() => (helpIsOpen.value = false)}>
      {groups.value.toReversed().map(({ title, keys }) => (
        <section key={title} class="key-group">
          <h3>{title}</h3>
          <dl>
            {keys().map(({ key, does }) => (
              <div key={key}>
                <dt>
                  {key.split(' ').map((one) => (
                    <kbd key={one}>{keyNames[one] ?? one}</kbd>
                  ))}
                </dt>
                <dd>{does}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Dialog>
  );
}

const keyNames: Readonly<Record<string, string>> = {
  ArrowDown: '↓',
  ArrowUp: '↑',
  ArrowLeft: '←',
  ArrowRight: '→',
  Escape: 'Esc',
};
