/** Seeded choices, and seeded changes of JSON. */
import type { Json, JsonObject } from '../../../src/eventStore/eventStore.js';
import { seeded } from '../randomCommands.js';

export class Chance {
  readonly #random: () => number;

  constructor(seed: number) {
    this.#random = seeded(seed);
  }

  /** A whole number from 0 up to, not including, `below`. */
  below(below: number): number {
    return Math.floor(this.#random() * below);
  }

  /** One of them. */
  of<T>(list: readonly T[]): T {
    const found = list[this.below(list.length)];
    if (found === undefined) throw new Error('there is nothing to choose from');
    return found;
  }

  /** The bytes with one of them changed: one bit, or any other value. */
  alteredBytes(bytes: Buffer): Buffer {
    const altered = Buffer.from(bytes);
    const at = this.below(bytes.length);
    const before = bytes[at] ?? 0;
    altered[at] = this.below(2) === 0 ? before ^ (1 << this.below(8)) : (before + 1 + this.below(255)) % 256;
    return altered;
  }
}

type Container = Record<string, Json> | Json[];
type Place = { readonly container: Container; readonly key: string };

function* placesIn(value: Json): Iterable<Place> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    yield { container: value as Container, key };
    yield* placesIn(inner);
  }
}

function valueAt({ container, key }: Place): Json {
  return (container as Record<string, Json>)[key] ?? null;
}

/** Another value than this one, of its kind or of another. */
function anotherThan(chance: Chance, value: Json): Json {
  if (typeof value === 'string') return chance.of([`${value}x`, value.slice(1), `${value}${value}y`, null]);
  if (typeof value === 'number') return chance.of([value + 1, -value - 1, value / 2 + 0.25, String(value)]);
  if (typeof value === 'boolean') return !value;
  if (value === null) return chance.of<Json>([0, '', false, {}]);
  return chance.of<Json>([null, 'other', { other: 1 }]);
}

/** What becomes of a value: a field with another value, without one, or with one more. */
export type FieldChange = 'changed' | 'removed' | 'added';

/** A copy of a JSON object with one field changed, removed or added, anywhere in it; undefined where there is none. */
export function withChange<T extends JsonObject>(chance: Chance, value: T, change: FieldChange): T | undefined {
  const copy = structuredClone(value) as unknown as Record<string, Json>;
  const places = [...placesIn(copy)];
  if (change === 'added') {
    const objects = places.map(valueAt).filter((one) => typeof one === 'object' && one !== null && !Array.isArray(one));
    const target = chance.of([copy, ...(objects as Record<string, Json>[])]);
    target['added'] = chance.of<Json>([1, 'more', null]);
    return copy as unknown as T;
  }
  if (places.length === 0) return undefined;
  const place = chance.of(places);
  const { container, key } = place;
  if (change === 'changed') (container as Record<string, Json>)[key] = anotherThan(chance, valueAt(place));
  else if (Array.isArray(container)) container.splice(Number(key), 1);
  else delete container[key];
  return copy as unknown as T;
}
