/** Cursors of pages: where the next page starts, opaque to the reader. */
import { HttpProblem, problem } from './problem.js';

export function encodeCursor(values: readonly (string | number | null)[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}

/** The values of a cursor. @throws {HttpProblem} 400 when it is not one of ours */
export function decodeCursor(
  cursor: string | undefined,
  length: number,
): readonly (string | number | null)[] | undefined {
  if (cursor === undefined) return undefined;
  try {
    const values = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown;
    const plain = (value: unknown): boolean => value === null || typeof value === 'string' || typeof value === 'number';
    if (Array.isArray(values) && values.length === length && values.every(plain))
      return values as (string | number | null)[];
  } catch {
    // Said below.
  }
  throw malformedCursor();
}

/** The cursor is none, or was given for another question. */
export function malformedCursor(): HttpProblem {
  return new HttpProblem(problem(400, 'malformed_cursor', 'Use the value of `next` from the page before.'));
}
