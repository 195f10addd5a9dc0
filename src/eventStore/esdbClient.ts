/**
 * The client of EventStoreDB, loaded at its first use: loading it takes longer than most commands take on an embedded log.
 */
import { createRequire } from 'node:module';
import type * as Client from '@eventstore/db-client';

const load = createRequire(import.meta.url);

/** The client's package. */
export function esdb(): typeof Client {
  return load('@eventstore/db-client') as typeof Client;
}
