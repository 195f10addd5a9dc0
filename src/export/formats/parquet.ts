/**
 * Parquet: rows in groups of a bounded number and size, columns with their types, Snappy. The end of the file names where
 * each group is, so a resumed writer must be told of the groups that are written: that is its state.
 */
import { deserialize, serialize } from 'node:v8';
import { ByteWriter, ParquetWriter, type SchemaElement } from 'hyparquet-writer';
import type { Json } from '../../eventStore/eventStore.js';
import { toMilliseconds } from '../../events/time.js';
import type { Column, ColumnType, Row, Table } from '../table.js';
import type { Format, FormatOptions, FormatWriter, Resumed } from './format.js';

/** Most characters of text in a group: events may be large. */
const groupSize = 32 * 1024 * 1024;

const types: Readonly<Record<ColumnType, Omit<SchemaElement, 'name'>>> = {
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } },
  json: { type: 'BYTE_ARRAY', converted_type: 'JSON', logical_type: { type: 'JSON' } },
  integer: { type: 'INT32' },
  boolean: { type: 'BOOLEAN' },
  instant: {
    type: 'INT64',
    converted_type: 'TIMESTAMP_MILLIS',
    logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MILLIS' },
  },
};

/**
 * @param asText JSON as the text that it is: the library would make that text itself, and lose a key such as `__proto__`
 */
function schemaOf(columns: readonly Column[], asText: boolean): SchemaElement[] {
  const elements = columns.map(({ name, type, optional }): SchemaElement => {
    const shown = types[asText && type === 'json' ? 'text' : type];
    return { ...shown, name, repetition_type: optional === true ? 'OPTIONAL' : 'REQUIRED' };
  });
  return [{ name: 'root', num_children: columns.length }, ...elements];
}

function valueOf(type: ColumnType, value: Json | undefined): unknown {
  if (value === null || value === undefined) return undefined;
  if (type === 'json') return JSON.stringify(value);
  return type === 'instant' && typeof value === 'string' ? BigInt(toMilliseconds(value)) : value;
}

/** What of a group the end of the file says. Serialized together: the index names its chunk, the same object. */
type Group = {
  readonly rows: bigint;
  readonly group: ParquetWriter['row_groups'][number];
  readonly indexes: ParquetWriter['pendingIndexes'];
};

class GroupWriter implements FormatWriter {
  readonly #columns: readonly Column[];
  readonly #rowsOfGroup: number;
  readonly #bytes = new ByteWriter();
  readonly #file: ParquetWriter;
  #values: unknown[][];
  #rows = 0;
  #size = 0;
  #states: string[] = [];

  constructor({ columns }: Table, { rowsOfGroup }: FormatOptions, resumed?: Resumed) {
    this.#columns = columns;
    this.#rowsOfGroup = rowsOfGroup;
    this.#values = columns.map(() => []);
    this.#file = new ParquetWriter({ writer: this.#bytes, schema: schemaOf(columns, true), createdBy: 'Gatehouse' });
    if (resumed === undefined) return;
    for (const state of resumed.states) this.#restore(deserialize(Buffer.from(state, 'base64')) as Group);
    // The library has begun a file; this one goes on.
    this.#bytes.index = 0;
    this.#bytes.offset = resumed.bytes;
  }

  #restore({ rows, group, indexes }: Group): void {
    this.#file.row_groups.push(group);
    this.#file.pendingIndexes.push(...indexes);
    this.#file.num_rows += rows;
  }

  #take(): Uint8Array {
    const taken = this.#bytes.getBytes().slice();
    this.#bytes.index = 0;
    return taken;
  }

  begin(): Uint8Array {
    return this.#take();
  }

  row(row: Row): Uint8Array | string {
    for (const [index, { name, type }] of this.#columns.entries()) {
      const value = valueOf(type, row[name]);
      if (typeof value === 'string') this.#size += value.length;
      this.#values[index]?.push(value);
    }
    this.#rows += 1;
    return this.#rows < this.#rowsOfGroup && this.#size < groupSize ? '' : this.#writeGroup();
  }

  #writeGroup(): Uint8Array | string {
    if (this.#rows === 0) return '';
    const before = this.#file.pendingIndexes.length;
    const columnData = this.#columns.map(({ name, type }, index) => ({
      name,
      data: this.#values[index] ?? [],
      // The least and the greatest document say nothing.
      statistics: type !== 'json',
    }));
    // Its writer keeps the bytes in memory, so it is done when it returns.
    void this.#file.write({ columnData, rowGroupSize: this.#rows });
    const group = this.#file.row_groups.at(-1);
    if (group === undefined) throw new Error('a group of rows was written, and is not there');
    const state: Group = { rows: BigInt(this.#rows), group, indexes: this.#file.pendingIndexes.slice(before) };
    this.#states.push(serialize(state).toString('base64'));
    this.#values = this.#columns.map(() => []);
    this.#rows = 0;
    this.#size = 0;
    return this.#take();
  }

  mark(): string {
    return '';
  }

  isSettled(): boolean {
    return this.#rows === 0;
  }

  takeState(): readonly string[] {
    const taken = this.#states;
    this.#states = [];
    return taken;
  }

  end(): Uint8Array {
    const last = this.#writeGroup();
    // To readers it is what it is; the bytes are the same.
    this.#file.schema = schemaOf(this.#columns, false);
    void this.#file.finish();
    const rest = this.#take();
    return last === '' ? rest : Buffer.concat([last as Uint8Array, rest]);
  }
}

export const parquet: Format = {
  name: 'parquet',
  mediaType: 'application/vnd.apache.parquet',
  order: 'log',
  resumableByRow: false,
  open: (table, options, resumed) => new GroupWriter(table, options, resumed),
};
