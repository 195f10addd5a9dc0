/** Why a request to an address that somebody else named had no answer. */

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

/** What OpenSSL and node:tls call their failures: certificates not trusted, not valid now, or for another name. */
const tlsCodes =
  /^(ERR_TLS|ERR_SSL|EPROTO$|CERT_|CRL_|UNABLE_TO_|DEPTH_ZERO|SELF_SIGNED|INVALID_(CA|PURPOSE)|HOSTNAME_)/;

const reasonsByCode: Readonly<Record<string, UnreachableReason>> = {
  UND_ERR_CONNECT_TIMEOUT: 'timed_out',
  UND_ERR_HEADERS_TIMEOUT: 'timed_out',
  UND_ERR_BODY_TIMEOUT: 'timed_out',
  ETIMEDOUT: 'timed_out',
  UND_ERR_HEADERS_OVERFLOW: 'too_large',
};

/** A failure of the connection, of TLS or of the protocol, as `Unreachable`. */
export function unreachable(error: unknown): Unreachable {
  if (error instanceof Unreachable) return error;
  const { name, message, code = '' } = error as NodeJS.ErrnoException;
  if (name === 'TooLarge') return new Unreachable('too_large', message, { cause: error });
  if (tlsCodes.test(code)) {
    return new Unreachable('tls_failed', `No secure connection: ${message || code} (${code}).`, { cause: error });
  }
  const reason = reasonsByCode[code] ?? 'connection_failed';
  return new Unreachable(reason, `No answer: ${message || 'the connection failed'} (${code || name}).`, {
    cause: error,
  });
}
