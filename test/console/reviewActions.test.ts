/** What is offered on a review, and why the rest is not. */
import { actionOf, groups, offeredOf } from '../../src/console/desk/actions.js';
import { type DeskCommand, formFields, isDeskCommand } from '../../src/console/desk/draft.js';
import { commandWords, doneWords } from '../../src/console/desk/words.js';
import type { ReviewPage } from '../../src/console/api/types.js';
import { auditor, command, inReview, inScreening, reviewer, secondReviewer } from '../support/examples.js';
import { newReviewDesk, type ReviewDesk } from '../support/reviewDesk.js';

let desk: ReviewDesk;
beforeEach(async () => (desk = await newReviewDesk()));
afterEach(async () => desk.close());

const offered = async (actor = reviewer) => offeredOf((await desk.page(actor, 'acme')).body as unknown as ReviewPage);
const commandsOf = ({ groups: shown }: Awaited<ReturnType<typeof offered>>): string[] =>
  shown.flatMap(({ actions }) => actions.map((action) => action.command));

test('every form has its place among the actions once, with words, and no two share a key', () => {
  const actions = groups.flatMap((group) => group.actions);
  expect(actions.map((action) => action.command).toSorted()).toEqual(Object.keys(formFields).toSorted());
  const keys = actions.flatMap(({ key }) => key ?? []);
  expect(new Set(keys).size).toBe(keys.length);
  for (const { command: name } of actions) {
    expect([commandWords(name), actionOf(name as DeskCommand).does]).not.toContain('');
    expect(isDeskCommand(name) && doneWords(name)).toMatch(/\.$|^Done/);
  }
});

test('given a request to decide, then what the chart allows; nothing that it refuses', async () => {
  await desk.gatehouse.walk(inReview);
  const page = await offered();
  expect(commandsOf(page)).toEqual(
    expect.arrayContaining(['ApproveVerification', 'ProposeApproval', 'RequestInformation', 'RejectVerification']),
  );
  for (const name of ['ConfirmVerification', 'ReleaseReview', 'ReinstateAccount']) {
    expect(commandsOf(page)).not.toContain(name);
    expect(page.refused.flatMap(({ commands }) => commands)).toContain(name);
  }
  expect(page.blocked).toEqual([]);
});

test('given a proposal of one’s own, then it says that somebody else must approve', async () => {
  await desk.gatehouse.walk([...inReview, command('ProposeApproval')]);
  expect((await offered()).blocked).toEqual(
    expect.arrayContaining([
      { command: 'ApproveVerification', why: expect.stringContaining('second person') as unknown },
    ]),
  );
  expect(commandsOf(await offered(secondReviewer))).toContain('ApproveVerification');
});

test('given a request in screening, then what has no place yet is not in the way', async () => {
  await desk.gatehouse.walk(inScreening);
  const page = await offered();
  expect(commandsOf(page)).toContain('SkipScreening');
  expect(page.blocked).toEqual([]);
});

test('given a closed account, then nothing is offered, and why is said once', async () => {
  await desk.gatehouse.walk([...inReview, command('CloseAccount', { cause: 'provider', reason: 'Asked for' })]);
  const page = await offered();
  expect([page.groups, page.blocked]).toEqual([[], []]);
  expect(page.refused.filter(({ why }) => why.includes('closed'))).toHaveLength(1);
});

test('given open requirements, then it names them, and what to do', async () => {
  await desk.gatehouse.walk([
    ...inReview,
    command('RemoveChannel'),
    command('ConfigureChannel', { channelId: 'e-2', kind: 'email', domain: 'other.acme.example' }),
  ]);
  const { blocked } = await offered();
  expect(blocked.find((one) => one.command === 'ApproveVerification')?.why).toBe(
    'Still open: a verified sending domain. Wait for it, ask for it, or waive it.',
  );
});

test('who may only read is offered nothing', async () => {
  await desk.gatehouse.walk(inReview);
  expect(await offered(auditor)).toEqual({ groups: [], blocked: [], refused: [] });
});
