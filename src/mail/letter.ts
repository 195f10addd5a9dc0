/** What a mail says, before it is text or HTML: the two always say the same. */

/** A part of a letter, from top to bottom. */
export type Block =
  | { readonly kind: 'paragraph'; readonly text: string; readonly important?: true }
  /** Numbered when the order matters to an answer. */
  | { readonly kind: 'list'; readonly numbered: boolean; readonly points: readonly Point[] }
  /** A link that leads on; the first one of a letter is its button. */
  | { readonly kind: 'link'; readonly label: string; readonly url: string };

/** A point of a list: what it is about, and what is said of it. */
export type Point = { readonly title?: string; readonly text: string };

export type Letter = {
  readonly subject: string;
  /** The subject's continuation, as mail programs show it in their lists. */
  readonly preview: string;
  readonly heading: string;
  readonly greeting: string;
  readonly blocks: readonly Block[];
  readonly closing: string;
  /** Why this person gets this mail, and what helps support to find the account. */
  readonly footer: readonly string[];
};

export const paragraph = (text: string): Block => ({ kind: 'paragraph', text });
/** What must not be overlooked: a date, above all. */
export const important = (text: string): Block => ({ kind: 'paragraph', text, important: true });
export const list = (points: readonly Point[], numbered = false): Block => ({ kind: 'list', numbered, points });
export const link = (label: string, url: string): Block => ({ kind: 'link', label, url });

/** A block only where something holds. */
export function only(holds: boolean, ...blocks: readonly Block[]): readonly Block[] {
  return holds ? blocks : [];
}
