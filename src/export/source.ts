/** The log as exports read it: in its own order, or account by account. Bounded memory either way. */
import type { EventStore, Position, StoredEvent } from '../eventStore/eventStore.js';
import { accountOf, accountStream } from '../events/envelope.js';
import { decode, type RecordedEvent } from '../events/upcast.js';
import { type ExportRequest, isAskedFor, type Range } from './request.js';

/**
 * One step through the log: an event that was asked for, if it is one; and, where an export may be taken up again after
 * this step, the position to read on after.
 */
export type Step = { readonly event?: RecordedEvent; readonly mark?: Position };

/**
 * The event, decoded, when it is one of an account and asked for.
 * @throws {UnreadableEvent} when it is of a newer Gatehouse: an export leaves nothing out silently
 */
function wanted(request: ExportRequest, stored: StoredEvent): { readonly event?: RecordedEvent } {
  if (accountOf(stored.stream) === undefined) return {};
  const event = decode(stored);
  return isAskedFor(request, event) ? { event } : {};
}

/** Whether the log has events of an account. */
export async function hasAccount(store: EventStore, accountId: string): Promise<boolean> {
  for await (const { revision } of store.read(accountStream(accountId))) return revision === 0;
  return false;
}

/** In the order of the log. */
export async function* inLogOrder(
  store: EventStore,
  request: ExportRequest,
  { after, upTo }: Range,
): AsyncGenerator<Step> {
  const { accountId, types } = request;
  const filter = { ...(after === undefined ? {} : { after }), ...(types === undefined ? {} : { types }) };
  const events = accountId === undefined ? store.readAll(filter) : store.read(accountStream(accountId));
  for await (const stored of events) {
    if (upTo === undefined || stored.position > upTo) return;
    if (after !== undefined && stored.position <= after) continue;
    yield { ...wanted(request, stored), mark: stored.position };
  }
}

/** Account by account, in the order of sign-up; the marks are the positions of the sign-ups. */
export async function* byAccount(store: EventStore, request: ExportRequest, range: Range): AsyncGenerator<Step> {
  const { upTo } = range;
  if (upTo === undefined) return;
  for await (const { stream, position } of signUps(store, request, range)) {
    if (position > upTo) return;
    for await (const stored of store.read(stream)) {
      if (stored.position > upTo) break;
      yield wanted(request, stored);
    }
    yield { mark: position };
  }
}

async function* signUps(
  store: EventStore,
  { accountId }: ExportRequest,
  { after }: Range,
): AsyncGenerator<StoredEvent> {
  const filter = { ...(after === undefined ? {} : { after }), types: ['AccountSignedUp'] };
  if (accountId === undefined) {
    yield* store.readAll(filter);
    return;
  }
  for await (const first of store.read(accountStream(accountId))) {
    if (after === undefined || first.position > after) yield first;
    return;
  }
}
