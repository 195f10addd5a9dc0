/** Which time figures are about. */

/** From an instant on, and before another one, in milliseconds since 1970; undefined where there is no such end. */
export type Range = { readonly from?: number | undefined; readonly to?: number | undefined };

/** Whether an instant lies in [from, to). */
export function isWithin({ from, to }: Range, at: number): boolean {
  return (from === undefined || at >= from) && (to === undefined || at < to);
}
