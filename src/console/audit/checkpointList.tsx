/** All checkpoints, the newest first. */
import { api, bodyOf } from '../api/client.js';
import { usePages } from '../api/pages.js';
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
  {
    title: 'Checkpoint',
    header: true,
    cell: ({ number, file }) => (
      <div class="audit-checkpoint">
        Number {number}
        <code class="small muted">{file}</code>
      </div>
    ),
  },
  {
    title: 'Taken',
    cell: ({ takenAt, problem }) =>
      problem !== null ? (
        <Badge tone="stop">{problem}</Badge>
      ) : takenAt === null ? (
        '–'
      ) : (
        <span class="nowrap">
          <Time at={takenAt} />
        </span>
      ),
  },
  { title: 'Events', numeric: true, cell: ({ events }) => count(events) },
  { title: 'Streams', numeric: true, cell: ({ streams }) => count(streams) },
  {
    title: 'Up to position',
    cell: ({ position }) => (position === null ? '–' : <code class="audit-code">{position}</code>),
  },
  { title: 'Signed with', cell: ({ key }) => (key === null ? '–' : <Fingerprint value={key} />) },
  {
    title: 'Follows',
    cell: ({ previous }) => (previous === null ? 'nothing: the first' : <Fingerprint value={previous} />),
  },
];

/** The beginning of a hash; the whole of it as a title. */
function Fingerprint({ value }: { readonly value: string }) {
  return (
    <code class="audit-code" title={value}>
      {value.slice(0, 12)}…
    </code>
  );
}

export function CheckpointList({ newest }: { readonly newest: number | undefined }) {
  // One that is taken meanwhile begins the list anew.
  const { items, more, loading, problem, loadMore, retry } = usePages<Checkpoint>(
    `checkpoint list ${newest}`,
    async (cursor, signal) => {
      const query = { limit: '20', ...(cursor === null ? {} : { cursor }) };
      return bodyOf(api.GET('/v1/checkpoints', { params: { query }, signal }));
    },
  );
  const key = items?.find((row) => row.key !== null)?.key;
  return (
    <Section
      title="Checkpoints"
      lead="Each is a signed statement of what the log was. They are only worth something beside the log: let a backup take their folder, too."
    >
      {items === undefined && problem === undefined && <Skeleton lines={8} />}
      {items !== undefined && (
        <Table
          cards
          caption="Checkpoints, the newest first"
          columns={columns}
          rows={items}
          keyOf={({ number }) => String(number)}
          empty={
            <Empty title="No checkpoint yet">
              The process <code>checkpoints</code> takes the first one soon after the service starts, and further ones
              on schedule; or take one above.
            </Empty>
          }
        />
      )}
      {problem !== undefined && <ProblemNotice problem={problem} onRetry={retry} />}
      {more && (
        <div class="row">
          <Button busy={loading} onClick={() => void loadMore()}>
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
