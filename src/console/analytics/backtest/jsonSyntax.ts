/** Where a text stops being JSON, and what is missing there. Browsers say it each in another way, and often not where. */

export type SyntaxProblem = { readonly message: string; readonly at: number; readonly line: number };

/** The first problem; undefined when the text is JSON. */
export function syntaxProblem(text: string): SyntaxProblem | undefined {
  const reader = new Reader(text);
  try {
    reader.all();
    return undefined;
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    const at = Math.min(reader.at, text.length);
    return { message: error.message, at, line: text.slice(0, at).split('\n').length };
  }
}

class Stop extends Error {}

/** Any character but control characters, quotes and backslashes, or an escape. */
const string = /"(?:[ !#-[\]-\u{10ffff}]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/uy;
const plain = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const space = /[ \t\n\r]*/y;

class Reader {
  at = 0;

  constructor(readonly text: string) {}

  all(): void {
    this.#value();
    if (this.at < this.text.length) throw new Stop('something follows after the end of the document');
  }

  #value(): void {
    this.#take(space);
    const first = this.text[this.at];
    if (first === '{') this.#list('}', 'name', () => this.#entry());
    else if (first === '[') this.#list(']', 'value', () => this.#value());
    else if (first === '"') this.#string();
    else if (!this.#take(plain)) throw new Stop('a value is missing, or it is none: text stands in double quotes');
    this.#take(space);
  }

  #list(end: '}' | ']', what: string, item: () => void): void {
    this.at += 1;
    this.#take(space);
    while (this.text[this.at] !== end) {
      item();
      const next = this.text[this.at];
      if (next !== ',' && next !== end) throw new Stop(`a comma or ${end} is missing before this`);
      if (next !== ',') break;
      const comma = this.at;
      this.at += 1;
      this.#take(space);
      if (this.text[this.at] === end) {
        this.at = comma;
        throw new Stop(`this comma is too many: no ${what} follows it`);
      }
    }
    this.at += 1;
  }

  #entry(): void {
    if (this.text[this.at] !== '"') throw new Stop('a name in double quotes is missing');
    this.#string();
    this.#take(space);
    if (this.text[this.at] !== ':') throw new Stop('a colon is missing after the name');
    this.at += 1;
    this.#value();
  }

  #string(): void {
    if (!this.#take(string)) throw new Stop('this text has no end, or a line break or backslash that it cannot have');
  }

  /** @returns whether there was anything to take */
  #take(pattern: RegExp): boolean {
    pattern.lastIndex = this.at;
    const length = pattern.exec(this.text)?.[0].length ?? 0;
    this.at += length;
    return length > 0;
  }
}
