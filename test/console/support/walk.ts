/** Sending commands to a service that runs elsewhere, each as the role of its actor. */
import { kebabName } from '../../../src/commands/catalogue.js';
import type { Command } from '../../../src/commands/decide.js';

/**
 * @param token by role; the product speaks for customers
 * @throws when a command is refused
 */
export async function sendAll(
  url: string,
  token: (role: string) => string,
  accountId: string,
  commands: readonly Command[],
): Promise<void> {
  for (const { name, data, actor } of commands) {
    const isSignUp = name === 'SignUp';
    const role = actor.type === 'customer' ? 'product' : actor.type;
    const path = isSignUp ? '/v1/accounts' : `/v1/accounts/${accountId}/commands/${kebabName(name)}`;
    const response = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'Authorization': `Bearer ${token(role)}`, 'Content-Type': 'application/json' },
      body: JSON.stringify(isSignUp ? { ...data, accountId } : data),
    });
    if (!response.ok) throw new Error(`${name}: ${await response.text()}`);
  }
}
