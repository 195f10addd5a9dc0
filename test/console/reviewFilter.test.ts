/** The part of the queue that is looked at: as the address has it, as the API is asked, and as the list keeps it. */
import {
  addressOf,
  belongs,
  countOf,
  filterOf,
  isAssignable,
  questionOf,
  type ReviewLine,
  tabs,
} from '../../src/console/desk/filter.js';
import {
  command,
  day,
  informationRequested,
  inReview,
  inScreening,
  reasons,
  reviewer,
  secondReviewer,
  verified,
} from '../support/examples.js';
import { newReviewDesk, type ReviewDesk } from '../support/reviewDesk.js';
import { reviewStates } from '../../projections/reviewQueue.js';

test('an address names tab and state; what it does not name is the tab looked at last', () => {
  expect(filterOf({}, null)).toEqual({ tab: 'all', state: undefined });
  expect(filterOf({}, 'mine')).toEqual({ tab: 'mine', state: undefined });
  expect(filterOf({ tab: 'overdue', state: 're_review' }, 'mine')).toEqual({ tab: 'overdue', state: 're_review' });
  expect(filterOf({ tab: 'toString', state: 'constructor' }, 'nonsense')).toEqual({ tab: 'all', state: undefined });
  for (const tab of tabs) {
    const filter = { tab, state: 'screening' as const };
    const { searchParams } = new URL(addressOf(filter), 'https://gatehouse.example');
    expect(filterOf(Object.fromEntries(searchParams), null)).toEqual(filter);
  }
});

test('counts of a tab, or of a state on the tab of all', () => {
  const counts = { all: 9, mine: 1, unassigned: 5, overdue: 2, states: { screening: 4 }, position: null };
  expect(countOf({ tab: 'mine', state: undefined }, counts)).toBe(1);
  expect(countOf({ tab: 'all', state: 'screening' }, counts)).toBe(4);
  expect(countOf({ tab: 'mine', state: 'screening' }, counts)).toBeUndefined();
  expect(countOf({ tab: 'mine', state: undefined }, undefined)).toBeUndefined();
});

describe('beside the server', () => {
  let desk: ReviewDesk;
  beforeAll(async () => {
    desk = await newReviewDesk();
    const appealed = [command('SuspendAccount'), command('SubmitAppeal', { against: 'suspension', statement: 'No.' })];
    await desk.gatehouse.walk([...inReview, command('AssignReview')], 'mine');
    await desk.gatehouse.walk([...inReview, command('AssignReview', { reviewer: secondReviewer.id })], 'theirs');
    await desk.gatehouse.walk(inScreening, 'screened');
    await desk.gatehouse.walk(informationRequested, 'asked');
    await desk.gatehouse.walk([...verified, command('OpenReReview', { reasons, reviewBy: day(20) })], 'again');
    await desk.gatehouse.walk([...verified, ...appealed], 'suspended');
    await desk.gatehouse.walk([...inReview, ...appealed], 'both');
    await desk.gatehouse.walk(verified, 'done');
    desk.at(day(3));
  });
  afterAll(async () => desk.close());

  const ask = async (query: object): Promise<ReviewLine[]> => {
    const after = (await desk.gatehouse.store.head()) ?? '';
    const { body } = await desk.get(reviewer, `/v1/review-lines?${String(new URLSearchParams({ ...query, after }))}`);
    return body['items'] as ReviewLine[];
  };

  test('what the list offers to take is what can be assigned', async () => {
    const accounts = 'mine,theirs,screened,asked,again,suspended,both,done';
    for (const line of await ask({ accounts })) {
      const { body } = await desk.get(reviewer, `/v1/reviews/${line.accountId}`);
      const allowed = (body['allowedCommands'] as string[]).includes('AssignReview');
      expect([line.accountId, isAssignable(line)]).toEqual([line.accountId, allowed]);
    }
  });

  test('what the server selects for a filter is what the list keeps of everything, in every tab and state', async () => {
    const accounts = 'mine,theirs,screened,asked,again,suspended,both,done';
    const everything = await ask({ accounts });
    expect(everything).toHaveLength(8);
    for (const tab of tabs) {
      for (const state of [undefined, ...reviewStates]) {
        const filter = { tab, state };
        const selected = (await ask(questionOf(filter, reviewer.id))).map(({ accountId }) => accountId).toSorted();
        const kept = everything.filter((line) => belongs(line, filter, reviewer.id, day(3)));
        expect([filter, kept.map(({ accountId }) => accountId).toSorted()]).toEqual([filter, selected]);
      }
    }
  });
});
