/** Whether all is well, and what needs a look. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { connection } from '../api/connection.js';
import type { Query } from '../api/query.js';
import { Notice, ProblemNotice, Skeleton } from '../ui/feedback.js';
import { Section } from '../ui/page.js';
import { amount, type Concern, concernsOf, eventsAt, type Node, type Process, type ReadModel } from './health.js';

export type State = {
  readonly readModels: Query<{ readonly head: string | null; readonly items: readonly ReadModel[] }>;
  readonly processes: Query<readonly Process[]>;
  readonly node: Query<Node>;
};

/** After so long without an answer nobody knows how it is now, in milliseconds: some intervals of asking. */
const longestSilence = 10_000;
const lookEvery = 1_000;

/** Whether an answer is overdue: while its store is away, the service lets questions wait for long before it says so. */
function useSilence(queries: readonly Query<unknown>[]): boolean {
  const [now, setNow] = useState(Date.now());
  const inFrontSince = useRef(now);
  useEffect(() => {
    const timer = setInterval(() => {
      setNow(Date.now());
      // Nobody is asked while the page is not in front.
      if (document.visibilityState !== 'visible') inFrontSince.current = Date.now();
    }, lookEvery);
    return () => clearInterval(timer);
  }, []);
  return queries.some(({ answeredAt = 0 }) => now - Math.max(answeredAt, inFrontSince.current) > longestSilence);
}

export function Overview({ state: { readModels, processes, node } }: { readonly state: State }) {
  const queries = [readModels, processes, node];
  const problem = queries.find((query) => query.problem !== undefined);
  const isSilent = useSilence(queries);
  const isAway = connection.value === 'lost' || isSilent;
  const isKnown = readModels.data !== undefined && processes.data !== undefined && node.data !== undefined;
  return (
    <Section title="Health">
      {problem?.problem !== undefined && <ProblemNotice problem={problem.problem} onRetry={problem.refresh} />}
      {!isKnown && problem === undefined && <Skeleton lines={2} />}
      {isKnown && (
        <Concerns
          isOld={isAway || problem !== undefined}
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

type ConcernsProps = {
  readonly concerns: readonly Concern[];
  readonly node: Node;
  /** It is not known whether it is still so. */
  readonly isOld: boolean;
};

function Concerns({ concerns, node, isOld }: ConcernsProps) {
  // One region for all: what comes and goes is read out.
  return (
    <div class="stack" role="status">
      {isOld && (
        <Notice tone="wait" title="How the service is just now is not known">
          What this page shows is from before. It is asked again by itself.
        </Notice>
      )}
      {concerns.length === 0 && !isOld && (
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
  const log = events === undefined ? 'the log' : `the log of ${amount(events, false, 'event')}`;
  return head === null
    ? 'The log is empty: the first account’s sign-up is its first event.'
    : `Every read model follows ${log}, no process fails, and nothing is set aside.`;
}
