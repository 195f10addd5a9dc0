/** `gatehouse processes`: what processes could not do, and once more; also while the service runs. */
import Table from 'cli-table3';
import type { Config } from '../config.js';
import type { ConsumerGroups, ParkedEvent } from '../eventStore/consumerGroups.js';
import { describeLog, openConsumerGroups, openLogForReading } from '../parts.js';
import { processNames } from '../processes/index.js';
import { groupName } from '../processes/runner.js';
import { print, UsageError } from './output.js';

async function withGroups<T>(config: Config, process: string, use: (groups: ConsumerGroups) => Promise<T>): Promise<T> {
  if (!processNames.includes(process)) {
    throw new UsageError(`There is no process ${process}. Processes: ${processNames.join(', ')}`);
  }
  const store = openLogForReading(config);
  if (store === undefined) throw new UsageError(`There is no store at ${describeLog(config)} yet.`);
  const groups = openConsumerGroups(config, store);
  try {
    return await use(groups);
  } finally {
    groups.close();
    await store.close();
  }
}

/** What a process has parked, oldest first. */
export async function listParked(config: Config, process: string): Promise<ParkedEvent[]> {
  return withGroups(config, process, (groups) => groups.parked(groupName(process)));
}

/** Lets a process try what it has parked once more. @returns how many events */
export async function replayParked(config: Config, process: string): Promise<number> {
  return withGroups(config, process, (groups) => groups.replayParked(groupName(process)));
}

export function printParked(process: string, parked: readonly ParkedEvent[]): void {
  if (parked.length === 0) {
    print(`${process} has nothing parked.`);
    return;
  }
  const table = new Table({ head: ['stream', 'rev', 'event', 'parked at', 'why'], style: { head: [], border: [] } });
  for (const { stream, revision, type, parkedAt, reason } of parked) {
    table.push([stream, revision, type, parkedAt, reason]);
  }
  print(table.toString());
  print(`When the cause is gone: gatehouse processes replay ${process}`);
}
