/** Looking through rows a window at a time: nothing is missed, nothing comes twice, no window looks at more than it may. */
import type { Projection } from '../../projections/projection.js';
import { search } from '../../src/readModels/search.js';
import { type RowScan, ReadModelStore, type Scanned } from '../../src/readModels/store.js';

type Row = { readonly key: string; readonly colour: string; readonly size: number; readonly words: string | null };

const shapes: Projection<Row> = {
  name: 'shapes',
  version: 1,
  types: [],
  key: () => undefined,
  evolve: () => {
    throw new Error('rows are written by hand here');
  },
  columns: { colour: ({ colour }) => colour, size: ({ size }) => size, words: ({ words }) => words },
  indexes: [['colour', 'key']],
};

const rows: readonly Row[] = Array.from({ length: 100 }, (_, index) => ({
  key: String(index).padStart(4, '0'),
  colour: index % 10 === 0 ? 'red' : 'blue',
  size: index,
  words: index % 25 === 0 ? ' round flat ' : null,
}));

const store = new ReadModelStore(':memory:');
const generation = store.open(shapes as never);
const columns = Object.values(shapes.columns);
store.write(
  generation,
  Object.keys(shapes.columns),
  rows.map((row) => ({ key: row.key, row: JSON.stringify(row), columns: columns.map((column) => column(row)) })),
  '0099',
);
afterAll(() => store.close());

const scan = (asked: Partial<RowScan>): Scanned =>
  store.scan(generation, { where: [], order: 'asc', window: 7, limit: 1_000, ...asked });

/** Every row that a scan finds, window by window, and how many windows that took. */
function all(asked: Partial<RowScan>): { readonly sizes: readonly number[]; readonly windows: number } {
  const found: string[] = [];
  let windows = 0;
  for (let after: string | undefined; ; windows++) {
    const { rows: some, next } = scan({ ...asked, after });
    found.push(...some);
    if (next === undefined) return { sizes: found.map((text) => (JSON.parse(text) as Row).size), windows: windows + 1 };
    after = next;
  }
}

const sizes = (holds: (row: Row) => boolean): number[] => rows.filter(holds).map(({ size }) => size);

test('without a condition every row comes once, in the order of keys, forwards and backwards', () => {
  expect(all({})).toEqual({ sizes: sizes(() => true), windows: 15 });
  expect(all({ order: 'desc' })).toEqual({ sizes: sizes(() => true).toReversed(), windows: 15 });
});

test('conditions that were given must hold, those that were not hold for every row', () => {
  const where: RowScan['where'] = [
    { columns: ['size'], op: '>=', value: 20 },
    { columns: ['size'], op: '<', value: 80 },
    { columns: ['words'], op: 'contains', value: ' flat ' },
    { columns: ['colour'], op: '=', value: undefined },
  ];
  expect(all({ where }).sizes).toEqual([25, 50, 75]);
  expect(all({ where, order: 'desc' }).sizes).toEqual([75, 50, 25]);
});

test('of several columns one is enough', () => {
  expect(all({ where: [{ columns: ['colour', 'words'], op: '=', value: ' round flat ' }] }).sizes).toEqual(
    sizes(({ words }) => words !== null),
  );
});

test('a window looks at no more rows than it may, whether they are found or not', () => {
  const none: RowScan['where'] = [{ columns: ['colour'], op: '=', value: 'green' }];
  expect(scan({ where: none })).toEqual({ rows: [], next: '0006' });
  expect(all({ where: none })).toEqual({ sizes: [], windows: 15 });
});

test('narrowed to a column’s value or to keys, it looks at those only', () => {
  expect(all({ within: { column: 'colour', value: 'red' } })).toEqual({
    sizes: sizes(({ colour }) => colour === 'red'),
    windows: 2,
  });
  expect(all({ within: { keys: ['0042', '0007', 'none'] } })).toEqual({ sizes: [7, 42], windows: 1 });
  expect(all({ within: { keys: [] } })).toEqual({ sizes: [], windows: 1 });
});

test('given a limit inside a window, then the next scan goes on behind the last row', () => {
  const { rows: some, next } = scan({ limit: 3 });
  expect([some.length, next]).toEqual([3, '0002']);
  expect((JSON.parse(scan({ limit: 1, after: next }).rows[0] ?? '') as Row).key).toBe('0003');
});

describe('a search', () => {
  const asked = { where: [], order: 'asc', window: 7, limit: 1_000, most: 1_000 } as const;
  const sizesIn = ({ rows: some }: Scanned): number[] => some.map((text) => (JSON.parse(text) as Row).size);

  test('goes through as many windows as it needs', async () => {
    const whole = await search({ store, generation }, asked);
    expect([sizesIn(whole), whole.next]).toEqual([sizes(() => true), undefined]);
    const limited = await search({ store, generation }, { ...asked, limit: 20 });
    expect([sizesIn(limited).at(-1), limited.next]).toEqual([19, '0019']);
  });

  test('ends after so many rows, found or not, and says where to go on', async () => {
    const where: RowScan['where'] = [{ columns: ['size'], op: '=', value: 40 }];
    const first = await search({ store, generation }, { ...asked, where, most: 35 });
    expect(first).toEqual({ rows: [], next: '0034' });
    const second = await search({ store, generation }, { ...asked, where, most: 35, after: first.next });
    expect([sizesIn(second), second.next]).toEqual([[40], '0069']);
  });

  test('lets others go first between two windows', async () => {
    let others = false;
    setImmediate(() => (others = true));
    await search({ store, generation }, { ...asked, limit: 1 });
    expect(others).toBe(false);
    await search({ store, generation }, asked);
    expect(others).toBe(true);
  });
});

test('only keys that begin so are looked at, and conditions hold for them, too', () => {
  expect(all({ within: { prefix: '002' } }).sizes).toEqual(sizes(({ key }) => key.startsWith('002')));
  expect(all({ within: { prefix: '002' }, order: 'desc' }).windows).toBe(2);
  const red: RowScan['where'] = [{ columns: ['colour'], op: '=', value: 'red' }];
  expect(all({ within: { prefix: '00' }, where: red, order: 'desc' }).sizes).toEqual(
    sizes(({ colour }) => colour === 'red').toReversed(),
  );
  expect(all({ within: { prefix: '01' } })).toEqual({ sizes: [], windows: 1 });
});

test('all but those that begin so', () => {
  const where: RowScan['where'] = [{ columns: ['colour'], op: 'begins otherwise', value: 'bl' }];
  expect(all({ where }).sizes).toEqual(sizes(({ colour }) => colour === 'red'));
});

test('rows by columns from the last to the first, after a row', () => {
  const last = (after?: readonly [string, string]): number[] =>
    store
      .query(generation, {
        orderBy: ['colour', 'key'],
        descending: true,
        limit: 3,
        ...(after === undefined ? {} : { after }),
      })
      .map((text) => (JSON.parse(text) as Row).size);
  expect(last()).toEqual([90, 80, 70]);
  expect(last(['red', '0010'])).toEqual([0, 99, 98]);
});
