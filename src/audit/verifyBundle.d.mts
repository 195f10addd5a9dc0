/** The types of `verifyBundle.mjs`, for those who call it. */

/**
 * All that is wrong with a bundle, as sentences; none when all of it is proved.
 * @param text the bundle as it was written
 * @param expected the fingerprint that the key must have, where that is known
 * @throws {Error} when it is no JSON, or not formed like a bundle
 */
export function problemsOf(text: string, expected?: string): Iterable<string>;
