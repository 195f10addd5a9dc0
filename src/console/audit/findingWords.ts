/** What an audit finds, in words for people who do not know how the log is made. */
import type { Answer } from '../api/types.js';

export type Verification = Answer<'/v1/verifications/{verificationId}'>;
export type Finding = NonNullable<Verification['result']>['findings'][number];

const words: { readonly [Kind in Finding['kind']]: string } = {
  'store': 'The store’s own file is not in order',
  'log': 'The log cannot be read from some place on',
  'unreadable': 'An event cannot be read, or is not written as it was',
  'position': 'An event stands out of order',
  'stream': 'There is a stream that Gatehouse never writes',
  'revision': 'Events are missing, doubled or out of order',
  'hash': 'An event was changed after it was written',
  'id': 'An event’s id was changed',
  'chain': 'An event does not follow from the one before it',
  'schema': 'An event holds what Gatehouse never writes',
  'policy': 'A published policy was changed after it was written',
  'chart': 'The statechart would not have allowed this event',
  'checkpoint': 'A checkpoint’s file is not as it was written',
  'checkpoint-missing': 'A checkpoint is missing',
  'signature': 'A checkpoint’s signature is not genuine',
  'key': 'A checkpoint was signed with another key',
  'checkpoint-order': 'A checkpoint does not follow from the one before it',
  'other-log': 'The checkpoints were taken of another log',
  'cut': 'The end of the log was cut off',
  'log-root': 'The events are not those that a checkpoint signed',
  'head': 'An account’s history is not what a checkpoint recorded',
  'heads-root': 'The accounts are not those that a checkpoint signed',
};

/** A kind of finding in words. */
export function findingTitle(kind: Finding['kind']): string {
  return words[kind];
}

/** Where a finding is, beside the account that it may be about: a stream, a revision, a position, a checkpoint. */
export function findingPlace({ accountId, stream, revision, position, checkpoint }: Finding): string {
  return [
    accountId === undefined && stream !== undefined ? `stream ${stream}` : '',
    revision === undefined ? '' : `revision ${revision}`,
    position === undefined ? '' : `position ${position}`,
    checkpoint === undefined ? '' : `checkpoint ${checkpoint}`,
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

export type FindingGroup = { readonly kind: Finding['kind']; readonly findings: readonly Finding[] };

/** Findings by kind, the kinds in the order in which they were found. */
export function groupedFindings(findings: readonly Finding[]): readonly FindingGroup[] {
  const kinds = [...new Set(findings.map(({ kind }) => kind))];
  return kinds.map((kind) => ({ kind, findings: findings.filter((finding) => finding.kind === kind) }));
}

const phases = {
  events: 'Reading every event and holding it against the checkpoints',
  store: 'The store checks its own file',
  chart: 'Running the statechart over every account',
} as const;

/** What a verification is doing. */
export function phaseWords(phase: Verification['phase']): string {
  return phase === null ? 'Opening the log' : phases[phase];
}

/** So many of one thing: `1 event`, `1,204 events`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}

/** How a verification ended, in one sentence. */
export function outcomeWords({ state, error, result }: Verification): string {
  if (state === 'failed')
    return `It could not be done: ${error ?? 'nobody knows why'}. This says nothing about the log.`;
  if (result === null) return state === 'cancelled' ? 'It was cancelled before anything was read.' : '';
  const read = `${counted(result.events, 'event')} of ${counted(result.streams, 'stream')}`;
  if (state === 'cancelled') return `It was cancelled after ${read}; what was not read was not verified.`;
  if (!result.clean) return `${counted(result.found, 'finding')} in ${read}.`;
  if (result.checkpoints === 0) return `${read}: nothing was found, but no checkpoint vouches for them yet.`;
  const later = result.uncovered === 0 ? '' : ` ${counted(result.uncovered, 'later event')} without a checkpoint.`;
  return `${read}, held against ${counted(result.checkpoints, 'checkpoint')}: nothing was altered.${later}`;
}
