/** `gatehouse webhooks`: the delivery log, and once more; also while the service runs. */
import { existsSync } from 'node:fs';
import Table from 'cli-table3';
import type { Config } from '../config.js';
import { filesOf, systemClock } from '../parts.js';
import { Deliveries, type Delivery, type DeliveryFilter, type ReplayFilter } from '../webhooks/deliveries.js';
import { print, UsageError } from './output.js';

function withDeliveries<T>(config: Config, use: (deliveries: Deliveries) => T): T {
  const file = filesOf(config).webhooks;
  if (!existsSync(file)) {
    throw new UsageError(`There are no deliveries at ${file}. GATEHOUSE_WEBHOOK_URL says where webhooks go.`);
  }
  const deliveries = new Deliveries(file, systemClock);
  try {
    return use(deliveries);
  } finally {
    deliveries.close();
  }
}

/** Deliveries, the newest first. */
export function listDeliveries(config: Config, filter: DeliveryFilter): Delivery[] {
  return withDeliveries(config, (deliveries) => deliveries.list(filter).items);
}

/** Sends deliveries once more. @returns how many. @throws {UsageError} for an id that is not there */
export function replayDeliveries(config: Config, filter: ReplayFilter): number {
  const replayed = withDeliveries(config, (deliveries) => deliveries.replay(filter));
  if (replayed === 0 && 'id' in filter) throw new UsageError(`There is no delivery ${filter.id}.`);
  return replayed;
}

export function printDeliveries(deliveries: readonly Delivery[]): void {
  if (deliveries.length === 0) {
    print('There are no such deliveries.');
    return;
  }
  const head = ['id', 'account', 'type', 'state', 'tries', 'last', 'made'];
  const table = new Table({ head, style: { head: [], border: [] } });
  for (const { id, accountId, type, state, attempts, lastStatus, lastError, createdAt } of deliveries) {
    table.push([id, accountId, type, state, attempts, lastError ?? lastStatus ?? '', createdAt]);
  }
  print(table.toString());
}
