/** Where a JSON pointer leads to in a JSON text, so that an editor can go there. */

export type JsonPlace = { readonly from: number; readonly to: number; readonly line: number };

/**
 * The place of a value.
 * @param text valid JSON
 * @param pointer RFC 6901; one that leads further than the text leads to the last value on its way
 */
export function placeOf(text: string, pointer: string): JsonPlace | undefined {
  const wanted = pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  const reader = new Reader(text, wanted);
  reader.value(0, true);
  const { found } = reader;
  return found === undefined ? undefined : { ...found, line: text.slice(0, found.from).split('\n').length };
}

/** Goes through a text once; of all values only those on the way are looked at. */
class Reader {
  found: { from: number; to: number } | undefined;
  #at = 0;

  constructor(
    readonly text: string,
    readonly wanted: readonly string[],
  ) {}

  /** @param depth how many parts of the pointer led here; @param onWay whether they did */
  value(depth: number, onWay: boolean): void {
    this.#space();
    const from = this.#at;
    const before = this.found;
    const first = this.text[from];
    if (first === '{') this.#object(depth, onWay);
    else if (first === '[') this.#array(depth, onWay);
    else this.#plain();
    // The innermost value on the way was found first.
    if (onWay && this.found === before) this.found = { from, to: this.#at };
  }

  #object(depth: number, onWay: boolean): void {
    this.#at += 1;
    for (this.#space(); this.#at < this.text.length && this.text[this.#at] !== '}'; this.#space()) {
      const name = this.#name();
      this.#space();
      this.#at += 1;
      this.value(depth + 1, onWay && this.wanted[depth] === name);
      this.#comma();
    }
    this.#at += 1;
  }

  #array(depth: number, onWay: boolean): void {
    this.#at += 1;
    this.#space();
    for (let index = 0; this.#at < this.text.length && this.text[this.#at] !== ']'; index++) {
      this.value(depth + 1, onWay && this.wanted[depth] === String(index));
      this.#comma();
    }
    this.#at += 1;
  }

  #name(): string {
    const from = this.#at;
    this.#plain();
    return JSON.parse(this.text.slice(from, this.#at)) as string;
  }

  /** A string, number, true, false or null. */
  #plain(): void {
    const match = /"(?:[^"\\]|\\.)*"|[^\s,\]}:]+/y;
    match.lastIndex = this.#at;
    this.#at += match.exec(this.text)?.[0].length ?? 1;
  }

  #comma(): void {
    this.#space();
    if (this.text[this.#at] === ',') this.#at += 1;
    this.#space();
  }

  #space(): void {
    while (/\s/.test(this.text[this.#at] ?? '')) this.#at += 1;
  }
}
