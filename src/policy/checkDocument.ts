/** Whether a value is a policy that could be published: its form, and its sense. */
import type { z } from 'zod';
import { checkPolicy, isPublishable, type PolicyProblem } from './checkPolicy.js';
import { type PolicyDocument, policyDocument } from './policy.js';

export type CheckedDocument = {
  /** Whether it could be published. */
  readonly valid: boolean;
  /** Undefined when it does not have the form of a policy. */
  readonly document: PolicyDocument | undefined;
  /** Errors first; of a value without the form of a policy, what of the form is wrong. */
  readonly problems: readonly PolicyProblem[];
};

/** Checks a value. @param whereTheFormIs said with what is wrong with the form: a sentence that leads to a good example */
export function checkDocument(value: unknown, whereTheFormIs: string): CheckedDocument {
  const parsed = policyDocument.safeParse(value);
  if (!parsed.success) {
    const problems = parsed.error.issues.flatMap((issue) => problemsOf(issue, whereTheFormIs));
    return { valid: false, document: undefined, problems };
  }
  const problems = checkPolicy(parsed.data);
  return { valid: isPublishable(problems), document: parsed.data, problems };
}

function problemsOf(issue: z.core.$ZodIssue, remedy: string): PolicyProblem[] {
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
