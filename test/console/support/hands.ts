/** How somebody works a page: by clicking and typing, or by keyboard alone. Controls are found as people find them. */
import type { Locator, Page } from 'playwright-core';
import { focusOn, type Pressable, stepTo } from './keyboard.js';

/** A control's name as people read it: the whole of it, or a pattern where more stands beside it. */
export type Name = string | RegExp;
export type File = { readonly name: string; readonly mimeType: string; readonly buffer: Buffer };

export type Hands = {
  readonly page: Page;
  readonly press: (role: Pressable, name: Name) => Promise<void>;
  /** Types into a field, after what stands in it. */
  readonly write: (label: Name, text: string) => Promise<void>;
  /** Chooses from a list by what it shows. */
  readonly choose: (label: Name, option: string) => Promise<void>;
  /** Ticks a box, or takes one of several choices. */
  readonly tick: (role: 'checkbox' | 'radio', name: Name) => Promise<void>;
  readonly attach: (label: Name, file: File) => Promise<void>;
};

/** A label whose field may be said to be optional beside it. */
export function labelled(page: Page, label: Name): Locator {
  if (typeof label !== 'string') return page.getByLabel(label);
  const escaped = label.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return page.getByLabel(new RegExp(`^${escaped}(?: \\(optional\\))?$`));
}

/** The mouse to choose, the keyboard to type. */
export function byMouse(page: Page): Hands {
  return {
    page,
    press: async (role, name) => page.getByRole(role, { name, exact: true }).click(),
    write: async (label, text) => {
      await labelled(page, label).click();
      await page.keyboard.type(text);
    },
    choose: async (label, option) => {
      await labelled(page, label).selectOption({ label: option });
    },
    tick: async (role, name) => page.getByRole(role, { name, exact: true }).check(),
    attach: async (label, file) => {
      const [chooser] = await Promise.all([page.waitForEvent('filechooser'), labelled(page, label).click()]);
      await chooser.setFiles(file);
    },
  };
}

/** Nothing but keys: Tab to get there, Enter, Space, arrows and letters to use what is there. */
export function byKeyboard(page: Page): Hands {
  const { keyboard } = page;
  return {
    page,
    press: async (role, name) => {
      await focusOn(page, page.getByRole(role, { name, exact: true }));
      await keyboard.press('Enter');
    },
    write: async (label, text) => {
      await focusOn(page, labelled(page, label));
      await keyboard.type(text);
    },
    choose: async (label, option) => {
      const list = labelled(page, label);
      // The options may come after the list.
      await list.getByRole('option', { name: option, exact: true }).waitFor({ state: 'attached' });
      await focusOn(page, list);
      // A closed list goes to the option that begins with what is typed.
      await keyboard.type(option);
      const chosen = await list.evaluate((element) => (element as HTMLSelectElement).selectedOptions[0]?.text);
      if (chosen !== option) throw new Error(`${option} could not be chosen: ${chosen}`);
    },
    tick: async (role, name) => {
      const box = page.getByRole(role, { name, exact: true });
      if (role === 'radio') await stepTo(page, box);
      else {
        await focusOn(page, box);
        await keyboard.press('Space');
      }
      if (!(await box.isChecked())) throw new Error(`${String(name)} was not taken`);
    },
    attach: async (label, file) => {
      const open = async (): Promise<void> => {
        await focusOn(page, labelled(page, label));
        await keyboard.press('Enter');
      };
      // Waited for from the start: the browser has to be told that somebody does.
      const [chooser] = await Promise.all([page.waitForEvent('filechooser'), open()]);
      await chooser.setFiles(file);
    },
  };
}
