/** The last events of the log, or of an account: the port reads forwards only. */
import type { EventStore, Position, StoredEvent } from '../eventStore/eventStore.js';
import { accountStream } from '../events/envelope.js';

/** Which events: of one account, of some types; all of them unless given. */
export type EventChoice = { readonly account?: string | undefined; readonly types?: readonly string[] | undefined };

/** So many positions it looks back at first, and so many times as many each time that this was not enough. */
const firstLook = 1_000;
const growth = 8;

/**
 * The last events up to a position, oldest first.
 * @param most how many at most
 * @param head up to this position, which the log has reached
 * @throws {EventStoreError}
 */
export async function lastEvents(
  store: EventStore,
  { account, types }: EventChoice,
  most: number,
  head: Position,
): Promise<readonly StoredEvent[]> {
  if (most <= 0) return [];
  if (account !== undefined) {
    return lastOf(ofTypes(store.read(accountStream(account)), types), most, head);
  }
  for (let look = Math.max(firstLook, most); ; look *= growth) {
    const after = positionBefore(head, look);
    const options = { ...(after === undefined ? {} : { after }), ...(types === undefined ? {} : { types }) };
    const found = await lastOf(store.readAll(options), most, head);
    if (found.length === most || after === undefined) return found;
  }
}

async function* ofTypes(
  events: AsyncIterable<StoredEvent>,
  types: readonly string[] | undefined,
): AsyncGenerator<StoredEvent, void, void> {
  for await (const event of events) if (types === undefined || types.includes(event.type)) yield event;
}

/** The last of what an iteration gives, up to a position; no more than twice as many are held. */
async function lastOf(events: AsyncIterable<StoredEvent>, most: number, head: Position): Promise<StoredEvent[]> {
  let held: StoredEvent[] = [];
  for await (const event of events) {
    if (event.position > head) break;
    held.push(event);
    if (held.length >= 2 * most) held = held.slice(-most);
  }
  return held.slice(-most);
}

/**
 * A position so many numbers before another one; undefined for the beginning of the log. Any number of the embedded
 * store's width is a place in its log. EventStoreDB takes only positions that it gave (two numbers with `-` between), so
 * there everything is read from the beginning.
 */
function positionBefore(position: Position, numbers: number): Position | undefined {
  if (!/^\d+$/.test(position)) return undefined;
  const before = BigInt(position) - BigInt(numbers);
  return before <= 0n ? undefined : String(before).padStart(position.length, '0');
}
