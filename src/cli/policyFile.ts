/** A policy in a file: read, checked against the form, the sense, and the policy in force. */
import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import { checkPolicy, isPublishable, type PolicyProblem } from '../policy/checkPolicy.js';
import { type PolicyDocument, policyDocument } from '../policy/policy.js';
import { type PolicyChange, policyChanges } from '../policy/policyChanges.js';
import { UsageError } from './output.js';

export type CheckedFile = {
  readonly valid: boolean;
  /** Undefined when it does not have the form of a policy. */
  readonly document: PolicyDocument | undefined;
  readonly problems: readonly PolicyProblem[];
};

/**
 * Reads and checks a policy: a document, or what `policy show --json` printed. `-` is the standard input.
 * @throws {UsageError} when it cannot be read, or is not JSON
 */
export function readPolicyFile(file: string): CheckedFile {
  const parsed = policyDocument.safeParse(documentIn(jsonOf(file)));
  if (!parsed.success) {
    return { valid: false, document: undefined, problems: parsed.error.issues.flatMap(problemsOf) };
  }
  const problems = checkPolicy(parsed.data);
  return { valid: isPublishable(problems), document: parsed.data, problems };
}

/** What publishing a document would change. */
export function changesTo(document: PolicyDocument | undefined, inForce: PolicyDocument): readonly PolicyChange[] {
  return document === undefined ? [] : policyChanges(inForce, document);
}

function jsonOf(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${(error as Error).message}`);
  }
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new UsageError(`${file} is not JSON: ${(error as Error).message}`);
  }
}

/** What `policy show --json` prints has the document in it. */
function documentIn(value: unknown): unknown {
  const isShown = typeof value === 'object' && value !== null && 'document' in value && 'hash' in value;
  return isShown ? value.document : value;
}

function problemsOf(issue: z.core.$ZodIssue): PolicyProblem[] {
  const remedy = 'See `gatehouse policy show --json` for the form.';
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      severity: 'error',
      pointer: pointerOf([...issue.path, key]),
      problem: 'is not a setting of a policy',
      remedy: `Leave it out, or look for another name. ${remedy}`,
    }));
  }
  return [{ severity: 'error', pointer: pointerOf(issue.path), problem: issue.message, remedy }];
}

function pointerOf(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
