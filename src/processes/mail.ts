/** The process `mail`: tells customers what happened to their account, and reminds them of open questions. */
import type { ReviewRow } from '../../projections/reviewQueue.js';
import type { Mailing } from '../mail/mailing.js';
import { toldEvents } from '../mail/notice.js';
import type { ProjectionRunner } from '../readModels/runner.js';
import type { Processes } from './process.js';

const name = 'mail';

/** How often the outbox is looked at, and how often reminders are looked for, in milliseconds. */
const lookAtOutbox = 500;
const lookForReminders = 60_000;

/** Rows at a time. */
const pageSize = 200;

/** Accounts with open questions, as far as the read model knows; whether a reminder goes out, the account itself says. */
function* waitingForAnswers(queue: ProjectionRunner<ReviewRow>): Iterable<ReviewRow> {
  for (const review of ['info_requested', 're_review_info_requested']) {
    let after: readonly [string] | undefined;
    do {
      const rows = queue.store
        .query(queue.generation, {
          where: [{ column: 'review', op: '=', value: review }],
          orderBy: ['key'],
          ...(after === undefined ? {} : { after }),
          limit: pageSize,
        })
        .map((text) => JSON.parse(text) as ReviewRow);
      yield* rows;
      const last = rows.at(-1);
      after = last === undefined || rows.length < pageSize ? undefined : [last.accountId];
    } while (after !== undefined);
  }
}

/**
 * The consumer only takes mails over into the outbox, so that a mail server that is down for an hour parks nothing; one
 * loop sends them, another looks for reminders. On a cluster the node that took an event over has its mails in its own
 * outbox and sends them, when it runs again at the latest.
 */
export function mailProcess(mailing: Mailing, queue: ProjectionRunner<ReviewRow>): Processes {
  return {
    consumers: [
      {
        name,
        types: [
          ...toldEvents,
          // Open questions that reached nobody are sent to whoever is named anew.
          'ContactsUpdated',
          'NotificationFailed',
        ],
        // Through one outbox at a time, so that a contact reads things in the order in which they happened.
        ordered: true,
        from: 'now',
        run: async (event) => mailing.tell(event),
      },
    ],
    loops: [
      { name, part: 'outbox', everyMilliseconds: lookAtOutbox, run: async (signal) => mailing.deliver(signal) },
      {
        name,
        part: 'reminders',
        everyMilliseconds: lookForReminders,
        run: async (signal) => {
          for (const { accountId, facts } of waitingForAnswers(queue)) {
            if (signal.aborted) break;
            if (mailing.mayRemind(facts)) await mailing.remind(accountId);
          }
        },
      },
    ],
  };
}
