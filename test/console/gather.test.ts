/** Pages that hold few items or none are followed by the next ones, up to a limit. */
import { gather } from '../../src/console/api/gather.js';

/** Pages by number: the cursor is the number of the next one. */
function pagesOf(...pages: readonly string[][]) {
  const asked: (string | null)[] = [];
  const load = async (cursor: string | null) => {
    asked.push(cursor);
    const index = Number(cursor ?? 0);
    return { items: pages[index] ?? [], next: index + 1 < pages.length ? String(index + 1) : null };
  };
  return { asked, load };
}

test('given empty pages before one that has items, then it goes on until there is enough', async () => {
  const { asked, load } = pagesOf([], [], ['a'], ['b', 'c'], ['d']);
  expect(await gather(load, null, 2)).toEqual({ items: ['a', 'b', 'c'], next: '4' });
  expect(asked).toEqual([null, '1', '2', '3']);
});

test('given the last page, then it ends there, however little came', async () => {
  const { asked, load } = pagesOf(['a'], []);
  expect(await gather(load, null, 50)).toEqual({ items: ['a'], next: null });
  expect(asked).toEqual([null, '1']);
});

test('given empty pages without end, then it stops after some, and says where to go on', async () => {
  const { load } = pagesOf(...Array.from({ length: 100 }, () => []));
  expect(await gather(load, '3', 1, 5)).toEqual({ items: [], next: '8' });
});
