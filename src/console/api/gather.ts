/** Going on with pages that may be empty, until there is enough to show. */

export type Gathered<Item> = {
  readonly items: readonly Item[];
  /** Where the next page starts; null after the last. */
  readonly next: string | null;
};

/**
 * Asks for page after page: an answer looks only at so much, and may hold few items or none.
 * @param enough stops once so many items are there
 * @param mostPages stops after so many pages, however few items came
 */
export async function gather<Item>(
  load: (cursor: string | null) => Promise<Gathered<Item>>,
  from: string | null,
  enough: number,
  mostPages = 10,
): Promise<Gathered<Item>> {
  const items: Item[] = [];
  let next = from;
  for (let pages = 0; pages < mostPages; pages++) {
    const page = await load(next);
    items.push(...page.items);
    next = page.next;
    if (next === null || items.length >= enough) break;
  }
  return { items, next };
}
