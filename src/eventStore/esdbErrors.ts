/** The client's failures as the port's errors. A failure that is not known is one that may pass. */
import { AppendTooLarge, EventStoreError, StoreCorrupted, StoreMisconfigured, StoreUnavailable } from './eventStore.js';

/** No answer came in time: the connection may be half-open, and is replaced. */
export class NoAnswer extends StoreUnavailable {}

/** gRPC status codes that the client leaves as they are (https://grpc.io/docs/guides/status-codes/). */
const deadlineExceeded = 4;
const resourceExhausted = 8;
const unauthenticated = 16;

type ClientError = { readonly type?: string; readonly code?: number; readonly message?: string };

/**
 * @param error what the client threw
 * @param where the store, as it may be logged
 */
export function esdbError(error: unknown, where: string): EventStoreError {
  if (error instanceof EventStoreError) return error;
  const { type, code, message = '' } = (typeof error === 'object' && error !== null ? error : {}) as ClientError;
  const cause = { cause: error };
  if (type === 'maximum-append-size-exceeded' || code === resourceExhausted) {
    return new AppendTooLarge(`${where} takes at most 1 MiB an append.`, cause);
  }
  if (type === 'access-denied' || code === unauthenticated) {
    return new StoreMisconfigured(
      `${where} refuses this user: check user and password in the connection string, and the user’s rights.`,
      cause,
    );
  }
  if (type === 'stream-deleted') {
    return new StoreCorrupted(`A stream was deleted in ${where}: ${message}. Restore it from a backup.`, cause);
  }
  if (type === 'deadline-exceeded' || code === deadlineExceeded) {
    return new NoAnswer(`${where} did not answer in time.`, cause);
  }
  if (type === 'not-leader') return new StoreUnavailable(`${where}: the node that answers is not the leader.`, cause);
  if (/certificate|self.signed/i.test(message)) {
    return new StoreMisconfigured(
      `${where} has a certificate that is not trusted: name the CA’s certificate with tlsCAFile (${message}).`,
      cause,
    );
  }
  if (/wrong version number|ERR_SSL|EPROTO/.test(message)) {
    return new StoreMisconfigured(`${where} does not speak TLS: say tls=false, or turn TLS on there.`, cause);
  }
  if (message.startsWith('Failed to discover')) {
    return new StoreUnavailable(`${where}: no leader, or no node that could be reached.`, cause);
  }
  const why = message === '' ? (type ?? String(error)) : message;
  return new StoreUnavailable(`${where} cannot be reached just now (${why}).`, cause);
}
