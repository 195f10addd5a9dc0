/** HTML and SVG as values that cannot be confused with text: whatever is put into a template is escaped. */

export class Markup {
  constructor(readonly text: string) {}
}

type Value = Markup | string | number | readonly Markup[];

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as it may stand between tags and in quoted attributes. */
function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);
}

function written(value: Value): string {
  if (value instanceof Markup) return value.text;
  return typeof value === 'object' ? value.map(({ text }) => text).join('') : escaped(String(value));
}

/** A piece of markup, as a template: ``markup`<p>${text}</p>` ``. */
export function markup(strings: TemplateStringsArray, ...values: readonly Value[]): Markup {
  const text = strings.map((part, index) => part + (index < values.length ? written(values[index] ?? '') : ''));
  return new Markup(text.join(''));
}

export const nothing = new Markup('');
