/**
 * Requests to addresses that somebody else named: a customer's website, a webhook's target. They reach public addresses
 * only (and those that the operator allows), within limits of time and size.
 */

export type SafeRequest = {
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** The most bytes of the body that are read; a longer one is refused. */
  readonly mostBytes: number;
  /** How long all of it may take, redirects included, in milliseconds. */
  readonly withinMilliseconds: number;
  /** How many redirects are followed, each target checked anew; 0 when the first answer is wanted. */
  readonly mostRedirects?: number;
  readonly signal?: AbortSignal;
};

export type SafeResponse = {
  /** The address that answered, after redirects. */
  readonly url: string;
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** The addresses passed on the way. */
  readonly redirects: readonly string[];
};

/** Why a request had no answer. */
export type UnreachableReason =
  | 'bad_address'
  | 'address_refused'
  | 'name_absent'
  | 'name_unavailable'
  | 'connection_failed'
  | 'tls_failed'
  | 'timed_out'
  | 'too_large'
  | 'too_many_redirects';

/** There was no answer, or none that may be read; the message says why in a sentence. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';

  constructor(
    readonly reason: UnreachableReason,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** @throws {Unreachable} */
export type SafeFetch = (url: string, request: SafeRequest) => Promise<SafeResponse>;
