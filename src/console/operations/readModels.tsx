/** The read models: how far each is, and rebuilding one. */
import { useState } from 'preact/hooks';
import { api, bodyOf, problemOf } from '../api/client.js';
import { session } from '../api/session.js';
import type { Problem } from '../api/types.js';
import { Badge } from '../ui/badge.js';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { Empty, ProblemNotice, Progress, Skeleton } from '../ui/feedback.js';
import { Section } from '../ui/page.js';
import { type Column, Table } from '../ui/table.js';
import { Duration } from '../ui/time.js';
import { toast } from '../ui/toast.js';
import { codeWords, type Tone } from '../words/status.js';
import { amount, eventsAt, eventsBehind, type ReadModel } from './health.js';
import type { State } from './overview.js';

const states: { readonly [Name in ReadModel['state']]: readonly [words: string, tone: Tone] } = {
  live: ['Follows the log', 'ok'],
  starting: ['Catches up', 'wait'],
  failed: ['Fails', 'stop'],
};

function Lag({ model, head }: { readonly model: ReadModel; readonly head: string | null }) {
  const behind = eventsBehind(model.checkpoint, head);
  if (model.lagSeconds === 0 || behind === 0) return <span class="muted">none</span>;
  return (
    <span>
      <Duration ms={model.lagSeconds * 1_000} />
      {behind !== undefined && <span class="muted"> · {amount(behind, false, 'event')}</span>}
    </span>
  );
}

/** The rebuild under way, or a button for one. */
function Rebuild({ model, head, onAsk }: { model: ReadModel; head: string | null; onAsk: (name: string) => void }) {
  const { rebuilding, rebuiltFrom, projection } = model;
  if (rebuilding !== null) {
    const total = eventsAt(head);
    const done = eventsAt(rebuilding.position);
    return (
      <Progress
        label="Rebuilding"
        done={done ?? rebuilding.events}
        total={done === undefined ? null : (total ?? null)}
      />
    );
  }
  return (
    <div class="operations-again">
      {session.value?.role === 'admin' && (
        <Button small aria-label={`Rebuild ${codeWords(projection)}`} onClick={() => onAsk(projection)}>
          Rebuild
        </Button>
      )}
      {rebuiltFrom !== null && <span class="small muted">from {amount(rebuiltFrom, false, 'event')}</span>}
    </div>
  );
}

export function ReadModels({ state: { readModels } }: { readonly state: State }) {
  const [asked, setAsked] = useState<string | undefined>(undefined);
  const { data, problem, refresh } = readModels;
  const head = data?.head ?? null;
  const columns: readonly Column<ReadModel>[] = [
    { title: 'Read model', header: true, cell: ({ projection }) => codeWords(projection) },
    {
      title: 'State',
      cell: ({ state, error }) => (
        <div class="operations-cell">
          <Badge tone={states[state][1]}>{states[state][0]}</Badge>
          {error !== null && <span class="small operations-error">{error}</span>}
        </div>
      ),
    },
    { title: 'Behind', cell: (model) => <Lag model={model} head={head} /> },
    {
      title: 'Reflects position',
      cell: ({ checkpoint }) =>
        checkpoint === null ? <span class="muted">–</span> : <code class="nowrap">{checkpoint}</code>,
    },
    {
      title: 'Rebuild',
      cell: (model) => (
        <div class="operations-rebuild">
          <Rebuild model={model} head={head} onAsk={setAsked} />
        </div>
      ),
    },
  ];
  return (
    <Section
      title="Read models"
      lead="What questions are answered from. Each follows the log by itself, and can be made anew from it at any time."
    >
      {data === undefined && (problem === undefined ? <Skeleton lines={11} /> : null)}
      {data !== undefined && (
        <Table
          cards
          caption="List of read models"
          columns={columns}
          rows={data.items}
          keyOf={({ projection }) => projection}
          empty={<Empty title="There are no read models" />}
        />
      )}
      {asked !== undefined && <RebuildDialog name={asked} onDone={refresh} onClose={() => setAsked(undefined)} />}
    </Section>
  );
}

type DialogProps = { readonly name: string; readonly onDone: () => Promise<void>; readonly onClose: () => void };

function RebuildDialog({ name, onDone, onClose }: DialogProps) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  const rebuild = async (): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    try {
      const params = { path: { projection: name } };
      await bodyOf(api.POST('/v1/projections/{projection}/rebuild', { params, body: {} }));
      toast(`${codeWords(name)} is being rebuilt.`);
      onClose();
    } catch (error) {
      setProblem(problemOf(error));
    }
    setBusy(false);
    await onDone();
  };
  return (
    <Dialog title={`Rebuild ${codeWords(name).toLowerCase()}?`} onClose={onClose}>
      <p>
        It is made anew from the whole log; what is there serves until the new one has caught up. Nothing is lost, and
        the log is only read. On a long log this takes minutes and keeps one processor busy.
      </p>
      {problem !== undefined && <ProblemNotice problem={problem} />}
      <div class="form-actions">
        <Button kind="primary" busy={busy} onClick={() => void rebuild()}>
          Rebuild
        </Button>
        <Button onClick={onClose}>Leave it</Button>
      </div>
    </Dialog>
  );
}
