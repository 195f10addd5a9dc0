/** Positions of EventStoreDB, commit and prepare, as the port's strings: both in 20 digits, so that byte order is log order. */
import { type Position, StoreCorrupted } from './eventStore.js';

export type EsdbPosition = { readonly commit: bigint; readonly prepare: bigint };

/** The digits of the largest 64-bit number. */
const width = 20;
const form = /^(\d{20})-(\d{20})$/;

export function positionOf({ commit, prepare }: EsdbPosition): Position {
  return `${String(commit).padStart(width, '0')}-${String(prepare).padStart(width, '0')}`;
}

/** @throws {StoreCorrupted} when it is the position of another kind of store */
export function esdbPosition(position: Position): EsdbPosition {
  const [, commit, prepare] = form.exec(position) ?? [];
  if (commit === undefined || prepare === undefined) {
    throw new StoreCorrupted(`${position} is no position in EventStoreDB; what holds it was made on another store.`);
  }
  return { commit: BigInt(commit), prepare: BigInt(prepare) };
}
