/** Exports made in memory, and read back by other libraries than those that wrote them. */
import { parse } from 'csv-parse/sync';
import { XMLParser } from 'fast-xml-parser';
import { parquetReadObjects } from 'hyparquet';
import type { EventStore } from '../../src/eventStore/eventStore.js';
import type { ExportFormatName } from '../../src/events/operations.js';
import { exportPieces, type Piece, type Reached } from '../../src/export/exporting.js';
import type { ExportRequest } from '../../src/export/request.js';

/** Small, so that even a short log has several groups. */
export const rowsOfGroup = 40;

export function requestFor(format: ExportFormatName, rest: Partial<ExportRequest> = {}): ExportRequest {
  return { what: 'events', format, personalData: false, ...rest };
}

/** The pieces of an export up to the head of the log. */
export async function piecesOf(store: EventStore, request: ExportRequest, reached?: Reached): Promise<Piece[]> {
  const job = { store, request, range: { upTo: await store.head() }, rowsOfGroup };
  const pieces: Piece[] = [];
  for await (const piece of exportPieces(job, reached)) pieces.push(piece);
  return pieces;
}

/** The whole export. */
export async function exported(store: EventStore, request: ExportRequest): Promise<Buffer> {
  return Buffer.concat((await piecesOf(store, request)).map(({ bytes }) => bytes));
}

/** A row as it was read back: nested values as JSON text in every format; what is null is absent. */
export type ReadRow = Readonly<Record<string, string>>;

function textOf(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function rowOf(entries: Iterable<readonly [string, unknown]>): ReadRow {
  const given = [...entries].filter(([, value]) => value !== null && value !== undefined && value !== '');
  return Object.fromEntries(given.map(([name, value]) => [name, textOf(value)]));
}

const xesKeys: Readonly<Record<string, string>> = {
  'concept:name': 'type',
  'time:timestamp': 'occurredAt',
  'org:resource': 'actorId',
  'org:role': 'actorType',
  'identity:id': 'id',
};

type XesNode = Readonly<Record<string, readonly { readonly '@_key': string; readonly '@_value': string }[]>>;
type XesTrace = XesNode & { readonly event: readonly XesNode[] };

const attributeNames = ['string', 'date', 'int', 'boolean', 'id'];

function attributesOf(node: XesNode): [string, string][] {
  return attributeNames.flatMap((name) =>
    (node[name] ?? []).map(({ '@_key': key, '@_value': value }): [string, string] => [key, value]),
  );
}

/** Events with their account, in the order of the file. */
function readXes(text: string): ReadRow[] {
  const parser = new XMLParser({
    ignoreAttributes: false,
    parseAttributeValue: false,
    trimValues: false,
    htmlEntities: true,
    processEntities: { maxTotalExpansions: Infinity, maxExpandedLength: Infinity },
    isArray: (name) => name === 'trace' || name === 'event' || attributeNames.includes(name),
  });
  const { log } = parser.parse(text) as { log: { trace?: XesTrace[] } };
  return (log.trace ?? []).flatMap((trace) => {
    const account = new Map(attributesOf(trace)).get('concept:name');
    return trace.event.map((event) => {
      const named = attributesOf(event).map(([key, value]) => [xesKeys[key] ?? key, value] as const);
      return rowOf([['accountId', account], ...named.filter(([key]) => key !== 'lifecycle:transition')]);
    });
  });
}

/** The rows of an export, in the order of the file. */
export async function readBack(format: ExportFormatName, bytes: Buffer): Promise<ReadRow[]> {
  const text = bytes.toString('utf8');
  if (format === 'xes') return readXes(text);
  if (format === 'csv') {
    const records = parse(text, { columns: true, record_delimiter: '\r\n' }) as Record<string, string>[];
    return records.map((record) => rowOf(Object.entries(record)));
  }
  if (format === 'ndjson') {
    const lines = text.split('\n').slice(0, -1);
    return lines.map((line) => rowOf(Object.entries(JSON.parse(line) as object)));
  }
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
  const rows = await parquetReadObjects({ file });
  return rows.map((row) => rowOf(Object.entries(row)));
}
