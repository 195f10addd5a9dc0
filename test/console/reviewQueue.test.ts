/** The list of reviews follows the queue, and never moves what somebody looks at. */
import {
  emptyQueue,
  type Line,
  neighbour,
  type Queue,
  type Sight,
  swept,
  withHeld,
  withNews,
  withPage,
} from '../../src/console/desk/queue.js';

const line = (accountId: string, waited: number, revision = 1): Line => ({
  accountId,
  waitingSince: `2026-01-05T09:${String(waited).padStart(2, '0')}:00.000Z`,
  revision,
});
const gone = (accountId: string, revision = 2): Line => ({ accountId, waitingSince: null, revision });
const belongs = ({ waitingSince }: Line): boolean => waitingSince !== null;
/** `a b*`: the rows, those that are gone with an asterisk. */
const shown = ({ rows }: Queue<Line>): string =>
  rows.map(({ line: { accountId }, gone: left }) => `${accountId}${left ? '*' : ''}`).join(' ');

const sight = (first: number, last: number): Sight => ({ first, last });
const five = withPage(
  emptyQueue<Line>(),
  ['a', 'b', 'c', 'd', 'e'].map((id, index) => line(id, index * 10)),
);

test('pages come one after the other; what is known is brought up to date, not doubled', () => {
  const queue = withPage(five, [line('e', 40, 7), line('f', 50)]);
  expect(shown(queue)).toBe('a b c d e f');
  expect(queue.rows[4]?.line.revision).toBe(7);
});

test('a page that was read anew brings what belongs further up into its place', () => {
  expect(shown(withPage(five, [line('a', 0), line('between', 15), line('b', 10)]))).toBe('a b between c d e');
});

test('given a line that left the queue, then it stays in its place, marked', () => {
  const { queue, by } = withNews(five, [gone('c')], belongs, sight(0, 4));
  expect([shown(queue), by]).toEqual(['a b c* d e', 0]);
  expect(queue.rows[2]?.line.waitingSince).toBe('2026-01-05T09:20:00.000Z');
});

test('given that it comes back, then it is where it was', () => {
  const { queue } = withNews(five, [gone('c')], belongs, sight(0, 4));
  expect(shown(withNews(queue, [line('c', 59, 3)], belongs, sight(0, 4)).queue)).toBe('a b c d e');
});

test('given older news of a line than what is known, then nothing changes', () => {
  const newer = withNews(five, [line('c', 20, 5)], belongs, sight(0, 4)).queue;
  expect(shown(withNews(newer, [gone('c', 4)], belongs, sight(0, 4)).queue)).toBe('a b c d e');
});

test.each([
  ['above what is in sight', 5, sight(2, 4), 'a new b c d e', 1, 0],
  ['at the upper edge', 15, sight(2, 4), 'a b new c d e', 1, 0],
  ['among what is in sight', 25, sight(1, 3), 'a b c d e', 0, 1],
  ['below what is in sight', 35, sight(0, 2), 'a b c d new e', 0, 0],
  ['at the end of a list that is in sight as a whole', 55, sight(0, 4), 'a b c d e new', 0, 0],
])('given an arrival %s, then nothing in sight moves', (_where, waited, inSight, rows, by, held) => {
  const moved = withNews(five, [line('new', waited)], belongs, inSight);
  expect([shown(moved.queue), moved.by, moved.queue.held.length]).toEqual([rows, by, held]);
});

test('given several arrivals above, then it moves by all of them; the sight moves along', () => {
  const moved = withNews(five, [line('x', 1), line('y', 2), line('z', 25)], belongs, sight(2, 3));
  expect([shown(moved.queue), moved.by, moved.queue.held.map(({ accountId }) => accountId)]).toEqual([
    'a x y b c d e',
    2,
    ['z'],
  ]);
});

test('given what is held, when it is asked for, then it is in its place, and what is gone is not', () => {
  const { queue } = withNews(five, [line('new', 25), gone('d')], belongs, sight(1, 3));
  expect(shown(withHeld(queue))).toBe('a b c new e');
  expect(withHeld(queue).held).toEqual([]);
});

test('given what is held, when it leaves the queue before it is shown, then it is held no more', () => {
  const { queue } = withNews(five, [line('new', 25)], belongs, sight(1, 3));
  expect(withNews(queue, [gone('new')], belongs, sight(1, 3)).queue.held).toEqual([]);
});

test('given pages still to come, then what comes after them is left to them', () => {
  const { queue } = withNews(five, [line('new', 55), line('early', 35)], belongs, sight(0, 1), line('e', 40));
  expect(shown(queue)).toBe('a b c d early e');
});

test('what is gone is swept away out of sight; what was above moves the rest, the focused row stays', () => {
  const { queue } = withNews(five, [gone('a'), gone('b'), gone('c'), gone('e')], belongs, sight(0, 4));
  const { queue: left, by } = swept(queue, sight(2, 3), 'b');
  expect([shown(left), by]).toEqual(['b* c* d', -1]);
  expect(swept(left, sight(0, 2), undefined)).toEqual({ queue: left, by: 0 });
});

test('the next in the list, leaving out what is gone', () => {
  const { queue } = withNews(five, [gone('c')], belongs, sight(0, 4));
  expect(neighbour(queue, 'b', 1)).toBe('d');
  expect(neighbour(queue, 'd', -1)).toBe('b');
  expect(neighbour(queue, 'c', 1)).toBe('d');
  expect(neighbour(queue, 'e', 1)).toBeUndefined();
  expect(neighbour(queue, 'elsewhere', 1)).toBeUndefined();
});
