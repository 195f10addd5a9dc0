/** The shape of a screening check: one question about an account, answered from facts and from outside. */
import type { ReasonCode } from '../events/vocabulary.js';
import type { Resolver } from '../net/dns.js';
import type { Finding } from '../policy/facts.js';
import type { PolicyDocument } from '../policy/policy.js';
import { said } from './detail.js';
import type { SampleText } from './sampleText.js';
import type { Subject } from './subject.js';
import type { Visit } from './visit.js';

/**
 * Another account that has a domain, or one of the same organisation.
 * `exact` is false for the latter; `state` is how the domain stands there.
 */
export type DomainHolder = {
  readonly accountId: string;
  readonly standing: 'good' | 'warned' | 'suspended' | 'closed';
  readonly state: string;
  readonly exact: boolean;
  /** Whether its verification was rejected or revoked, and not granted since. */
  readonly refused?: boolean;
  /** Who closed a closed account, where that is known. */
  readonly closedBy?: 'customer' | 'provider';
};

/** The other accounts that have a domain. */
export type DomainHolders = (domain: string, exceptAccountId: string) => readonly DomainHolder[];

/** What checks ask. What takes a request is made once for all checks of a screening. */
export type CheckTools = {
  readonly policy: PolicyDocument;
  readonly resolver: Resolver;
  readonly domainHolders: DomainHolders;
  /** The account's website. */
  readonly website: () => Promise<Visit>;
  /** What the sample message says. */
  readonly sample: () => Promise<SampleText>;
};

/** What a check found, without its name. */
export type Outcome = Omit<Finding, 'check'>;

export type Check = {
  /** Unique; findings carry it. */
  readonly name: string;
  /**
   * Looks. Undefined when there is nothing to look at, which is no finding: neither for nor against.
   * @throws {Error} when it cannot tell; the finding is then `unknown`
   */
  readonly run: (subject: Subject, tools: CheckTools, signal: AbortSignal) => Promise<Outcome | undefined>;
};

export const pass = (detail: string): Outcome => ({ outcome: 'pass', detail: said(detail) });
export const unknown = (detail: string): Outcome => ({ outcome: 'unknown', detail: said(detail) });
export const fail = (reasonCode: ReasonCode, detail: string): Outcome => ({
  outcome: 'fail',
  reasonCode,
  detail: said(detail),
});
