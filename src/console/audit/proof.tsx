/** Whether the log can be trusted: the last checkpoint, what came since, the last verification; and verifying now. */
import { useState } from 'preact/hooks';
import { api, bodyOf, problemOf } from '../api/client.js';
import type { Query } from '../api/query.js';
import type { Answer, Problem } from '../api/types.js';
import { Badge } from '../ui/badge.js';
import { Button } from '../ui/button.js';
import { Notice, ProblemNotice, Progress, Skeleton } from '../ui/feedback.js';
import { Section } from '../ui/page.js';
import { Time } from '../ui/time.js';
import { toast } from '../ui/toast.js';
import { asSentence } from '../words/plain.js';
import type { Tone } from '../words/status.js';
import { counted, outcomeWords, phaseWords, type Verification } from './findingWords.js';
import { Findings } from './findings.js';
import { useVerification } from './useVerification.js';

export type Checkpoints = Answer<'/v1/checkpoints'>;

const outcomes: { readonly [State in Verification['state']]: readonly [words: string, tone: Tone] } = {
  running: ['Running', 'info'],
  done: ['Clean', 'ok'],
  failed: ['Could not be done', 'wait'],
  cancelled: ['Cancelled', 'quiet'],
};

function Outcome({ verification }: { readonly verification: Verification }) {
  const isFound = (verification.result?.found ?? 0) > 0;
  const [words, tone] = isFound ? (['Something was found', 'stop'] as const) : outcomes[verification.state];
  return <Badge tone={tone}>{words}</Badge>;
}

export function Proof({ checkpoints }: { readonly checkpoints: Query<Checkpoints> }) {
  const verifying = useVerification((ended) => {
    toast(`The verification has ended. ${outcomeWords(ended)}`);
    void checkpoints.refresh();
  });
  const { last, query, problem, busy, start, cancel } = verifying;
  const [notTaken, setNotTaken] = useState<Problem | undefined>(undefined);
  const running = last?.state === 'running';
  return (
    <Section
      title="Proof"
      lead="Every event carries a hash that chains it to the one before it, and signed checkpoints vouch for the whole log. A verification checks all of it while the service goes on."
      actions={
        <>
          <TakeCheckpoint onTaken={checkpoints.refresh} onProblem={setNotTaken} />
          <Button kind="primary" busy={busy} disabled={running} onClick={() => void start()}>
            Verify now
          </Button>
        </>
      }
    >
      <dl class="audit-status">
        <div>
          <dt>Last checkpoint</dt>
          <dd>
            <LastCheckpoint checkpoints={checkpoints} />
          </dd>
        </div>
        <div>
          <dt>Events without a checkpoint</dt>
          <dd>
            <Since checkpoints={checkpoints} />
          </dd>
        </div>
        <div>
          <dt>Last verification</dt>
          <dd>
            {last !== undefined ? (
              <>
                <Outcome verification={last} />
                <span class="small muted">
                  {running ? 'begun ' : ''}
                  <Time at={last.finishedAt ?? last.startedAt} /> by {last.startedBy.id}
                </span>
              </>
            ) : query.data === undefined && query.problem === undefined ? (
              <Skeleton lines={1} />
            ) : (
              <span>None since the service started</span>
            )}
          </dd>
        </div>
      </dl>
      {checkpoints.problem !== undefined && (
        <ProblemNotice problem={checkpoints.problem} onRetry={checkpoints.refresh} />
      )}
      {query.problem !== undefined && <ProblemNotice problem={query.problem} onRetry={query.refresh} />}
      {problem !== undefined && <ProblemNotice problem={problem} />}
      {notTaken !== undefined && <ProblemNotice problem={notTaken} />}
      <ProcessNotice checkpoints={checkpoints.data} />
      {last !== undefined && (running ? <Running run={last} busy={busy} onCancel={cancel} /> : <Ended run={last} />)}
    </Section>
  );
}

function LastCheckpoint({ checkpoints: { data, problem } }: { readonly checkpoints: Query<Checkpoints> }) {
  if (data === undefined) return problem === undefined ? <Skeleton lines={1} /> : <span class="muted">–</span>;
  const [newest] = data.items;
  if (newest === undefined) return <span>None yet</span>;
  return (
    <>
      <span>{newest.takenAt === null ? `Number ${newest.number}` : <Time at={newest.takenAt} />}</span>
      <span class="small muted">
        {newest.problem === null ? `number ${newest.number}, ${counted(newest.events ?? 0, 'event')}` : newest.problem}
      </span>
    </>
  );
}

function Since({ checkpoints: { data, problem } }: { readonly checkpoints: Query<Checkpoints> }) {
  if (data === undefined) return problem === undefined ? <Skeleton lines={1} /> : <span class="muted">–</span>;
  const { events, atLeast } = data.since;
  return (
    <>
      <span class="numeric">
        {atLeast ? 'at least ' : ''}
        {events.toLocaleString('en')}
      </span>
      <span class="small muted">
        {events === 0
          ? 'all is covered'
          : data.process.runsHere
            ? `one is taken every ${minutes(data.everyMinutes)}`
            : 'not covered yet'}
      </span>
    </>
  );
}

function minutes(count: number): string {
  if (count === 60) return 'hour';
  return count % 60 === 0 ? `${count / 60} hours` : `${count} minutes`;
}

/** What keeps checkpoints from being taken. */
function ProcessNotice({ checkpoints }: { readonly checkpoints: Checkpoints | undefined }) {
  if (checkpoints === undefined) return null;
  const { process } = checkpoints;
  if (process.state === 'failing') {
    return (
      <Notice tone="stop" title="No checkpoint can be taken">
        {asSentence(process.error)} It is tried again by itself. Verify now to see all that is wrong.
      </Notice>
    );
  }
  if (process.runsHere) return null;
  return (
    <Notice tone="wait" title="Checkpoints are not taken by themselves here">
      The process <code>checkpoints</code> does not run on this node (GATEHOUSE_PROCESSES). Unless another node runs it,
      take them by hand.
    </Notice>
  );
}

type RunningProps = { readonly run: Verification; readonly busy: boolean; readonly onCancel: () => Promise<void> };

function Running({ run, busy, onCancel }: RunningProps) {
  return (
    <div class="audit-running">
      <Progress label={phaseWords(run.phase)} done={run.done} total={run.total} />
      <Button small busy={busy} onClick={() => void onCancel()}>
        Cancel
      </Button>
      {(run.result?.found ?? 0) > 0 && <p>Something was found already.</p>}
    </div>
  );
}

function Ended({ run }: { readonly run: Verification }) {
  const { result } = run;
  const found = (result?.found ?? 0) > 0;
  const tone = found ? 'stop' : run.state === 'done' ? 'ok' : 'wait';
  return (
    <div class="stack">
      <Notice tone={tone} title={outcomeWords(run)} live="polite">
        {found && (
          <p>
            Stop what writes to the store, keep a copy of it as it is, and compare it with a backup. What follows says
            where to look.
          </p>
        )}
        {result?.clean === true && result.checkpoints > 0 && (
          <p class="small">
            Checked with the key beside the checkpoints. An auditor who kept that key elsewhere checks with it:{' '}
            <code>gatehouse audit verify --public-key &lt;file&gt;</code>
          </p>
        )}
      </Notice>
      {result !== null && found && <Findings result={result} />}
    </div>
  );
}

type TakeProps = {
  readonly onTaken: () => Promise<void>;
  readonly onProblem: (problem: Problem | undefined) => void;
};

/** Signs what the log holds now. */
function TakeCheckpoint({ onTaken, onProblem }: TakeProps) {
  const [busy, setBusy] = useState(false);
  const take = async (): Promise<void> => {
    setBusy(true);
    onProblem(undefined);
    try {
      const { kind, number } = await bodyOf(api.POST('/v1/checkpoints', { body: {} }));
      toast(kind === 'taken' ? `Checkpoint ${number} was taken.` : `Nothing came since checkpoint ${number}.`);
    } catch (error) {
      onProblem(problemOf(error));
    }
    await onTaken();
    setBusy(false);
  };
  return (
    <Button busy={busy} onClick={() => void take()}>
      Take a checkpoint
    </Button>
  );
}
