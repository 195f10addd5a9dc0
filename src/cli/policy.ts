/** `gatehouse policy`: what is in force, what a file would change, and putting it in force, also on a running service. */
import { policyNamed, policyOf, publishedPolicies, type PublishedPolicy } from '../app/policySource.js';
import { publishPolicy as publishHere } from '../app/publishPolicy.js';
import type { Config } from '../config.js';
import type { Actor } from '../events/vocabulary.js';
import { openLog, openLogForReading, systemClock } from '../parts.js';
import { builtInPolicy, type PolicyDocument } from '../policy/policy.js';
import { type PolicyChange, policyWords } from '../policy/policyChanges.js';
import type { PolicyProblem } from '../policy/checkPolicy.js';
import { print, UsageError } from './output.js';
import type { CheckedDocument } from '../policy/checkDocument.js';
import { changesTo, readPolicyFile } from './policyFile.js';
import { ownTokens, runningService } from './sender.js';

/** Who publishes from the command line. */
const publisher: Actor = { type: 'admin', id: 'command-line' };

export type ShownPolicy = {
  readonly version: string;
  readonly hash: string;
  /** Null while it is the built-in one of a log that nobody has started yet. */
  readonly publishedAt: string | null;
  readonly publishedBy: Actor | null;
  readonly inForce: boolean;
  readonly document: PolicyDocument;
};

/** The policies of the log, read beside a running service; none while there is no log. */
async function policiesOf(config: Config): Promise<PublishedPolicy[]> {
  const store = openLogForReading(config);
  if (store === undefined) return [];
  try {
    return await publishedPolicies(store);
  } finally {
    await store.close();
  }
}

/** The policy in force, or the one of a version. @throws {UsageError} when there is none of this version */
export async function showPolicy(config: Config, version: string | undefined): Promise<ShownPolicy> {
  const published = await policiesOf(config);
  const last = published.at(-1);
  const found = version === undefined ? last : policyNamed(published, version);
  if (found !== undefined) {
    const { hash, publishedAt, publishedBy, document } = found;
    return {
      version: found.version,
      hash,
      publishedAt,
      publishedBy,
      inForce: last?.version === found.version,
      document,
    };
  }
  if (last === undefined && (version === undefined || version === builtInPolicy.version)) {
    // What the first start will publish.
    return { ...policyOf(builtInPolicy), publishedAt: null, publishedBy: null, inForce: false };
  }
  const versions = [...new Set(published.map((one) => one.version))].join(', ') || builtInPolicy.version;
  throw new UsageError(`There is no policy ${version ?? ''}. There are: ${versions}`);
}

export function printPolicy({ version, hash, publishedAt, publishedBy, inForce, document }: ShownPolicy): void {
  print(`policy ${version}${inForce ? ', in force' : ''}`);
  if (publishedAt === null) print('not published yet: the first start of the service does it');
  else print(`published ${publishedAt} by ${publishedBy?.type ?? ''} ${publishedBy?.id ?? ''}`);
  print(`hash ${hash}`);
  for (const line of policyWords(document)) print(`  ${line}`);
  print('As a file to change: gatehouse policy show --json > policy.json');
}

export type Checked = {
  readonly valid: boolean;
  readonly version: string | null;
  readonly problems: readonly PolicyProblem[];
  /** The version that `changes` are held against. */
  readonly inForce: string;
  readonly changes: readonly PolicyChange[];
};

/** Checks a file, and compares it with the policy in force. @throws {UsageError} when it cannot be read */
export async function checkFile(config: Config, file: string): Promise<Checked> {
  return compare(config, readPolicyFile(file));
}

async function compare(config: Config, { valid, document, problems }: CheckedDocument): Promise<Checked> {
  const inForce = await showPolicy(config, undefined);
  const changes = changesTo(document, inForce.document);
  return { valid, version: document?.version ?? null, problems, inForce: inForce.version, changes };
}

export function printChecked({ valid, problems, inForce, changes }: Checked): void {
  for (const { severity, pointer, problem, remedy } of problems)
    print(`${severity} ${pointer || '/'}: ${problem}. ${remedy}`);
  if (changes.length > 0) print(`Against ${inForce}, which is in force:`);
  for (const { text } of changes) print(`  ${text}`);
  if (valid && changes.length === 0) print(`It says the same as ${inForce}, which is in force.`);
  print(valid ? 'The policy can be published.' : 'The policy cannot be published.');
}

export type PublishOutcome = Checked & {
  readonly outcome: 'published' | 'unchanged' | 'refused';
  /** Why it was refused. */
  readonly code?: string;
  readonly detail?: string;
};

/**
 * Publishes a file, through the service when one is running, else into the log itself.
 * @throws {UsageError} when the file cannot be read
 * @throws {StoreLocked} when another process that is no service writes to the store
 */
export async function publishFile(config: Config, file: string): Promise<PublishOutcome> {
  const read = readPolicyFile(file);
  const { document, valid } = read;
  const checked = await compare(config, read);
  if (!valid || document === undefined) return { ...checked, outcome: 'refused', code: 'invalid_policy' };
  const url = await runningService(config);
  const result = url === undefined ? await publishInto(config, document) : await publishThrough(config, url, document);
  return { ...checked, ...result };
}

type Result = Pick<PublishOutcome, 'outcome' | 'code' | 'detail'>;

async function publishInto(config: Config, document: PolicyDocument): Promise<Result> {
  const store = openLog(config);
  try {
    const published = await publishHere(store, { document, actor: publisher, now: systemClock });
    if (published.kind !== 'refused') return { outcome: published.kind };
    return { outcome: 'refused', code: published.code, detail: published.detail };
  } finally {
    await store.close();
  }
}

async function publishThrough(config: Config, url: string, document: PolicyDocument): Promise<Result> {
  const own = ownTokens(config);
  try {
    const response = await fetch(`${url}/v1/policies`, {
      method: 'POST',
      headers: { 'Authorization': `Bearer ${own.tokenFor(publisher)}`, 'Content-Type': 'application/json' },
      body: JSON.stringify(document),
    });
    const body = (await response.json()) as { code?: string; detail?: string };
    if (response.ok) return { outcome: response.status === 201 ? 'published' : 'unchanged' };
    if (response.status >= 500 || response.status === 401) {
      throw new Error(`the service at ${url} failed: ${body.detail ?? response.statusText}`);
    }
    return { outcome: 'refused', code: body.code ?? 'refused', detail: body.detail ?? response.statusText };
  } finally {
    own.close();
  }
}

export function printPublished(published: PublishOutcome): void {
  const { outcome, version, detail, inForce, changes } = published;
  if (outcome === 'published') {
    print(`${version ?? ''} is in force now.`);
    if (changes.length > 0) print(`Against ${inForce}, which was before:`);
    for (const { text } of changes) print(`  ${text}`);
  } else if (outcome === 'unchanged') print(`${version ?? ''} is in force already; nothing was published.`);
  else if (detail === undefined) printChecked(published);
  else print(`Nothing was published. ${detail}`);
}
