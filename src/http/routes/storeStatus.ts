/** The node's store, versions and settings. */
import { z } from 'zod';
import { machineVersion } from '../../../machines/account.js';
import { millisecondsBetween } from '../../events/time.js';
import type { Route } from '../route.js';
import { operating } from '../schemas.js';

const storeAnswer = z.object({
  kind: z.enum(['embedded', 'eventStoreDb']),
  described: z.string().meta({ description: 'The file, or scheme and hosts; never a user or a password.' }),
  head: z.string().nullable().meta({ description: 'The position of the last event.' }),
  bytes: z.int().nullable().meta({ description: 'Its size on disk; null where it is not on this node.' }),
  drops: z.object({ count: z.int(), last: z.string().nullable() }).meta({
    description: 'How often a subscription was dropped and taken up again since the start, and why the last time.',
  }),
  versions: z.object({
    product: z.string(),
    machine: z.int().meta({ description: 'Of the statechart, as events name it.' }),
    node: z.string(),
  }),
  instance: z.string(),
  startedAt: z.string(),
  uptimeSeconds: z.number(),
  gateMode: z.enum(['enforce', 'observe']),
  settings: z.record(z.string(), z.union([z.string(), z.number()])),
});

const getStore: Route = {
  method: 'get',
  path: '/v1/store',
  operationId: 'getStore',
  tag: 'operations',
  summary: 'The event store of this node, its versions, and the settings that matter, none of them secret.',
  roles: operating,
  responses: { 200: { description: 'The node.', schema: storeAnswer } },
  handle: async ({ deps }) => {
    const { commands, operating: node, version, instance, gateMode } = deps;
    const { drops } = commands.store;
    const body: z.input<typeof storeAnswer> = {
      kind: node.store.kind,
      described: node.store.described,
      head: (await commands.store.head()) ?? null,
      bytes: (await node.store.bytes()) ?? null,
      drops: { count: drops.count, last: drops.last },
      versions: { product: version, machine: machineVersion, node: process.version },
      instance,
      startedAt: node.startedAt,
      uptimeSeconds: Math.max(0, millisecondsBetween(node.startedAt, commands.now()) / 1_000),
      gateMode,
      settings: node.settings,
    };
    return { status: 200, body };
  },
};

export const storeRoutes: readonly Route[] = [getStore];
