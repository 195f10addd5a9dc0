/** Which reviews are asked for, and a page of them in the order of the queue. */
import { z } from 'zod';
import { type ReviewRow, reviewStates } from '../../projections/reviewQueue.js';
import { id } from '../events/schemas.js';
import { type Instant, plusHours } from '../events/time.js';
import type { ReadModels } from '../readModels/readModels.js';
import type { RowQuery } from '../readModels/store.js';
import { decodeCursor, encodeCursor } from './cursor.js';
import { afterQuery, wholeNumber } from './schemas.js';

export const queueQuery = afterQuery.extend({
  state: z.enum(reviewStates).optional(),
  reviewer: id.optional().meta({ description: 'Assigned to this reviewer; `none`: to nobody.' }),
  waitingHours: wholeNumber(0, 100_000).optional().meta({ description: 'Waiting for at least so many hours.' }),
  overdue: z.literal('true').optional().meta({ description: 'Only those that were to be decided by now.' }),
  limit: wholeNumber(1, 200).optional(),
  cursor: z.string().max(500).optional(),
});

export type QueueQuery = z.output<typeof queueQuery>;
type Filters = Pick<QueueQuery, 'state' | 'reviewer' | 'waitingHours' | 'overdue'>;

/** The conditions on rows that a choice of filters stands for. */
export function conditions({ state, reviewer, waitingHours, overdue }: Filters, now: Instant) {
  const where: NonNullable<RowQuery['where']>[number][] = [
    // Whoever waits for a reviewer has waited since some instant.
    { column: 'waiting_since', op: 'is not null' },
  ];
  // An appeal against a suspension may wait beside a review.
  if (state === 'suspension_appeal') where.push({ column: 'suspension_appeal', op: 'is not null' });
  else if (state !== undefined) where.push({ column: 'review', op: '=', value: state });
  if (reviewer === 'none') where.push({ column: 'reviewer', op: 'is null' });
  else if (reviewer !== undefined) where.push({ column: 'reviewer', op: '=', value: reviewer });
  if (waitingHours !== undefined) {
    where.push({ column: 'waiting_since', op: '<=', value: plusHours(now, -waitingHours) });
  }
  if (overdue === 'true') where.push({ column: 'decide_by', op: '<=', value: now });
  return where;
}

/** A page of the queue, the longest waiting first, and where the next one starts. @throws {HttpProblem} 400 */
export function queuePage({ reviewQueue: { store, generation } }: ReadModels, query: QueueQuery, now: Instant) {
  const { limit = 50 } = query;
  const after = decodeCursor(query.cursor, 2);
  const rows = store
    .query(generation, {
      where: conditions(query, now),
      orderBy: ['waiting_since', 'key'],
      ...(after === undefined ? {} : { after }),
      limit,
    })
    .map((text) => JSON.parse(text) as ReviewRow);
  const last = rows.at(-1);
  const next = last === undefined || rows.length < limit ? null : encodeCursor([last.waitingSince, last.accountId]);
  return { rows, next };
}
