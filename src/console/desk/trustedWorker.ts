/** The console's own workers. Its Content-Security-Policy starts a script only through the policy `gatehouse`. */

type Policy = { readonly createScriptURL: (url: string) => string };
type Factory = { readonly createPolicy: (name: string, rules: Policy) => Policy };

let policy: Policy | undefined;

const rules: Policy = {
  createScriptURL: (url) => {
    const { origin, pathname, href } = new URL(url, location.href);
    if (origin === location.origin && pathname.startsWith('/console/assets/')) return href;
    throw new TypeError(`${url} is not one of the console's own scripts`);
  },
};

/** Starts a worker from a file that the build made. @throws {TypeError} for any other address */
export function startWorker(url: string): Worker {
  const { trustedTypes } = globalThis as { readonly trustedTypes?: Factory };
  // Browsers without trusted types are held to the same rules.
  policy ??= trustedTypes?.createPolicy('gatehouse', rules) ?? rules;
  return new Worker(policy.createScriptURL(url), { type: 'module' });
}
