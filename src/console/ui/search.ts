/** The way to look for an account from anywhere. */
import { useLayoutEffect } from 'preact/hooks';

let isWished = false;

function field(): HTMLInputElement | undefined {
  // One in a closed part of the page cannot be typed into.
  return [...document.querySelectorAll<HTMLInputElement>('input[type=search]')].find((one) => one.checkVisibility());
}

/** Goes to the page's search. @param elsewhere goes to a page that has one */
export function goToSearch(elsewhere: () => void): void {
  const here = field();
  here?.focus();
  isWished = here === undefined;
  if (isWished) elsewhere();
}

/** For the page that has the search, and may have been opened for it. */
export function useSearchWish(): void {
  useLayoutEffect(() => {
    if (isWished) field()?.focus();
    isWished = false;
  }, []);
}
