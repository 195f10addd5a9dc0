/** Runs the checks of a screening side by side. */
import type { Resolver } from '../net/dns.js';
import type { SafeFetch } from '../net/safeFetch.js';
import type { Finding } from '../policy/facts.js';
import type { PolicyDocument } from '../policy/policy.js';
import type { Check, CheckTools, DomainHolders, Outcome } from './check.js';
import { unknown } from './check.js';
import { checks as allChecks } from './checks/index.js';
import { readSample } from './sampleText.js';
import type { Subject } from './subject.js';
import { visit } from './visit.js';

/** What screening reaches the world by. */
export type ScreeningParts = {
  readonly resolver: Resolver;
  readonly fetch: SafeFetch;
  readonly domainHolders: DomainHolders;
};

/** The share of a check's time that a request may take, so that its own failure is told, not that time ran out. */
const forRequests = 0.8;

/** A question that is asked once, whoever asks first. */
function once<T>(question: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined;
  return () => (answer ??= question());
}

/** The outcome of a check, within its time; what throws or runs out is unknown. */
async function within(
  milliseconds: number,
  run: (signal: AbortSignal) => Promise<Outcome | undefined>,
): Promise<Outcome | undefined> {
  const stop = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<Outcome>((resolve) => {
    timer = setTimeout(() => {
      resolve(unknown(`The check did not finish within ${milliseconds / 1_000} s.`));
      stop.abort();
    }, milliseconds);
  });
  try {
    return await Promise.race([run(stop.signal), over]);
  } catch (error) {
    return unknown(`The check failed: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Looks at an account with every check. Never rejects: what cannot be told is a finding, too.
 * @param policy the one in force; it says how long a check may take
 */
export async function screen(
  subject: Subject,
  policy: PolicyDocument,
  { resolver, fetch, domainHolders }: ScreeningParts,
  checks: readonly Check[] = allChecks,
): Promise<readonly Finding[]> {
  const limit = policy.screening.checkWithinSeconds * 1_000;
  const over = new AbortController();
  const tools: CheckTools = {
    policy,
    resolver,
    domainHolders,
    website: once(async () => visit(subject.website, fetch, limit * forRequests, over.signal)),
    sample: once(async () => readSample(subject.sample, fetch, limit * forRequests, over.signal)),
  };
  try {
    const outcomes = await Promise.all(
      checks.map(async ({ name, run }) => {
        const outcome = await within(limit, async (signal) => run(subject, tools, signal));
        return outcome === undefined ? [] : [{ check: name, ...outcome }];
      }),
    );
    return outcomes.flat();
  } finally {
    over.abort();
  }
}
