/** `gatehouse chart check`: would the chart of this version refuse, or lead elsewhere, any history that was stored? */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { machineVersion } from '../../machines/account.js';
import { type Config, type EventStoreChoice, eventStoreChoice } from '../config.js';
import { describeLog } from '../parts.js';
import type { Divergence, Replayed } from '../replay/divergence.js';
import { historiesIn } from '../replay/histories.js';
import { replayLog } from '../replay/replayLog.js';
import { print, UsageError } from './output.js';
import { printDivergence, replayStore } from './replayAll.js';

export type Checked = {
  readonly machineVersion: number;
  readonly streams: number;
  readonly events: number;
  readonly divergences: readonly (Divergence & { readonly source: string })[];
  readonly complete: boolean;
};

/** A log, or a file of histories. */
type Source = { readonly name: string; readonly replay: (signal: AbortSignal) => Promise<Replayed> };

/**
 * Holds this version's chart against a log (`sqlite:<file>`, `esdb://…`, the file of an embedded log), or against
 * histories (an NDJSON file of events, or a folder of such files); against the configured log unless said otherwise.
 * @throws {UsageError} when there is nothing at `against`
 */
export async function checkChart(config: Config, against: string | undefined, signal: AbortSignal): Promise<Checked> {
  const sources = against === undefined ? [storeSource(config.eventStore, describeLog(config))] : sourcesAt(against);
  let checked: Checked = { machineVersion, streams: 0, events: 0, divergences: [], complete: true };
  for (const { name, replay } of sources) {
    const { streams, events, divergences, complete } = await replay(signal);
    checked = {
      machineVersion,
      streams: checked.streams + streams,
      events: checked.events + events,
      divergences: [...checked.divergences, ...divergences.map((one) => ({ ...one, source: name }))],
      complete: checked.complete && complete,
    };
  }
  return checked;
}

function storeSource(log: EventStoreChoice, name: string): Source {
  return { name, replay: (signal) => replayStore(log, name, {}, signal) };
}

/** @throws {UsageError} from its replay, when no line of the file is an event: it holds something else */
function fileSource(file: string): Source {
  const replay = async (signal: AbortSignal): Promise<Replayed> => {
    const replayed = await replayLog(historiesIn(file), { signal });
    const [first] = replayed.divergences;
    const isOther = replayed.divergences.length === replayed.events && replayed.divergences.every(isNoEvent);
    if (first === undefined || !isOther) return replayed;
    throw new UsageError(
      `${file} holds no events as they are stored (${first.position}: ${first.detail}). GET /v1/events and tail --json give them; an export leaves out what the chart needs.`,
    );
  };
  return { name: file, replay };
}

function isNoEvent({ kind, type }: Divergence): boolean {
  return kind === 'unreadable' && type === null;
}

function sourcesAt(against: string): readonly Source[] {
  if (/^(sqlite:|esdb(\+discover)?:)/.test(against)) {
    const choice = eventStoreChoice(against);
    return [storeSource(choice, choice.kind === 'sqlite' ? choice.file : 'the EventStoreDB of --against')];
  }
  const found = statSync(against, { throwIfNoEntry: false });
  if (found === undefined) {
    throw new UsageError(
      `There is nothing at ${against}. --against takes sqlite:<file>, esdb://…, a file of events (NDJSON), or a folder of such files.`,
    );
  }
  if (found.isFile())
    return [against.endsWith('.db') ? storeSource({ kind: 'sqlite', file: against }, against) : fileSource(against)];
  const files = readdirSync(against).filter((name) => name.endsWith('.ndjson'));
  if (files.length === 0) throw new UsageError(`There are no histories (*.ndjson) in ${against}.`);
  return files.toSorted().map((name) => fileSource(join(against, name)));
}

export function printChecked({ streams, events, divergences, complete, machineVersion: version }: Checked): void {
  const whole = complete ? '' : ' Stopped before the end.';
  const of = `chart version ${version}, ${events} events in ${streams} streams`;
  if (divergences.length === 0) print(`${of}: none is refused, none leads elsewhere.${whole}`);
  else print(`${of}: ${divergences.length} streams part from this chart. Do not deploy it on this log.${whole}`);
  for (const divergence of divergences) printDivergence(divergence);
}
