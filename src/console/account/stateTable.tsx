/** The states that the account was in, and when. */
import type { StateRow } from '../chart/states.js';
import { Badge } from '../ui/badge.js';
import { Empty } from '../ui/feedback.js';
import { type Column, Table } from '../ui/table.js';
import { Time } from '../ui/time.js';

const columns: readonly Column<StateRow>[] = [
  {
    title: 'State',
    header: true,
    cell: ({ label, current }) => (
      <span class="row">
        {label} {current && <Badge tone="ok">now in it</Badge>}
      </span>
    ),
  },
  { title: 'Times', numeric: true, cell: ({ times }) => times },
  { title: 'First entered', cell: ({ first }) => <Time at={first.at} exact /> },
  {
    title: 'Left',
    cell: ({ last: { left } }) => (left === null ? <span class="muted">–</span> : <Time at={left.at} exact />),
  },
];

export function StateTable({ rows }: { readonly rows: readonly StateRow[] }) {
  return (
    <Table
      caption="States that the account was in, in the order in which it first came to them"
      columns={columns}
      rows={rows}
      keyOf={({ path }) => path}
      empty={<Empty title="No state yet">The states appear here once the account has signed up.</Empty>}
    />
  );
}
