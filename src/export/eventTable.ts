/** Every event of accounts, one row an event. Pure. */
import type { Json } from '../eventStore/eventStore.js';
import { withoutPersonalData } from '../events/personalData.js';
import { identity, identityOf, type Table } from './table.js';

export const eventTable: Table = {
  what: 'events',
  columns: [
    ...identity,
    { name: 'commandId', type: 'text' },
    { name: 'correlationId', type: 'text' },
    { name: 'causationId', type: 'text' },
    { name: 'policyVersion', type: 'text', optional: true },
    { name: 'schemaVersion', type: 'integer' },
    { name: 'machineVersion', type: 'integer' },
    // The first event comes from nowhere: there was no account.
    { name: 'from', type: 'json', optional: true },
    { name: 'to', type: 'json', optional: true },
    { name: 'data', type: 'json' },
    { name: 'previousHash', type: 'text' },
    { name: 'hash', type: 'text' },
  ],
  row: (event, personalData) => {
    const { fact, metadata, revision } = event;
    return {
      ...identityOf(event),
      commandId: metadata.commandId,
      correlationId: metadata.correlationId,
      causationId: metadata.causationId,
      policyVersion: metadata.policyVersion ?? null,
      schemaVersion: metadata.schemaVersion,
      machineVersion: metadata.machineVersion,
      from: revision === 0 ? null : metadata.from,
      to: metadata.to,
      data: (personalData ? fact.data : withoutPersonalData(fact.type, fact.data)) as Json,
      previousHash: metadata.previousHash,
      hash: metadata.hash,
    };
  },
};
