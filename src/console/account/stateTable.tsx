/** The states that the account was in, and when: as a table, and as a list where there is no room for one. */
import type { StateRow } from '../chart/states.js';
import { Badge } from '../ui/badge.js';
import { Empty } from '../ui/feedback.js';
import { type Column, Table } from '../ui/table.js';
import { BriefTime } from './briefTime.js';

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
  { title: 'First entered', cell: ({ first }) => <BriefTime at={first.at} /> },
  {
    title: 'Left',
    cell: ({ last: { left } }) => (left === null ? <span class="muted">–</span> : <BriefTime at={left.at} />),
  },
];

const caption = 'States that the account was in, in the order in which it first came to them';

type Props = { readonly rows: readonly StateRow[]; readonly narrow: boolean };

export function StateTable({ rows, narrow }: Props) {
  if (rows.length === 0) {
    return <Empty title="No state yet">The states appear here once the account has signed up.</Empty>;
  }
  return narrow ? (
    <StateList rows={rows} />
  ) : (
    <Table caption={caption} columns={columns} rows={rows} keyOf={({ path }) => path} />
  );
}

function StateList({ rows }: Pick<Props, 'rows'>) {
  return (
    <div class="table-frame state-list" tabIndex={0} role="region" aria-label={caption}>
      <ol class="plain-list">
        {rows.map(({ path, label, current, times, first, last: { left } }) => (
          <li key={path}>
            <span class="row">
              <strong>{label}</strong> {current && <Badge tone="ok">now in it</Badge>}
            </span>
            <span class="small muted">
              {times > 1 && `${times} times, first `}
              <BriefTime at={first.at} />
              {left !== null && (
                <>
                  , left <BriefTime at={left.at} />
                </>
              )}
            </span>
          </li>
        ))}
      </ol>
    </div>
  );
}
