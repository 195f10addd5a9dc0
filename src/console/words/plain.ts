/** Small helpers for sentences. */

/** A name of the code in plain words: `pendingReview` and `pending_review` are `pending review`. */
export function plain(name: string): string {
  return name.replaceAll('_', ' ').replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** The same as the beginning of a sentence. */
export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What a machine said, so that another sentence can follow; nothing where it said nothing. */
export function asSentence(text: string | null): string {
  const said = text?.trim() ?? '';
  return said === '' || /[.!?…]$/.test(said) ? said : `${said}.`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
}

/** `1 person`, `3 people`; thousands are parted. */
export function counted(count: number, one: string, many: string): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}

/** The word for a code; a code of a newer server is put into plain words. */
export function wordFor(words: Readonly<Record<string, string>>, code: string): string {
  return (Object.hasOwn(words, code) ? words[code] : undefined) ?? plain(code);
}
