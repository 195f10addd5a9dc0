/** The events that moved the chart, flat: one row a transition, its states as short texts. Pure. */
import type { StateValue } from '../events/envelope.js';
import type { RecordedEvent } from '../events/upcast.js';
import { statusOf } from '../policy/status.js';
import { type Column, identity, identityOf, type Table } from './table.js';

const regions = ['Setup', 'Verification', 'Standing'] as const;

/**
 * A region's state as a path: `verified.current`, `pendingReview.assigned.none`. Parts that run side by side follow one
 * another in the chart's order (of `pendingReview`: assignment, approval; of `open`: people, events, channel, message).
 */
export function pathOf(state: StateValue | undefined): string | null {
  if (state === undefined) return null;
  if (typeof state === 'string') return state;
  const parts = Object.entries(state);
  if (parts.length !== 1) return parts.map(([, inner]) => pathOf(inner)).join('.');
  return parts.map(([name, inner]) => `${name}.${pathOf(inner)}`).join('.');
}

function regionOf(state: StateValue | null, name: string): StateValue | undefined {
  return state === null || typeof state === 'string' ? undefined : state[name.toLowerCase()];
}

/** `fromSetup`, `fromVerification` and so on. */
function states(prefix: 'from' | 'to', state: StateValue | null): [string, string | null][] {
  return [
    [`${prefix}Status`, statusOf(state) ?? null],
    ...regions.map((name): [string, string | null] => [`${prefix}${name}`, pathOf(regionOf(state, name))]),
  ];
}

function stateColumns(prefix: 'from' | 'to'): Column[] {
  return ['Status', ...regions].map((name) => ({ name: `${prefix}${name}`, type: 'text', optional: true }));
}

/** The codes of a decision's reasons, or of what is asked for, in their order; the words to them are left out. */
function reasonCodes({ fact }: RecordedEvent): string[] | null {
  const { data } = fact;
  if ('reasons' in data) return data.reasons.map(({ code }) => code);
  return 'items' in data ? data.items.map(({ reasonCode }) => reasonCode) : null;
}

export const transitionTable: Table = {
  what: 'transitions',
  columns: [
    ...identity,
    // The first event comes from nowhere: there was no account.
    ...stateColumns('from'),
    ...stateColumns('to'),
    { name: 'reasons', type: 'json', optional: true },
    { name: 'policyVersion', type: 'text', optional: true },
    { name: 'hash', type: 'text' },
  ],
  row: (event) => {
    const { metadata, revision } = event;
    if (JSON.stringify(metadata.from) === JSON.stringify(metadata.to)) return undefined;
    return {
      ...identityOf(event),
      ...Object.fromEntries([...states('from', revision === 0 ? null : metadata.from), ...states('to', metadata.to)]),
      reasons: reasonCodes(event),
      policyVersion: metadata.policyVersion ?? null,
      hash: metadata.hash,
    };
  },
};
