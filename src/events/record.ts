/** Look-ups by ids that come from outside: `constructor` is an id like any other, and no entry of its own accord. */

/** The entry of a key; undefined where there is none of its own. */
export function entryOf<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
