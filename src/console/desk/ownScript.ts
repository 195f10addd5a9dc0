/** The scripts that the console may start: files of its own build. */

/**
 * The full address of a script.
 * @param page the address of the page that wants to start it
 * @throws {TypeError} when it is not one of the console's own
 */
export function ownScript(url: string, page: string): string {
  const wanted = new URL(url, page);
  if (wanted.origin === new URL(page).origin && wanted.pathname.startsWith('/console/assets/')) return wanted.href;
  throw new TypeError(`${url} is not one of the console's own scripts`);
}
