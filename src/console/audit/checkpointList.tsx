/** All checkpoints, the newest first. */
import { useState } from 'preact/hooks';
import { api, bodyOf, problemOf } from '../api/client.js';
import type { Query } from '../api/query.js';
import type { Problem } from '../api/types.js';
import { Badge } from '../ui/badge.js';
import { Button } from '../ui/button.js';
import { Empty, ProblemNotice, Skeleton } from '../ui/feedback.js';
import { Id } from '../ui/id.js';
import { Section } from '../ui/page.js';
import { type Column, Table } from '../ui/table.js';
import { Time } from '../ui/time.js';
import type { Checkpoints } from './proof.js';

type Checkpoint = Checkpoints['items'][number];

const count = (value: number | null): string => (value === null ? '–' : value.toLocaleString('en'));

const columns: readonly Column<Checkpoint>[] = [
  { title: 'Number', header: true, cell: ({ number }) => number },
  {
    title: 'Taken',
    cell: ({ takenAt, problem }) =>
      problem !== null ? <Badge tone="stop">{problem}</Badge> : takenAt === null ? '–' : <Time at={takenAt} />,
  },
  { title: 'Events', numeric: true, cell: ({ events }) => count(events) },
  { title: 'Streams', numeric: true, cell: ({ streams }) => count(streams) },
  { title: 'Up to position', cell: ({ position }) => (position === null ? '–' : <code>{position}</code>) },
  { title: 'Key', cell: ({ key }) => (key === null ? '–' : <Fingerprint value={key} />) },
  { title: 'Follows', cell: ({ previous }) => (previous === null ? 'the first' : <Fingerprint value={previous} />) },
  { title: 'File', cell: ({ file }) => <code class="nowrap">{file}</code> },
];

/** The beginning of a hash; the whole of it as a title. */
function Fingerprint({ value }: { readonly value: string }) {
  return <code title={value}>{value.slice(0, 12)}…</code>;
}

export function CheckpointList({ checkpoints: { data, problem } }: { readonly checkpoints: Query<Checkpoints> }) {
  const [older, setOlder] = useState<readonly Checkpoint[]>([]);
  /** Undefined before further ones were asked for. */
  const [next, setNext] = useState<string | null | undefined>(undefined);
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<Problem | undefined>(undefined);
  if (data === undefined) return problem === undefined ? <Skeleton lines={8} /> : null;
  // A checkpoint that is taken meanwhile moves the first page by one.
  const lowest = data.items.at(-1)?.number ?? Infinity;
  const rows = [...data.items, ...older.filter(({ number }) => number < lowest)];
  const cursor = next === undefined ? data.next : next;
  const more = async (): Promise<void> => {
    setBusy(true);
    setFailed(undefined);
    try {
      const query = cursor === null ? {} : { cursor };
      const page = await bodyOf(api.GET('/v1/checkpoints', { params: { query } }));
      setOlder([...older, ...page.items]);
      setNext(page.next);
    } catch (error) {
      setFailed(problemOf(error));
    }
    setBusy(false);
  };
  const key = rows.find((row) => row.key !== null)?.key;
  return (
    <Section
      title="Checkpoints"
      lead="Each is a signed statement of what the log was. They are only worth something beside the log: let a backup take their folder, too."
    >
      <Table
        caption="Checkpoints, the newest first"
        columns={columns}
        rows={rows}
        keyOf={({ number }) => String(number)}
        empty={
          <Empty title="No checkpoint yet">
            The process <code>checkpoints</code> takes the first one soon after the service starts, and further ones on
            schedule; or take one above.
          </Empty>
        }
      />
      {failed !== undefined && <ProblemNotice problem={failed} onRetry={more} />}
      {cursor !== null && (
        <div class="row">
          <Button busy={busy} onClick={() => void more()}>
            Show older ones
          </Button>
        </div>
      )}
      {key !== undefined && key !== null && (
        <div class="stack">
          <h3>The key</h3>
          <p>
            Keep this fingerprint somewhere that whoever runs the store cannot change. With it, an auditor knows that
            all checkpoints are signed with the key that signed then.
          </p>
          <Id value={key} />
        </div>
      )}
    </Section>
  );
}
