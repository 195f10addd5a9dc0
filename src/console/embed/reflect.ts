/** Attributes as properties: frameworks and scripts say `element.account = 'acme'` as well as `account="acme"`. */

/** `message-type` is `messageType`. */
function propertyOf(attribute: string): string {
  return attribute.replaceAll(/-(\w)/g, (_whole, letter: string) => letter.toUpperCase());
}

/** Makes a property of each attribute: text, empty where there is none; null and undefined take it away. */
export function reflect(element: { readonly prototype: HTMLElement }, attributes: readonly string[]): void {
  for (const attribute of attributes) {
    Object.defineProperty(element.prototype, propertyOf(attribute), {
      configurable: true,
      enumerable: true,
      get(this: HTMLElement) {
        return this.getAttribute(attribute) ?? '';
      },
      set(this: HTMLElement, value: string | number | null | undefined) {
        if (value === null || value === undefined) this.removeAttribute(attribute);
        else this.setAttribute(attribute, String(value));
      },
    });
  }
}
