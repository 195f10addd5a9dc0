/** In place of a list without rows: what would be here, and where there is work. */
import { ButtonLink } from '../ui/button.js';
import { Empty } from '../ui/feedback.js';
import { counted } from '../words/plain.js';
import { addressOf, type Filter, type ReviewCounts, type Tab } from './filter.js';
import { reviewWords } from './words.js';

const empty: Readonly<Record<Tab, readonly [title: string, text: string]>> = {
  mine: ['Nothing is assigned to you', 'Reviews that you take, or that somebody gives you, appear here.'],
  unassigned: [
    'Everything is with somebody',
    'Requests that nobody has taken yet appear here, the longest waiting first.',
  ],
  overdue: ['Nothing is overdue', 'Reviews that were to be decided by now appear here.'],
  all: [
    'The queue is empty',
    'Requests for verification, re-reviews and appeals appear here as soon as they are made.',
  ],
};

export function NoReviews({ filter, counts }: { readonly filter: Filter; readonly counts: ReviewCounts | undefined }) {
  const [title, text] = empty[filter.tab];
  const elsewhere = (['unassigned', 'all'] as const).find((tab) => tab !== filter.tab && (counts?.[tab] ?? 0) > 0);
  return (
    <Empty title={filter.state === undefined ? title : `None here is in the state “${reviewWords(filter.state)}”`}>
      <p>{text}</p>
      {elsewhere !== undefined && (
        <ButtonLink href={addressOf({ tab: elsewhere, state: undefined })}>
          {elsewhere === 'all' ? 'See the whole queue' : 'See what nobody has taken'} (
          {counted(counts?.[elsewhere] ?? 0, 'review', 'reviews')})
        </ButtonLink>
      )}
    </Empty>
  );
}
