/** Statuses in words, and the tone that each is shown in. */

/** How something is shown: all well, somebody's turn, stopped, worth knowing, or of no matter. */
export type Tone = 'ok' | 'wait' | 'stop' | 'info' | 'quiet';

const statuses: Readonly<Record<string, readonly [words: string, tone: Tone]>> = {
  not_requested: ['Not requested', 'quiet'],
  in_review: ['In review', 'info'],
  info_requested: ['Information requested', 'wait'],
  verified: ['Verified', 'ok'],
  rejected: ['Rejected', 'stop'],
  revoked: ['Revoked', 'stop'],
  expired: ['Expired', 'quiet'],
  closed: ['Closed', 'quiet'],
};

/** A status in words; one that is not known here as it is. */
export function statusWords(status: string | null): string {
  return status === null ? 'Unknown' : (statuses[status]?.[0] ?? status.replaceAll('_', ' '));
}

export function statusTone(status: string | null): Tone {
  return (status === null ? undefined : statuses[status]?.[1]) ?? 'quiet';
}

/** `opt_in_unclear` as `Opt in unclear`; `pendingReview` as `Pending review`. For codes that have no words of their own. */
export function codeWords(code: string): string {
  const words = code
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll(/[_-]/g, ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
