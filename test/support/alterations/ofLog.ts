/** Alterations of a stored log, made with any SQLite tool: by name, each seeded. */
import type Database from 'better-sqlite3';
import { chainStart, seal } from '../../../src/app/seal.js';
import { recordedHash } from '../../../src/audit/leaves.js';
import type { StoredEvent } from '../../../src/eventStore/eventStore.js';
import { sqliteCode } from '../../../src/eventStore/sqliteSchema.js';
import { eventTypes } from '../../../src/events/catalogue.js';
import type { EventMetadata } from '../../../src/events/envelope.js';
import { type Chance, type FieldChange, withChange } from './chance.js';

/** Alters the log in an open database. False where this choice alters nothing; another one is then made. */
export type LogAlteration = (chance: Chance, db: Database.Database, events: readonly StoredEvent[]) => boolean;

const rowOf = ({ position }: StoredEvent): number => Number(position);

const textColumns = ['stream', 'id', 'type', 'data', 'metadata'] as const;

/** A byte of a column's text. */
const columnByte: LogAlteration = (chance, db, events) => {
  const column = chance.of(textColumns);
  const row = rowOf(chance.of(events));
  const bytes = db.prepare(`SELECT CAST(${column} AS BLOB) FROM events WHERE position = ?`).pluck().get(row) as Buffer;
  return updated(db, row, column, chance.alteredBytes(bytes), 'CAST(? AS TEXT)');
};

/** Sets a column of a row. False where a uniqueness rule of the table forbids it. */
function updated(db: Database.Database, row: number, column: string, value: unknown, as = '?'): boolean {
  try {
    return db.prepare(`UPDATE events SET ${column} = ${as} WHERE position = ?`).run(value, row).changes === 1;
  } catch (error) {
    if (sqliteCode(error)?.startsWith('SQLITE_CONSTRAINT') === true) return false;
    throw error;
  }
}

/** A field of data or metadata, the whole written as JSON is. */
function field(column: 'data' | 'metadata', change: FieldChange): LogAlteration {
  return (chance, db, events) => {
    const event = chance.of(events);
    const altered = withChange(chance, event[column], change);
    return altered !== undefined && updated(db, rowOf(event), column, JSON.stringify(altered));
  };
}

/** The same JSON, written otherwise. */
const rewritten: LogAlteration = (chance, db, events) => {
  const event = chance.of(events);
  const column = chance.of(['data', 'metadata'] as const);
  const text = JSON.stringify(event[column]);
  const other = chance.of([JSON.stringify(event[column], null, 1), ` ${text}`, `${text}\n`, escaped(text)]);
  return other !== text && updated(db, rowOf(event), column, other);
};

/** The first letter as an escape: it reads the same. */
function escaped(text: string): string {
  return text.replace(/[a-z]/, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

const idColumn: LogAlteration = (chance, db, events) => {
  const { id, ...event } = chance.of(events);
  const digit = chance.below(16).toString(16);
  const other = digit + id.slice(1);
  return other !== id && updated(db, Number(event.position), 'id', other);
};

const typeColumn: LogAlteration = (chance, db, events) => {
  const event = chance.of(events);
  const other = chance.of(eventTypes);
  return other !== event.type && updated(db, rowOf(event), 'type', other);
};

const streamColumn: LogAlteration = (chance, db, events) => {
  const event = chance.of(events);
  const other = chance.of([chance.of(events).stream, `${event.stream}-2`, 'account-other', 'ops-other', 'other']);
  return other !== event.stream && updated(db, rowOf(event), 'stream', other);
};

const revisionColumn: LogAlteration = (chance, db, events) => {
  const event = chance.of(events);
  const other = chance.of([event.revision + 1, event.revision - 1, chance.below(1_000), event.revision + 0.5]);
  return other !== event.revision && updated(db, rowOf(event), 'revision', other);
};

const positionColumn: LogAlteration = (chance, db, events) => {
  const event = chance.of(events);
  const other = chance.of([events.length + 1 + chance.below(9), -chance.below(9), -rowOf(event)]);
  return other !== rowOf(event) && updated(db, rowOf(event), 'position', other);
};

/** Two rows change places. */
function swapped(
  db: Database.Database,
  column: 'position' | 'revision',
  one: StoredEvent,
  other: StoredEvent,
): boolean {
  const [a, b] = [rowOf(one), rowOf(other)];
  const [valueOfA, valueOfB] = column === 'position' ? [a, b] : [one.revision, other.revision];
  if (valueOfA === valueOfB) return false;
  const aside = -1_000_000;
  const set = (row: number, value: number): void => void updated(db, row, column, value);
  set(a, aside);
  set(b, valueOfA);
  set(column === 'position' ? aside : a, valueOfB);
  return true;
}

const ofOneStream = (chance: Chance, events: readonly StoredEvent[]): StoredEvent[] => {
  const { stream } = chance.of(events);
  return events.filter((event) => event.stream === stream);
};

const positionsSwapped: LogAlteration = (chance, db, events) =>
  swapped(db, 'position', chance.of(events), chance.of(events));

const neighboursSwapped: LogAlteration = (chance, db, events) => {
  const at = 1 + chance.below(events.length - 1);
  const [one, other] = [events[at - 1], events[at]];
  return one !== undefined && other !== undefined && swapped(db, 'position', one, other);
};

const positionsSwappedInStream: LogAlteration = (chance, db, events) => {
  const stream = ofOneStream(chance, events);
  return swapped(db, 'position', chance.of(stream), chance.of(stream));
};

const revisionsSwapped: LogAlteration = (chance, db, events) => {
  const stream = ofOneStream(chance, events);
  return swapped(db, 'revision', chance.of(stream), chance.of(stream));
};

/** Removes rows; `closed` closes the gaps that they leave in the positions. */
function without(db: Database.Database, removed: readonly StoredEvent[], closed: boolean): boolean {
  for (const event of removed) db.prepare('DELETE FROM events WHERE position = ?').run(rowOf(event));
  if (closed) renumber(db);
  return removed.length > 0;
}

/** Positions from 1 on, without gaps. */
function renumber(db: Database.Database): void {
  const rows = db.prepare('SELECT position FROM events ORDER BY position').pluck().all() as number[];
  const set = db.prepare('UPDATE events SET position = ? WHERE position = ?');
  for (const [index, row] of rows.entries()) if (row !== index + 1) set.run(index + 1, row);
}

const eventRemoved: LogAlteration = (chance, db, events) => without(db, [chance.of(events)], false);

/** An event removed as if it had never been: positions, revisions, hashes and ids after it made anew. */
const eventRemovedAndHealed: LogAlteration = (chance, db, events) => {
  const stream = ofOneStream(chance, events);
  const at = chance.below(stream.length);
  const removed = stream[at];
  if (removed === undefined) return false;
  without(db, [removed], false);
  writeAnew(db, stream.slice(0, at).at(-1), stream.slice(at + 1));
  renumber(db);
  return true;
};

const logCut: LogAlteration = (chance, db, events) =>
  without(db, events.slice(events.length - 1 - chance.below(events.length - 1)), false);

const streamCut: LogAlteration = (chance, db, events) => {
  const stream = ofOneStream(chance, events);
  return without(db, stream.slice(chance.below(stream.length)), chance.below(2) === 0);
};

const streamRemoved: LogAlteration = (chance, db, events) =>
  without(db, ofOneStream(chance, events), chance.below(2) === 0);

/** Writes events of a stream anew after another one: revisions, chain, hashes and ids as they must be. */
function writeAnew(db: Database.Database, before: StoredEvent | undefined, events: readonly StoredEvent[]): void {
  const set = db.prepare('UPDATE events SET revision = ?, id = ?, data = ?, metadata = ? WHERE position = ?');
  let revision = before?.revision ?? -1;
  let previousHash = before === undefined ? undefined : recordedHash(before);
  for (const { stream, type, data, metadata, position } of events) {
    revision += 1;
    const event = sealed({ stream, revision, type, data, metadata }, previousHash);
    set.run(revision, event.id, JSON.stringify(event.data), JSON.stringify(event.metadata), Number(position));
    previousHash = recordedHash(event);
  }
}

type Unsealed = Pick<StoredEvent, 'stream' | 'revision' | 'type' | 'data' | 'metadata'>;

function sealed({ stream, revision, type, data, metadata }: Unsealed, previousHash: string | undefined) {
  const { hash: _, ...rest } = metadata as unknown as EventMetadata;
  const chained = { ...rest, previousHash: previousHash ?? chainStart(stream) };
  return seal({ stream, revision, type, data, metadata: chained });
}

/** An event's data or metadata changed, and everything after it in its stream made anew: each chain is whole. */
const streamRehashed: LogAlteration = (chance, db, events) => {
  const stream = ofOneStream(chance, events);
  const at = chance.below(stream.length);
  const event = stream[at];
  if (event === undefined) return false;
  const altered =
    chance.below(2) === 0
      ? { ...event, data: withChange(chance, event.data, 'added') ?? event.data }
      : { ...event, metadata: { ...event.metadata, actor: { type: 'reviewer', id: `somebody-${chance.below(99)}` } } };
  writeAnew(db, stream[at - 1], [altered, ...stream.slice(at + 1)]);
  return true;
};

/** Puts a row after a position; what follows moves on. */
function inserted(db: Database.Database, after: number, event: Unsealed & { readonly id: string }): void {
  const rows = db.prepare('SELECT position FROM events WHERE position > ? ORDER BY position DESC').pluck();
  const move = db.prepare('UPDATE events SET position = position + 1 WHERE position = ?');
  for (const row of rows.all(after)) move.run(row);
  insertAt(db, after + 1, event);
}

function insertAt(db: Database.Database, position: number, event: Unsealed & { readonly id: string }): void {
  const { stream, revision, id, type, data, metadata } = event;
  db.prepare('INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?)').run(
    position,
    stream,
    revision,
    id,
    type,
    JSON.stringify(data),
    JSON.stringify(metadata),
  );
}

/** One more event at the end of a stream, rightly chained, before the last checkpoint. */
const eventInserted: LogAlteration = (chance, db, events) => {
  const last = ofOneStream(chance, events).at(-1);
  if (last === undefined || rowOf(last) >= events.length) return false;
  const place = { stream: last.stream, revision: last.revision + 1, type: 'ReviewEscalated' };
  const event = sealed(
    { ...place, data: { to: 'lead', reason: 'Unusual' }, metadata: last.metadata },
    recordedHash(last),
  );
  const after = rowOf(last) + chance.below(events.length - rowOf(last));
  inserted(db, after, { ...place, ...event });
  return true;
};

/** A whole stream, rightly chained, in the place of one that was removed: as many events as before. */
const streamReplaced: LogAlteration = (chance, db, events) => {
  const stream = ofOneStream(chance, events);
  const name = `account-new-${chance.below(1_000)}`;
  without(db, stream, false);
  let previousHash: string | undefined;
  for (const { position, ...event } of stream) {
    const renamed: Unsealed = { ...event, stream: name };
    const anew = sealed(renamed, previousHash);
    insertAt(db, Number(position), { ...renamed, ...anew });
    previousHash = recordedHash(anew);
  }
  return true;
};

/** One more stream, rightly chained, before the last checkpoint. */
const streamAdded: LogAlteration = (chance, db, events) => {
  const model = events.find(({ type }) => type === 'AccountSignedUp');
  if (model === undefined) return false;
  const renamed: Unsealed = { ...model, stream: `account-new-${chance.below(1_000)}` };
  inserted(db, chance.below(events.length), { ...renamed, ...sealed(renamed, undefined) });
  return true;
};

const changes: readonly FieldChange[] = ['changed', 'removed', 'added'];
const columns: readonly (keyof Pick<StoredEvent, 'data' | 'metadata'>)[] = ['data', 'metadata'];
const fields = columns.flatMap((column) =>
  changes.map((change): [string, LogAlteration] => [`a field of ${column} ${change}`, field(column, change)]),
);

/** Every alteration of a log, by name. */
export const logAlterations: ReadonlyMap<string, LogAlteration> = new Map<string, LogAlteration>([
  ['a byte of a column', columnByte],
  ...fields,
  ['JSON written otherwise', rewritten],
  ['an id', idColumn],
  ['a type', typeColumn],
  ['a stream’s name', streamColumn],
  ['a revision', revisionColumn],
  ['a position', positionColumn],
  ['two positions swapped', positionsSwapped],
  ['two neighbours swapped', neighboursSwapped],
  ['two positions of one stream swapped', positionsSwappedInStream],
  ['two revisions swapped', revisionsSwapped],
  ['an event removed', eventRemoved],
  ['an event removed, the rest made anew', eventRemovedAndHealed],
  ['the log’s tail cut', logCut],
  ['a stream’s tail cut', streamCut],
  ['a stream removed', streamRemoved],
  ['a stream re-hashed', streamRehashed],
  ['an event inserted', eventInserted],
  ['a stream added', streamAdded],
  ['a stream replaced', streamReplaced],
]);
