/** Getting about by keyboard alone, and seeing where one is. */
import type { Locator, Page } from 'playwright-core';

export type Pressable = 'button' | 'link' | 'tab';

/** More stops than any page has between two controls that belong together. */
const mostStops = 120;

/** What has the focus: whether it is what was looked for, and whether people see that it has it. */
type Stop = { readonly isThere: boolean; readonly isSeen: boolean; readonly what: string };

/** Runs in the page: `wanted` are the elements that are looked for. */
function stopOf(wanted: readonly Element[]): Stop {
  let focused = document.activeElement;
  while (focused?.shadowRoot?.activeElement != null) focused = focused.shadowRoot.activeElement;
  // What is no control, such as the heading at which a page begins, has the focus only to go on from there.
  if (!(focused instanceof HTMLElement) || focused.tabIndex < 0)
    return { isThere: false, isSeen: true, what: 'the page' };
  const isOutlined = (element: Element): boolean => {
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1;
  };
  // The ring may be drawn around what holds the control: a row, a label.
  const holders = [focused, focused.parentElement, focused.parentElement?.parentElement, focused.closest('[role=row]')];
  // A field for a date has parts that take the focus one after the other; the browser itself marks which one has it.
  const hasParts = focused.matches('input[type=date], input[type=datetime-local]');
  const isRinged =
    hasParts ||
    holders.some((holder) => holder != null && isOutlined(holder)) ||
    getComputedStyle(focused).boxShadow !== 'none';
  const { width, height, top, bottom } = focused.getBoundingClientRect();
  const isOnScreen = width > 0 && height > 0 && bottom > 0 && top < innerHeight;
  const name = (focused.getAttribute('aria-label') ?? focused.textContent ?? '').trim().slice(0, 80);
  const why = `${isRinged ? 'has' : 'no'} ring, ${width} × ${height} from ${top} to ${bottom} of ${innerHeight} pixels`;
  return {
    isThere: wanted.includes(focused),
    isSeen: isOnScreen && isRinged,
    what: `${focused.tagName.toLowerCase()} ${name}${isOnScreen && isRinged ? '' : ` (${why})`}`,
  };
}

/** A busy page may draw a moment later than it moves the focus; what is not seen after that is not seen. */
async function look(wanted: Locator): Promise<Stop> {
  const stop = await wanted.evaluateAll(stopOf);
  if (stop.isSeen) return stop;
  await wanted.page().waitForTimeout(250);
  return wanted.evaluateAll(stopOf);
}

/**
 * Presses Tab until a control has the focus, wherever the focus was; every stop on the way must be seen.
 * @throws when it cannot be reached so, or a stop cannot be seen
 */
export async function focusOn(page: Page, control: Locator): Promise<void> {
  await control.first().waitFor();
  const passed: string[] = [];
  for (let stops = 0; stops < mostStops; stops++) {
    const stop = await look(control);
    if (!stop.isSeen) throw new Error(`the focus is not to be seen on: ${stop.what}`);
    if (stop.isThere) return;
    passed.push(stop.what);
    await page.keyboard.press('Tab');
  }
  throw new Error(`${String(control)} was not reached by Tab: ${passed.slice(0, 40).join(' › ')}`);
}

/** Takes one of several choices: Tab leads to the group, arrows within it. */
export async function stepTo(page: Page, radio: Locator): Promise<void> {
  const name = await radio.evaluate((element) => (element as HTMLInputElement).name);
  const group = page.locator(`input[type=radio][name="${name}"]`);
  await focusOn(page, group);
  for (let steps = 0; steps < 10 && !(await radio.isChecked()); steps++) await page.keyboard.press('ArrowDown');
}
