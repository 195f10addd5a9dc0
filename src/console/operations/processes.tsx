/** The processes: how each fares, what waits for it, and what it has set aside. */
import { useState } from 'preact/hooks';
import { api, bodyOf, problemOf } from '../api/client.js';
import { useQuery } from '../api/query.js';
import { session } from '../api/session.js';
import type { Problem } from '../api/types.js';
import { Badge } from '../ui/badge.js';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { Empty, ProblemNotice, Skeleton } from '../ui/feedback.js';
import { Id } from '../ui/id.js';
import { Section } from '../ui/page.js';
import { type Column, Table } from '../ui/table.js';
import { Time } from '../ui/time.js';
import { toast } from '../ui/toast.js';
import { codeWords, type Tone } from '../words/status.js';
import { amount, type Process, waitingWords } from './health.js';
import type { State } from './overview.js';

/** How often what is set aside is asked for again, in milliseconds. */
const lookEvery = 4_000;

/** A process by name. */
function processName(process: string): string {
  return process === 're-review' ? 'Re-review' : codeWords(process);
}

const does: Readonly<Record<string, string>> = {
  'screening': 'runs the checks on a request',
  'domains': 'looks at domains’ records',
  'mail': 'writes to customers',
  'webhooks': 'tells the product backend',
  'timers': 'acts when a deadline falls due',
  'abuse': 'acts on abuse signals',
  're-review': 'opens a re-review after changes',
  'evidence': 'sweeps up files that nobody needs',
  'checkpoints': 'signs what the log holds',
};

const states: { readonly [Name in Process['state']]: readonly [words: string, tone: Tone] } = {
  ok: ['Works', 'ok'],
  failing: ['Fails', 'stop'],
  not_here: ['Not on this node', 'quiet'],
};

function StateCell({ state, error, unavailable, failures }: Process) {
  const [words, tone] = states[state];
  return (
    <div class="operations-cell">
      <Badge tone={tone}>{failures > 1 ? `${words}, ${failures.toLocaleString('en')} times in a row` : words}</Badge>
      {unavailable !== null && <span class="small muted">{unavailable}</span>}
      {error !== null && <span class="small operations-error">{error}</span>}
    </div>
  );
}

export function Processes({ state: { processes } }: { readonly state: State }) {
  const [shown, setShown] = useState<string | undefined>(undefined);
  const { data, problem, refresh } = processes;
  const columns: readonly Column<Process>[] = [
    {
      title: 'Process',
      header: true,
      cell: ({ process }) => (
        <>
          {processName(process)}
          {does[process] !== undefined && <div class="small muted operations-does">{does[process]}</div>}
        </>
      ),
    },
    { title: 'State', cell: (process) => <StateCell {...process} /> },
    {
      title: 'Waiting',
      cell: ({ process, waiting }) => (
        <div>
          {waitingWords(process, waiting)}
          {waiting?.since != null && (
            <div class="small muted">
              the oldest from <Time at={waiting.since} />
            </div>
          )}
        </div>
      ),
    },
    {
      title: 'Set aside',
      cell: ({ process, parked, takesEvents }) =>
        parked === null ? (
          <span class="muted">{takesEvents ? 'cannot be told just now' : '–'}</span>
        ) : parked.count === 0 ? (
          'nothing'
        ) : (
          <Button small kind="danger" onClick={() => setShown(process)}>
            {amount(parked.count, parked.atLeast, 'event')}
          </Button>
        ),
    },
  ];
  return (
    <Section
      title="Processes"
      lead="What the service does by itself. An event whose effect fails again and again is set aside (parked), so that the others go on."
    >
      {data === undefined && (problem === undefined ? <Skeleton lines={14} /> : null)}
      {data !== undefined && (
        <Table
          cards
          caption="List of processes"
          columns={columns}
          rows={data}
          keyOf={({ process }) => process}
          empty={<Empty title="There are no processes" />}
        />
      )}
      {shown !== undefined && <Parked process={shown} onReplayed={refresh} onClose={() => setShown(undefined)} />}
    </Section>
  );
}

type ParkedProps = { readonly process: string; readonly onReplayed: () => Promise<void>; readonly onClose: () => void };

function Parked({ process, onReplayed, onClose }: ParkedProps) {
  const params = { path: { process } };
  const { data, problem, refresh } = useQuery(
    `parked ${process}`,
    async (signal) => bodyOf(api.GET('/v1/processes/{process}/parked', { params, signal })),
    // Somebody else may let them be tried again.
    { every: lookEvery },
  );
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<Problem | undefined>(undefined);
  const replay = async (): Promise<void> => {
    setBusy(true);
    setFailed(undefined);
    try {
      const { replayed } = await bodyOf(api.POST('/v1/processes/{process}/replay', { params, body: {} }));
      toast(`${amount(replayed, false, 'event')} of ${process}: tried once more.`);
      await onReplayed();
      onClose();
    } catch (error) {
      setFailed(problemOf(error));
      setBusy(false);
    }
  };
  return (
    <Dialog side title={`Set aside by ${process}`} onClose={onClose}>
      {problem !== undefined && <ProblemNotice problem={problem} onRetry={refresh} />}
      {data === undefined && problem === undefined && <Skeleton lines={8} />}
      {data !== undefined && data.items.length === 0 && (
        <Empty title="Nothing is set aside any more">What was here has been tried again, and worked.</Empty>
      )}
      {data !== undefined && data.items.length > 0 && (
        <ul class="operations-parked">
          {data.items.map(({ id, accountId, revision, type, reason, parkedAt }) => (
            <li key={id} class="stack">
              <p>
                <strong>{codeWords(type)}</strong>{' '}
                {accountId !== null && (
                  <>
                    of{' '}
                    <Id
                      value={accountId}
                      href={`/console/accounts/${encodeURIComponent(accountId)}?revision=${revision}`}
                    />
                  </>
                )}
              </p>
              <p class="operations-error">{reason}</p>
              {parkedAt !== '' && (
                <p class="small muted">
                  set aside <Time at={parkedAt} />
                </p>
              )}
            </li>
          ))}
        </ul>
      )}
      {data?.more === true && <p class="muted">There are more than these.</p>}
      {failed !== undefined && <ProblemNotice problem={failed} />}
      {session.value?.role === 'admin' ? (
        <div class="stack">
          <p>When the cause is gone, let {process} try all of them once more. What fails again is set aside again.</p>
          <div class="form-actions">
            <Button kind="primary" busy={busy} disabled={(data?.items.length ?? 0) === 0} onClick={() => void replay()}>
              Try once more
            </Button>
          </div>
        </div>
      ) : (
        <p class="muted">An admin can let {process} try them once more.</p>
      )}
    </Dialog>
  );
}
