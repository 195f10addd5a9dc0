/**
 * Which point of a plot its values are shown of: the chosen one, also when others come before it, else the last. Pure.
 * @param names of the points, in their order; @param chosen the name of one, which may be there no longer
 */
export function shownPoint(names: readonly string[], chosen: string | undefined): number {
  const index = chosen === undefined ? -1 : names.indexOf(chosen);
  return index === -1 ? names.length - 1 : index;
}
