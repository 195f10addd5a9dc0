/** A table for what fits on a page; on narrow screens it scrolls in its own frame. */
import type { ComponentChildren } from 'preact';

export type Column<Row> = {
  readonly title: string;
  /** Below the title: a scale, say. */
  readonly under?: ComponentChildren;
  readonly cell: (row: Row) => ComponentChildren;
  /** Set to the right, figures of one width. */
  readonly numeric?: boolean;
  /** Names the row. */
  readonly header?: boolean;
};

type TableProps<Row> = {
  /** Says what the table shows; read out, and seen unless `quiet`. */
  readonly caption: string;
  readonly quiet?: boolean;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  /** In place of rows where there are none. */
  readonly empty?: ComponentChildren;
  /** On narrow screens each row is a card, its cells below each other under their titles. */
  readonly cards?: boolean;
};

export function Table<Row>({ caption, quiet = true, columns, rows, keyOf, empty, cards = false }: TableProps<Row>) {
  if (rows.length === 0 && empty !== undefined) return <>{empty}</>;
  return (
    // Focusable, so that it can be scrolled by keyboard.
    <div class="table-frame" tabIndex={0} role="region" aria-label={caption}>
      <table class={cards ? 'table table-cards' : 'table'}>
        <caption class={quiet ? 'visually-hidden' : undefined}>{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ title, under, numeric }) => (
              <th key={title} scope="col" class={numeric === true ? 'numeric' : undefined}>
                {title}
                {under}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)}>
              {columns.map(({ title, cell, numeric, header }) =>
                header === true ? (
                  <th key={title} scope="row">
                    {cell(row)}
                  </th>
                ) : (
                  <td key={title} class={numeric === true ? 'numeric' : undefined} data-title={title}>
                    {cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
