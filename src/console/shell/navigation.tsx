/** The navigation: beside the page where there is room, above it where there is not. */
import { useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { session, signOut } from '../api/session.js';
import type { ConsolePage } from '../pages.js';
import { Icon } from '../ui/icon.js';
import { helpIsOpen } from '../ui/keys.js';
import { type Theme, theme, themes } from '../ui/theme.js';
import { toast } from '../ui/toast.js';
import { Mark } from './mark.js';

const themeNames: Readonly<Record<Theme, string>> = { system: 'As the system', light: 'Light', dark: 'Dark' };

async function leave(): Promise<void> {
  if (!(await signOut())) toast('You are still signed in: Gatehouse could not be reached. Try again in a moment.');
}

export function Navigation({ pages }: { readonly pages: readonly ConsolePage[] }) {
  const { path } = useLocation();
  const [open, setOpen] = useState(false);
  const current = session.value;
  return (
    <header class={open ? 'nav nav-open' : 'nav'}>
      <div class="nav-top">
        <a class="nav-brand" href="/console/">
          <Mark />
          <span>Gatehouse</span>
        </a>
        <button
          type="button"
          class="icon-button nav-toggle"
          aria-expanded={open}
          aria-controls="nav-body"
          aria-label={open ? 'Close the menu' : 'Open the menu'}
          onClick={() => setOpen(!open)}
        >
          <Icon name={open ? 'close' : 'menu'} />
        </button>
      </div>
      <div class="nav-body" id="nav-body">
        <nav aria-label="Pages">
          <ul>
            {pages.flatMap(({ path: target, nav }) =>
              nav === undefined
                ? []
                : [
                    <li key={target}>
                      <a
                        href={target}
                        aria-current={path === target || path.startsWith(`${target}/`) ? 'page' : undefined}
                        onClick={() => setOpen(false)}
                      >
                        {nav.label}
                      </a>
                    </li>,
                  ],
            )}
          </ul>
        </nav>
        <div class="nav-foot">
          <label class="nav-theme">
            <span>Appearance</span>
            <select
              class="input"
              value={theme.value}
              onChange={(event) => (theme.value = event.currentTarget.value as Theme)}
            >
              {themes.map((one) => (
                <option key={one} value={one}>
                  {themeNames[one]}
                </option>
              ))}
            </select>
          </label>
          <button type="button" class="nav-link" onClick={() => (helpIsOpen.value = true)}>
            Keys <kbd>?</kbd>
          </button>
          {current != null && (
            <div class="nav-who">
              <span class="nav-actor" title={current.actor}>
                {current.actor}
              </span>
              <span class="muted">{current.role}</span>
            </div>
          )}
          <button type="button" class="nav-link" onClick={() => void leave()}>
            Sign out
          </button>
        </div>
      </div>
    </header>
  );
}
