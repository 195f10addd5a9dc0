/** What the makers of a page should know, where they look for it: in the browser's console, and each thing once. */

const told = new Set<string>();

export function hint(text: string): void {
  if (told.has(text)) return;
  told.add(text);
  // oxlint-disable-next-line no-console -- customers read the elements; what is wrong with the page is for its makers
  console.warn(`Gatehouse: ${text}`);
}
