/** One backtest: how far it came, what it found, and each request that differs. */
import { useLocation } from 'preact-iso';
import { useState } from 'preact/hooks';
import { api, bodyOf, problemOf } from '../../api/client.js';
import { useQuery } from '../../api/query.js';
import { session } from '../../api/session.js';
import type { Problem } from '../../api/types.js';
import { Badge } from '../../ui/badge.js';
import { Button, ButtonLink } from '../../ui/button.js';
import { useDraft } from '../../ui/draft.js';
import { Notice, ProblemNotice, Progress, Skeleton } from '../../ui/feedback.js';
import { Facts, Page, Section } from '../../ui/page.js';
import { Time } from '../../ui/time.js';
import { toast } from '../../ui/toast.js';
import { asSentence } from '../../words/plain.js';
import { number } from '../figures.js';
import { backtestPath, type DifferenceFilter } from './address.js';
import { type Draft, noDraft, textOf, wouldLose } from './candidate.js';
import { DifferencesSection } from './differencesSection.js';
import { ResultSections } from './resultSections.js';
import { runTone } from './runTone.js';
import { deletingWords, isUnderWay, periodOfRun, type Run, runStateWords } from './words.js';

/** How often one that is under way is asked for, in milliseconds. */
const often = 700;

export function RunView({ id, filter }: { readonly id: string; readonly filter: DifferenceFilter }) {
  const [over, setOver] = useState(false);
  const query = useQuery(
    `backtest ${id}`,
    async (signal) => {
      const run = await bodyOf(api.GET('/v1/backtests/{backtestId}', { params: { path: { backtestId: id } }, signal }));
      setOver(!isUnderWay(run.state));
      return run;
    },
    over ? {} : { every: often },
  );
  const { data: run, problem, refresh } = query;
  return (
    <Page
      title={run === undefined ? 'Backtest' : `Backtest of ${run.policyVersion}`}
      wide
      lead={<a href={backtestPath}>All backtests, and another candidate</a>}
      actions={run !== undefined && <RunActions run={run} refresh={refresh} />}
    >
      {problem !== undefined && <ProblemNotice problem={problem} onRetry={refresh} />}
      {run === undefined ? (
        problem === undefined && <Skeleton lines={12} label="Loading the backtest" />
      ) : (
        <>
          <About run={run} />
          {run.result !== null && <ResultSections id={id} result={run.result} filter={filter} />}
          {!isUnderWay(run.state) && run.state !== 'failed' && <DifferencesSection run={run} filter={filter} />}
        </>
      )}
    </Page>
  );
}

function About({ run }: { readonly run: Run }) {
  const { state, done, total, requests, differing, startedBy, createdAt, finishedAt, error } = run;
  return (
    <Section title="The run">
      <div class="stack">
        {isUnderWay(state) && (
          <>
            <Progress
              label={state === 'waiting' ? 'Waits for its turn' : 'Events gone through'}
              done={done}
              total={total}
            />
            <p class="muted numeric">{`${number(requests)} requests decided again, ${number(differing)} differ so far`}</p>
          </>
        )}
        {state === 'failed' && (
          <Notice tone="stop" live="assertive" title="The log could not be gone through">
            {`${asSentence(error)} Operators find more in the service’s own log. Run it again once that is mended.`}
          </Notice>
        )}
        {state === 'interrupted' && (
          <Notice tone="wait" live="polite" title="The service stopped before the end of the log">
            {run.result === null
              ? 'What it had counted was lost with it. Run it again.'
              : 'What is shown was found until then. Run it again for the whole.'}
          </Notice>
        )}
        {state === 'cancelled' && (
          <Notice tone="info" live="polite" title="It was ended before the end of the log">
            What is shown was found until then.
          </Notice>
        )}
      </div>
      <Facts
        items={[
          ['State', <Badge tone={runTone(state)}>{runStateWords(state)}</Badge>],
          ['Requests of', periodOfRun(run)],
          ['Started', <Time at={createdAt} />],
          ['By', startedBy.id],
          ...(finishedAt === null ? [] : [['Over', <Time at={finishedAt} />] as const]),
        ]}
      />
    </Section>
  );
}

function RunActions({ run, refresh }: { readonly run: Run; readonly refresh: () => Promise<void> }) {
  const { route } = useLocation();
  const [draft, setDraft] = useDraft<Draft>('backtest', noDraft);
  const [asking, setAsking] = useState<'edit' | 'delete' | undefined>(undefined);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  /** @param query whether one that is over is kept: it may have come to its end since the page last looked */
  const end = async (query: { readonly keep?: 'true' }, then: () => unknown): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    try {
      await bodyOf(api.DELETE('/v1/backtests/{backtestId}', { params: { path: { backtestId: run.id }, query } }));
      await then();
    } catch (error) {
      setProblem(problemOf(error));
      setAsking(undefined);
    }
    setBusy(false);
  };
  const remove = async (): Promise<void> =>
    end({}, () => {
      toast('The backtest was deleted.');
      route(backtestPath);
    });
  const edit = (): void => {
    setDraft({ ...noDraft, text: textOf(run.policy), ...daysOf(run) });
    route(backtestPath);
  };
  return (
    <>
      {problem !== undefined && <ProblemNotice problem={problem} />}
      {asking === 'delete' && !isUnderWay(run.state) && (
        <Notice
          tone="wait"
          live="polite"
          title={deletingWords(run, session.value?.actor)}
          actions={
            <>
              <Button small onClick={() => setAsking(undefined)}>
                Keep it
              </Button>
              <Button small kind="danger" busy={busy} onClick={() => void remove()}>
                Delete it
              </Button>
            </>
          }
        >
          Its candidate and what it found are gone then, for everybody.
        </Notice>
      )}
      {asking === 'edit' && (
        <Notice
          tone="wait"
          live="polite"
          title="Replace the candidate that you are editing?"
          actions={
            <>
              <Button small onClick={() => setAsking(undefined)}>
                Keep my changes
              </Button>
              <Button small kind="danger" onClick={edit}>
                Replace them
              </Button>
            </>
          }
        />
      )}
      {isUnderWay(run.state) ? (
        <Button kind="danger" busy={busy} onClick={() => void end({ keep: 'true' }, refresh)}>
          Cancel
        </Button>
      ) : (
        <>
          <Button kind="quiet" onClick={() => setAsking('delete')}>
            Delete
          </Button>
          <Button onClick={() => (wouldLose(draft, run.policy) ? setAsking('edit') : edit())}>
            Edit this candidate
          </Button>
        </>
      )}
      <ButtonLink href={backtestPath} kind="primary">
        New backtest
      </ButtonLink>
    </>
  );
}

/** The days of a run, as the form has them. */
function daysOf({ since, until }: Run): Pick<Draft, 'from' | 'to'> {
  return {
    from: since === null ? '' : since.slice(0, 10),
    to: until === null ? '' : new Date(Date.parse(until) - 1).toISOString().slice(0, 10),
  };
}
