/** Whether all is well, and what needs a look. */
import type { Query } from '../api/query.js';
import { Notice, ProblemNotice, Skeleton } from '../ui/feedback.js';
import { Section } from '../ui/page.js';
import { type Concern, concernsOf, eventsAt, type Node, type Process, type ReadModel } from './health.js';

export type State = {
  readonly readModels: Query<{ readonly head: string | null; readonly items: readonly ReadModel[] }>;
  readonly processes: Query<readonly Process[]>;
  readonly node: Query<Node>;
};

export function Overview({ state: { readModels, processes, node } }: { readonly state: State }) {
  const queries = [readModels, processes, node];
  const problem = queries.find((query) => query.problem !== undefined);
  const isKnown = readModels.data !== undefined && processes.data !== undefined && node.data !== undefined;
  return (
    <Section title="Health">
      {problem?.problem !== undefined && <ProblemNotice problem={problem.problem} onRetry={problem.refresh} />}
      {!isKnown && problem === undefined && <Skeleton lines={2} />}
      {isKnown && (
        <Concerns
          concerns={concernsOf(
            { readModels: readModels.data.items, processes: processes.data, node: node.data },
            Date.now(),
          )}
          node={node.data}
        />
      )}
    </Section>
  );
}

function Concerns({ concerns, node }: { readonly concerns: readonly Concern[]; readonly node: Node }) {
  // One region for all: what comes and goes is read out.
  return (
    <div class="stack" role="status">
      {concerns.length === 0 && (
        <Notice tone="ok" title="All is well">
          {wellWords(node)}
        </Notice>
      )}
      {concerns.map(({ tone, title, text }) => (
        <Notice key={title} tone={tone} title={title}>
          {text}
        </Notice>
      ))}
    </div>
  );
}

function wellWords({ head }: Node): string {
  const events = eventsAt(head);
  const log = events === undefined ? 'the log' : `all ${events.toLocaleString('en')} events`;
  return head === null
    ? 'The log is empty: the first account’s sign-up is its first event.'
    : `Every read model reflects ${log}, no process fails, and nothing is set aside.`;
}
