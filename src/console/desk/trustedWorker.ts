/** The console's own workers. Its Content-Security-Policy starts a script only through the policy `gatehouse`. */
import { ownScript } from './ownScript.js';

type Policy = { readonly createScriptURL: (url: string) => string };
type Factory = { readonly createPolicy: (name: string, rules: Policy) => Policy };

let policy: Policy | undefined;

const rules: Policy = { createScriptURL: (url) => ownScript(url, location.href) };

/** Starts a worker from a file that the build made. @throws {TypeError} for any other address */
export function startWorker(url: string): Worker {
  const { trustedTypes } = globalThis as { readonly trustedTypes?: Factory };
  // Browsers without trusted types are held to the same rules.
  policy ??= trustedTypes?.createPolicy('gatehouse', rules) ?? rules;
  return new Worker(policy.createScriptURL(url), { type: 'module' });
}
