/** An id that nobody else has, also on pages without TLS, where browsers keep `crypto.randomUUID` back. */
export function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
