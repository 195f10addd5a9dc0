/** The types of `verifyBundle.mjs`, for those who call it. */

/**
 * All that is wrong with a bundle, as sentences; none when all of it is proved.
 * @param bundle as parsed from its JSON
 * @param expected the fingerprint that the key must have, where that is known
 * @throws {TypeError} when it is not formed like a bundle
 */
export function problemsOf(bundle: unknown, expected?: string): Iterable<string>;
