/** What needs an operator's look, worst first; in words that say what to do. */
import type { Answer } from '../api/types.js';
import { asSentence, listed } from '../words/plain.js';
import type { Tone } from '../words/status.js';
import { durationInWords } from '../words/time.js';

export type ReadModel = Answer<'/v1/projections'>['items'][number];
export type Process = Answer<'/v1/processes'>['items'][number];
export type Node = Answer<'/v1/store'>;

export type Concern = {
  readonly tone: Extract<Tone, 'stop' | 'wait'>;
  readonly title: string;
  readonly text: string;
};

/** Longer than this, and somebody should look, in milliseconds: what is due waits for moments when all is well. */
const tooLong: Readonly<Record<string, number>> = {
  mail: 15 * 60_000,
  webhooks: 15 * 60_000,
  timers: 5 * 60_000,
  screening: 30 * 60_000,
};
/** A read model that is behind for longer, in seconds. */
const longLag = 10;

/** `1 event`, `1,204 events`, `at least 100 events`. */
export function amount(count: number, atLeast: boolean, one: string, many = `${one}s`): string {
  return `${atLeast ? 'at least ' : ''}${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}

function ofReadModel({ projection, state, error, lagSeconds }: ReadModel): Concern[] {
  const name = projection.replaceAll('_', ' ');
  if (state === 'failed') {
    const title = `The read model ${name} fails`;
    return [
      {
        tone: 'stop',
        title,
        text: `${asSentence(error)} It tries again by itself; until then its answers may be old.`.trim(),
      },
    ];
  }
  if (state === 'live' && lagSeconds <= longLag) return [];
  const text =
    state === 'starting'
      ? 'It catches up with the log. Until then the node is not ready.'
      : `It has been behind the log for ${durationInWords(lagSeconds * 1_000)}.`;
  return [{ tone: 'wait', title: `The read model ${name} is behind`, text }];
}

function ofProcess({ process, state, failures, error, parked, waiting, runsHere }: Process, now: number): Concern[] {
  const concerns: Concern[] = [];
  if (state === 'failing') {
    const times = failures === 1 ? 'once' : `${failures.toLocaleString('en')} times in a row`;
    concerns.push({
      tone: 'stop',
      title: `The process ${process} has failed ${times}`,
      text: `${asSentence(error)} It tries again by itself.`.trim(),
    });
  }
  if (parked !== null && parked.count > 0) {
    concerns.push({
      tone: 'stop',
      title: `The process ${process} has set aside ${amount(parked.count, parked.atLeast, 'event')}`,
      text: 'Their effect failed again and again. Look at why, and when the cause is gone, let it try once more.',
    });
  }
  const failed = waiting?.failed ?? 0;
  if (runsHere && failed > 0) {
    const [one, many] = failedNames[process] ?? ['could not be done yet', 'could not be done yet'];
    concerns.push({
      tone: 'wait',
      title: amount(failed, false, one, many),
      text: 'What was answered stands in the list of them. It is tried again by itself, less often each time.',
    });
  }
  const limit = tooLong[process];
  const since = waiting?.since ?? null;
  if (runsHere && limit !== undefined && since !== null && now - Date.parse(since) > limit) {
    concerns.push({
      tone: 'wait',
      title: `Work of ${process} has waited for ${durationInWords(now - Date.parse(since))}`,
      text: `${waitingWords(process, waiting)}.`,
    });
  }
  return concerns;
}

const waitingNames: Readonly<Record<string, readonly [one: string, many: string]>> = {
  mail: ['mail waits to be sent', 'mails wait to be sent'],
  webhooks: ['webhook waits to be delivered', 'webhooks wait to be delivered'],
  timers: ['deadline is due', 'deadlines are due'],
  screening: ['request is being screened', 'requests are being screened'],
};

/** What was tried without success, and waits to be tried again: an outage that no single failure shows. */
const failedNames: Readonly<Record<string, readonly [one: string, many: string]>> = {
  mail: ['mail could not be sent yet', 'mails could not be sent yet'],
  webhooks: ['webhook could not be delivered yet', 'webhooks could not be delivered yet'],
};

/** What waits for a process: `3 mails wait to be sent`; a dash where nobody can tell. */
export function waitingWords(process: string, waiting: Process['waiting']): string {
  if (waiting === null) return '–';
  const [one, many] = waitingNames[process] ?? ['waits', 'wait'];
  return waiting.count === 0 ? 'nothing' : amount(waiting.count, waiting.atLeast, one, many);
}

/** All that needs a look, the worst first; none while all is well. @param now milliseconds since 1970 */
export function concernsOf(
  { readModels, processes, node }: { readModels: readonly ReadModel[]; processes: readonly Process[]; node: Node },
  now: number,
): readonly Concern[] {
  const observed: Concern[] =
    node.gateMode === 'observe'
      ? [
          {
            tone: 'wait',
            title: 'The gate only observes',
            text: 'It says what it would deny, and denies nothing (GATEHOUSE_GATE_MODE=observe).',
          },
        ]
      : [];
  const untold = processes.filter(({ takesEvents, parked }) => takesEvents && parked === null);
  const unknown: Concern[] =
    untold.length === 0
      ? []
      : [
          {
            tone: 'wait',
            title: 'What has been set aside cannot be told just now',
            text: `By ${listed(untold.map(({ process }) => process))}. It is asked again by itself.`,
          },
        ];
  const all = [
    ...readModels.flatMap(ofReadModel),
    ...processes.flatMap((process) => ofProcess(process, now)),
    ...unknown,
    ...observed,
  ];
  return all.toSorted((a, b) => Number(a.tone === 'wait') - Number(b.tone === 'wait'));
}

/** How far a position is through a log, in events; undefined where positions do not count them (EventStoreDB). */
export function eventsAt(position: string | null | undefined): number | undefined {
  return position !== null && position !== undefined && /^\d{1,16}$/.test(position) ? Number(position) : undefined;
}

/** So many events of the log a read model does not reflect yet; undefined where nobody can tell. */
export function eventsBehind(checkpoint: string | null, head: string | null): number | undefined {
  const [all, done] = [eventsAt(head), eventsAt(checkpoint ?? '0')];
  return all === undefined || done === undefined ? undefined : Math.max(0, all - done);
}

const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'] as const;

/** `183.2 MiB`. */
export function sizeWords(bytes: number): string {
  let [value, unit] = [bytes, 0];
  for (; value >= 1_024 && unit < units.length - 1; unit++) value /= 1_024;
  const digits = unit === 0 || value >= 100 ? 0 : 1;
  return `${value.toLocaleString('en', { maximumFractionDigits: digits })} ${units[unit]}`;
}
