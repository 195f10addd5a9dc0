/** The target of a request: routes read paths only. */

const absolute = /^https?:\/\/[^/?#]+(.*)$/i;

/**
 * A target as path and query. A server must also take whole addresses (RFC 9112, 3.2.2); whose they name does not
 * matter here.
 * @returns undefined when it is neither, such as `*` or an address without a host
 */
export function originForm(target: string): string | undefined {
  if (target.startsWith('/')) return target;
  const rest = absolute.exec(target)?.[1];
  if (rest === undefined) return undefined;
  return rest.startsWith('/') ? rest : `/${rest}`;
}

/** The query of a target, without its question mark; empty when there is none. */
export function queryOf(target: string): string {
  const mark = target.indexOf('?');
  return mark === -1 ? '' : target.slice(mark + 1);
}
