/** Which revision a page shows. Pure. */

/** A revision as the address has it; undefined for now, and for what is none. */
export function revisionOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

/**
 * The revision to show; undefined for now. One that is the last, or is not there yet, is now.
 * @param head the last revision there is; until it is known, nothing else is
 */
export function revisionShown(asked: number | undefined, head: number | undefined): number | undefined {
  return asked !== undefined && head !== undefined && asked < head ? asked : undefined;
}
