/** When a reminder of open questions falls due. Pure. */
import { type Instant, plusDays } from '../events/time.js';
import { answerBy, type InformationRequest } from '../policy/facts.js';

/**
 * The reminder that is due: of those whose time has come, the last one. One whose time came before the questions were
 * asked is none; after the time to answer there are no reminders.
 * @param daysBefore the policy's reminders, in days before the time to answer runs out
 * @returns its days before; undefined when none is due
 */
export function dueReminder(
  information: InformationRequest,
  daysBefore: readonly number[],
  now: Instant,
): number | undefined {
  const until = answerBy(information);
  if (now >= until) return undefined;
  const due = daysBefore.filter((days) => {
    const at = plusDays(until, -days);
    return at <= now && at > information.at;
  });
  return due.length === 0 ? undefined : Math.min(...due);
}

/** What causes a reminder: the questions (the account and when they were asked), and how long before the end. */
export function reminderCause(accountId: string, { at }: InformationRequest, days: number): string {
  return `${accountId}:${at}:reminder-${days}`;
}
