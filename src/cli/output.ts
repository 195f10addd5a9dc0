/** What the command line prints: answers on stdout, notes and progress on stderr; and how it ends. */

/** Exit codes. */
export const exit = { done: 0, found: 1, usage: 2, infrastructure: 3 } as const;

/** One JSON document. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}

export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

export function note(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** A mistake of the one who calls: exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** A state value on one line: `verification pendingReview (assigned, proposed) · standing good`. */
export function stateLine(state: unknown): string {
  if (typeof state === 'string') return state;
  return Object.entries(state as Record<string, unknown>)
    .map(([region, value]) => `${region} ${shortState(value)}`)
    .join(' · ');
}

/** A state value without the name of its region: `pendingReview (assignment: assigned, approval: none)`. */
export function shortState(value: unknown): string {
  if (typeof value === 'string') return value;
  return Object.entries(value as Record<string, unknown>)
    .map(([name, inner]) => (typeof inner === 'string' ? `${name} (${inner})` : `${name} (${innerStates(inner)})`))
    .join(', ');
}

function innerStates(value: unknown): string {
  return Object.entries(value as Record<string, unknown>)
    .map(([name, inner]) => `${name}: ${typeof inner === 'string' ? inner : shortState(inner)}`)
    .join(', ');
}
