/** A policy in a file: read, checked against the form, the sense, and the policy in force. */
import { readFileSync } from 'node:fs';
import { type CheckedDocument, checkDocument } from '../policy/checkDocument.js';
import type { PolicyDocument } from '../policy/policy.js';
import { type PolicyChange, policyChanges } from '../policy/policyChanges.js';
import { UsageError } from './output.js';

/**
 * Reads and checks a policy: a document, or what `policy show --json` printed. `-` is the standard input.
 * @throws {UsageError} when it cannot be read, or is not JSON
 */
export function readPolicyFile(file: string): CheckedDocument {
  return checkDocument(documentIn(jsonOf(file)), 'See `gatehouse policy show --json` for the form.');
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
