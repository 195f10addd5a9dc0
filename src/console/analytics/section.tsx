/** A section whose figures are asked for: their place is kept until they are there. */
import type { ComponentChildren } from 'preact';
import type { Query } from '../api/query.js';
import { ProblemNotice, Skeleton } from '../ui/feedback.js';
import { Section } from '../ui/page.js';

type FigureSectionProps<Data> = {
  readonly title: string;
  readonly id: string;
  readonly lead?: ComponentChildren;
  readonly query: Query<Data>;
  /** About how many lines its content has. */
  readonly lines: number;
  readonly children: (data: Data) => ComponentChildren;
};

export function FigureSection<Data>({ title, id, lead, query, lines, children }: FigureSectionProps<Data>) {
  const { data, problem, refresh } = query;
  return (
    <Section title={title} id={id} lead={lead}>
      {problem !== undefined && <ProblemNotice problem={problem} onRetry={refresh} />}
      {data !== undefined
        ? children(data)
        : problem === undefined && <Skeleton lines={lines} label={`Loading: ${title}`} />}
    </Section>
  );
}
