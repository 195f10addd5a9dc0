/** Reminders of open questions: when they fall due, once each, whatever the clock does. */
import { dueReminder } from '../../src/mail/reminders.js';
import { plusHours } from '../../src/events/time.js';
import { ImportRun } from '../../src/app/importRun.js';
import { handleCommand } from '../../src/app/handleCommand.js';
import { mailProcess } from '../../src/processes/mail.js';
import { ReadModels } from '../../src/readModels/readModels.js';
import { ReadModelStore } from '../../src/readModels/store.js';
import { command, day, inReview, item, start, verified } from '../support/examples.js';
import { type MailHouse, never, newMailHouse } from '../support/mailExamples.js';

const information = { items: [item], respondBy: day(30), at: start };

describe('which one is due, with reminders 7 days and 1 day before', () => {
  test.each([
    ['before the first', day(22), undefined],
    ['at the instant of the first', day(23), 7],
    ['between them', day(28), 7],
    ['at the instant of the last', day(29), 1],
    ['both missed: the last one, once', day(29.9), 1],
    ['at the end', day(30), undefined],
    ['after the end', day(40), undefined],
  ])('%s', (_what, now, expected) => {
    expect(dueReminder(information, [7, 1], now)).toBe(expected);
  });

  test('one whose time came before the questions were asked is none', () => {
    expect(dueReminder({ ...information, respondBy: day(5) }, [7, 1], day(1))).toBeUndefined();
    expect(dueReminder({ ...information, respondBy: day(5) }, [7, 1], day(4))).toBe(1);
  });

  test('where the clock stood still, they count from the later end', () => {
    expect(dueReminder({ ...information, extendedTo: day(40) }, [7, 1], day(29))).toBeUndefined();
    expect(dueReminder({ ...information, extendedTo: day(40) }, [7, 1], day(33))).toBe(7);
  });

  test('without reminders in the policy, none', () => {
    expect(dueReminder(information, [], day(29))).toBeUndefined();
  });
});

describe('sent', () => {
  let house: MailHouse;
  const ask = command('RequestInformation', { items: [item] });
  const owner = 'owner@acme.example';
  const reminder = `sent information_reminder ${owner}`;

  beforeEach(async () => {
    house = await newMailHouse();
    await house.walk([...inReview, ask]);
  });
  afterEach(async () => house.close());

  /** Looks for reminders at an instant, and sends what there is. */
  async function lookAt(now: string, times = 1): Promise<string[]> {
    house.now = now;
    for (let time = 0; time < times; time++) {
      await house.mailing.remind('acme');
      await house.mailing.deliver(never);
    }
    return house.told();
  }

  test('each once, however often one looks and whenever the service restarts', async () => {
    expect(await lookAt(day(22.9), 3)).toEqual([]);
    expect(await lookAt(day(23), 3)).toEqual([reminder]);
    house.again();
    expect(await lookAt(day(25), 3)).toEqual([reminder]);
    expect(await lookAt(day(29), 3)).toEqual([reminder, reminder]);
    house.again();
    expect(await lookAt(day(29.5), 3)).toEqual([reminder, reminder]);
    expect(await lookAt(day(31))).toEqual([reminder, reminder]);
  });

  test('a service that was down for both sends one; a clock put back sends none for the one before', async () => {
    expect(await lookAt(day(29.5))).toEqual([reminder]);
    expect(await lookAt(day(24), 2)).toEqual([reminder]);
    expect(await lookAt(day(29.6), 2)).toEqual([reminder]);
  });

  test('a clock that jumps past the end sends none', async () => {
    expect(await lookAt(day(60), 2)).toEqual([]);
  });

  test('questions that were answered: none', async () => {
    await house.walk([command('SubmitInformation')]);
    expect(await lookAt(day(29))).toEqual([]);
  });

  test('questions that are answered while the reminder waits in the outbox: dropped', async () => {
    house.now = day(29);
    await house.mailing.remind('acme');
    expect(house.mailing.waiting().count).toBe(1);
    await house.walk([command('SubmitInformation')]);
    await house.mailing.deliver(never);
    expect(house.mailing.waiting().count).toBe(0);
    expect(await house.told()).toEqual([]);
  });

  test('a second round of questions has reminders of its own', async () => {
    expect(await lookAt(day(29))).toEqual([reminder]);
    await house.walk([command('SubmitInformation'), ask]);
    expect(await lookAt(day(30))).toEqual([reminder]);
    expect(await lookAt(plusHours(day(52), 1))).toEqual([reminder, reminder]);
  });

  test('an account whose last event was brought in from elsewhere is left alone', async () => {
    const at = day(10);
    house.now = day(23);
    const result = await handleCommand(house.commands, {
      accountId: 'acme',
      commandId: 'brought-in',
      command: command('RecordMessageCreated', { messageId: 'old', channelId: 'email-1', name: 'Old' }),
      imported: { at, run: new ImportRun() },
    });
    expect(result.kind).toBe('accepted');
    expect(await lookAt(day(23))).toEqual([]);
    await house.walk([command('RecordMessageCreated', { messageId: 'new', channelId: 'email-1', name: 'New' })]);
    expect(await lookAt(day(23))).toEqual([reminder]);
  });

  test('the process finds the accounts with open questions, also those of a re-review', async () => {
    await house.walk([...verified, command('OpenReReview'), ask], 'birch');
    await house.walk(inReview, 'cedar');
    const models = new ReadModels(house.store, new ReadModelStore(':memory:'));
    models.start();
    await models.reviewQueue.waitFor((await house.store.head()) ?? '', 5_000);
    house.now = day(24);
    const loop = mailProcess(house.mailing, models.reviewQueue).loops.find(({ part }) => part === 'reminders');
    await loop?.run(never);
    await loop?.run(never);
    await house.mailing.deliver(never);
    await models.stop();
    expect(await house.told('acme')).toEqual([reminder]);
    expect(await house.told('birch')).toEqual([reminder]);
    expect(await house.told('cedar')).toEqual([]);
  });
});
