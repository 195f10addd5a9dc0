/** The proof of ownership that an account publishes in a domain's DNS. */
import { createHash } from 'node:crypto';

/**
 * The token of an account for a domain: 32 hexadecimal digits, always the same. It is no secret: whoever publishes it
 * shows that the DNS of the domain is theirs, and only this account's token proves anything for this account.
 */
export function ownershipToken(accountId: string, domain: string): string {
  return createHash('sha256').update(`gatehouse-verification\n${accountId}\n${domain}`).digest('hex').slice(0, 32);
}
