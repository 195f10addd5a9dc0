/** What somebody wants to know before anything else, in one line. */
import { Skeleton } from '../ui/feedback.js';
import { type Figure, FigureLine } from './figureLine.js';
import { counted, duration, number, percent } from './figures.js';
import type { Figures } from './useFigures.js';

type KeyFiguresProps = {
  readonly funnel: Figures<'funnel'> | undefined;
  readonly decisions: Figures<'decisions'> | undefined;
};

export function KeyFigures({ funnel, decisions }: KeyFiguresProps) {
  if (funnel === undefined || decisions === undefined) {
    return (
      <div class="key-figures">
        {Array.from({ length: 6 }, (_, index) => (
          <div key={index}>
            <Skeleton lines={2} label="Loading a figure" />
          </div>
        ))}
      </div>
    );
  }
  const { totals } = funnel;
  const approved = decisions.kinds.find(({ kind }) => kind === 'approved');
  const [late, withDeadline] = decisions.kinds.reduce(
    ([sum, all], one) => [sum + one.late, all + one.withDeadline],
    [0, 0],
  );
  const answered = totals.approvals + totals.rejections;
  const items: readonly Figure[] = [
    ['Sign-ups', number(totals.signups), ''],
    ['Requests', number(totals.requests), `${number(totals.withdrawals)} withdrawn`],
    [
      'Approvals',
      number(totals.approvals),
      answered === 0 ? '' : `${percent(totals.approvals, answered)} of approvals and rejections`,
    ],
    ['Rejections', number(totals.rejections), counted(totals.appeals, 'appeal')],
    [
      'Median time to approval',
      duration(approved?.fromRequest.median ?? null),
      approved?.fromRequest.count ? `nine of ten within ${duration(approved.fromRequest.p90)}` : '',
    ],
    [
      'Decided late',
      percent(late, withDeadline),
      withDeadline === 0 ? '' : `${number(late)} of ${number(withDeadline)} with a time to decide in`,
    ],
  ];
  return <FigureLine items={items} />;
}
