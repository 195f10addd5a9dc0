/** An event as one line for people, without personal data and free texts: ids, codes and counts are shown. */
import type { JsonObject, StoredEvent } from '../eventStore/eventStore.js';
import { reasonCodesIn } from '../events/causedBy.js';
import { isEventType } from '../events/catalogue.js';
import { accountOf, type EventMetadata } from '../events/envelope.js';
import { isOperationType } from '../events/operations.js';
import { decode } from '../events/upcast.js';
import { type Paint, plain } from './colour.js';
import { movesText } from './moves.js';

/** What may be shown of an event's data as it is: ids, codes, instants, numbers. */
const shown: readonly string[] = [
  'version',
  'channelId',
  'messageId',
  'evidenceId',
  'kind',
  'outcome',
  'recommendation',
  'requirement',
  'reviewer',
  'to',
  'via',
  'template',
  'against',
  'cause',
  'automatic',
  'retryable',
  'count',
  'bytes',
  'rate',
  'failures',
  'respondBy',
  'resubmitUntil',
  'decideBy',
  'reviewBy',
  'holdUntil',
  'verifiedSince',
  'exportId',
  'what',
  'format',
  'personalData',
  'rows',
];

/** Lists of which only the length is shown. */
const counted: readonly string[] = ['contacts', 'attributes', 'names', 'items', 'answers', 'findings', 'records'];

/** When, whose, what, by whom, from where to where, and why. */
export function eventLine(event: StoredEvent, paint: Paint): string {
  const { actor, onBehalfOf, occurredAt, imported, from, to } = event.metadata as Partial<EventMetadata>;
  const who =
    actor === undefined ? '' : `${actor.type} ${actor.id}${onBehalfOf === undefined ? '' : ` for ${onBehalfOf}`}`;
  const parts = [
    plain(who),
    ...(accountOf(event.stream) === undefined
      ? []
      : movesText(event.revision === 0 ? null : (from ?? null), to ?? null, paint)),
    ...reasonsOf(event).map((code) => paint('magenta', plain(code))),
    ...detailsOf(event).map(plain),
    ...(imported === true ? ['imported'] : []),
  ];
  const whose = plain(`${accountOf(event.stream) ?? event.stream} r${event.revision}`);
  const what = paint('bold', plain(event.type));
  return `${paint('dim', plain(occurredAt ?? event.position))}  ${paint('cyan', whose)}  ${what}  ${parts.filter((part) => part !== '').join(' · ')}`;
}

/** The codes of a decision, of questions, of what failed; none of an event that this program cannot read. */
function reasonsOf(event: StoredEvent): readonly string[] {
  try {
    return reasonCodesIn(decode(event).fact);
  } catch {
    return [];
  }
}

/** Of types that this program does not know nothing is shown: it could be anything. */
function detailsOf({ type, data }: StoredEvent): string[] {
  if (!isEventType(type) && !isOperationType(type) && type !== 'PolicyPublished') return [];
  return [...shown.flatMap((name) => scalar(data, name)), ...counted.flatMap((name) => length(data, name))];
}

function scalar(data: JsonObject, name: string): string[] {
  const value = data[name];
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? [`${name} ${value}`]
    : [];
}

function length(data: JsonObject, name: string): string[] {
  const value = data[name];
  return Array.isArray(value) ? [`${name} ${value.length}`] : [];
}
