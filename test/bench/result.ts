/** What a bench gives: our figure, the reference's, and ours divided by it. */
export type Result = {
  readonly ours: number;
  readonly reference: number;
  readonly ratio: number;
  readonly unit: string;
};
export type Bench = () => Promise<Readonly<Record<string, Result>>>;

/** The medians of rounds that were taken in turn, so that a noisy moment hits both alike. */
export function compare(ours: readonly number[], reference: readonly number[], unit: string): Result {
  const [mine, other] = [median(ours), median(reference)];
  return { ours: mine, reference: other, ratio: mine / other, unit };
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Things done per second. */
export async function rate(count: number, work: () => Promise<void> | void): Promise<number> {
  const started = performance.now();
  await work();
  return count / ((performance.now() - started) / 1_000);
}

export const rounds = 3;
