/**
 * Many times, and where their middle and their ends are: exact, at eight bytes each.
 *
 * The percentile is the linear one, type 7 of Hyndman and Fan, "Sample Quantiles in Statistical Packages" (The American
 * Statistician 50, 1996): with the n values in order and h = (n − 1) · p / 100, it lies between the values number ⌊h⌋ and
 * ⌊h⌋ + 1 (from 0), as far from the first as h goes beyond it. R, NumPy, Excel's PERCENTILE.INC and SQL's percentile_cont
 * do the same. So the median of an even count is the mean of the two middle values.
 */

/** Times in milliseconds; null where there are none. A time between two values may have a fraction. */
export type Summary = {
  readonly count: number;
  readonly median: number | null;
  readonly p90: number | null;
  readonly p99: number | null;
  readonly max: number | null;
};

/** Long work in steps: whoever runs it may do something else at each `yield`. */
export type InSteps<T> = Generator<void, T, void>;

/** Values sorted or merged in one step: well under ten milliseconds. */
const stepSize = 32_768;

export class Sample {
  #values = new Float64Array(16);
  #count = 0;

  add(value: number): void {
    if (this.#count === this.#values.length) {
      const larger = new Float64Array(2 * this.#count);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#count++] = value;
  }

  get count(): number {
    return this.#count;
  }

  *summary(): InSteps<Summary> {
    const values = yield* sorted(this.#values.slice(0, this.#count));
    const max = values.at(-1) ?? null;
    return {
      count: values.length,
      median: percentile(values, 50),
      p90: percentile(values, 90),
      p99: percentile(values, 99),
      max,
    };
  }
}

/** @param percent a whole number from 0 to 100: so h is a fraction of whole numbers, and nothing is rounded twice */
function percentile(values: Float64Array, percent: number): number | null {
  const hundredths = (values.length - 1) * percent;
  const lower = values[Math.floor(hundredths / 100)];
  if (lower === undefined) return null;
  const upper = values[Math.floor(hundredths / 100) + 1] ?? lower;
  return lower + ((upper - lower) * (hundredths % 100)) / 100;
}

/** The values in order, by sorting runs and merging them pair by pair. */
function* sorted(values: Float64Array): InSteps<Float64Array> {
  for (let from = 0; from < values.length; from += stepSize) {
    values.subarray(from, from + stepSize).sort();
    yield;
  }
  let source = values;
  let target: Float64Array = new Float64Array(source.length > stepSize ? source.length : 0);
  for (let width = stepSize; width < source.length; width *= 2) {
    for (let from = 0; from < source.length; from += 2 * width) {
      yield* merge(
        source.subarray(from, from + width),
        source.subarray(from + width, from + 2 * width),
        target.subarray(from),
      );
    }
    [source, target] = [target, source];
  }
  return source;
}

function* merge(left: Float64Array, right: Float64Array, into: Float64Array): InSteps<void> {
  let [l, r] = [0, 0];
  for (let at = 0; at < left.length + right.length; at++) {
    const [a, b] = [left[l], right[r]];
    const takeLeft = b === undefined || (a !== undefined && a <= b);
    into[at] = (takeLeft ? a : b) ?? 0;
    if (takeLeft) l += 1;
    else r += 1;
    if (at % stepSize === stepSize - 1) yield;
  }
}

/** Samples by a key. */
export class Samples<K extends string> {
  readonly #samples = new Map<K, Sample>();

  add(key: K, value: number): void {
    let known = this.#samples.get(key);
    if (known === undefined) this.#samples.set(key, (known = new Sample()));
    known.add(value);
  }

  /** The summary of a key's sample; of an empty one where nothing was added. */
  *summary(key: K): InSteps<Summary> {
    return yield* (this.#samples.get(key) ?? new Sample()).summary();
  }
}

/** Counts by a key. */
export class Counts<K extends string> {
  readonly #counts = new Map<K, number>();

  add(key: K, count = 1): void {
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + count);
  }

  of(key: K): number {
    return this.#counts.get(key) ?? 0;
  }

  /** The keys counted, in the order of their text. */
  keys(): K[] {
    return [...this.#counts.keys()].toSorted((a, b) => (a < b ? -1 : 1));
  }

  /** All of them, in the order of their text. */
  all(): Record<string, number> {
    return Object.fromEntries(this.keys().map((key) => [key, this.of(key)]));
  }
}
