/** The filter of the transitions: what the address says, what the form holds, what the API is asked. */
import { type Asked, type Choice, nameChoices } from './filterNames.js';

/** What can be filtered by, as it stands in the address; a filter that is not set is not there. */
export const filterNames = [
  'account',
  'actor',
  'actorType',
  'command',
  'type',
  'fromState',
  'toState',
  'standing',
  'reason',
  'since',
  'until',
  'changed',
] as const;
export type FilterName = (typeof filterNames)[number];
export type Filter = { readonly [Name in FilterName]?: string };

/** Filters with a fixed set of values. */
export const filterChoices: { readonly [Name in FilterName]?: readonly Choice[] } = nameChoices;

export const filterLabels: { readonly [Name in FilterName]: string } = {
  account: 'Account',
  actor: 'Who acted',
  actorType: 'As what',
  command: 'Command',
  type: 'Event',
  fromState: 'State it left',
  toState: 'State it led to',
  standing: 'Standing it led to',
  reason: 'Reason',
  since: 'From (UTC)',
  until: 'Before (UTC)',
  changed: 'Only what changed a state',
};

/** A command as it stands in paths (`approve-verification`), which the API takes too, as the form has it. */
function commandName(spelling: string): string {
  return spelling.replaceAll(/(?:^|-)([a-z])/g, (_all, letter: string) => letter.toUpperCase());
}

/** The parameters of an address that are filters; empty ones, and values that the API would not know, are left out. */
export function filterOf(query: Readonly<Record<string, string | undefined>>): Filter {
  const filter: { [Name in FilterName]?: string } = {};
  for (const name of filterNames) {
    const given = query[name]?.trim() ?? '';
    const value = name === 'command' ? commandName(given) : given;
    const known = filterChoices[name];
    if (value === '' || (known !== undefined && !known.some((choice) => choice.value === value))) continue;
    if ((name === 'since' || name === 'until') && instantOf(value) === undefined) continue;
    filter[name] = name === 'changed' ? 'true' : value;
  }
  return filter;
}

/** A filter as the query of an address, with what else is to stand there. */
export function queryOf(filter: Filter, others: Readonly<Record<string, string>> = {}): string {
  const set = filterNames.map((name): [string, string] => [name, filter[name]?.trim() ?? '']);
  const given = [...Object.entries(others), ...set].filter(([, value]) => value !== '');
  const query = new URLSearchParams(given).toString();
  return query === '' ? '' : `?${query}`;
}

/**
 * A time of the form is one in UTC, as the list shows them: an address means the same to whoever opens it.
 * @returns undefined for what is no time
 */
function instantOf(time: string): string | undefined {
  const at = new Date(/[Zz]|[+-]\d\d:\d\d$/.test(time) ? time : `${time}${time.includes('T') ? '' : 'T00:00'}Z`);
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString();
}

/** What the API is asked for: times as instants. */
export function askedOf(filter: Filter): Asked {
  const { since, until, ...rest } = filter;
  return {
    ...rest,
    ...(since === undefined ? {} : { since: instantOf(since) }),
    ...(until === undefined ? {} : { until: instantOf(until) }),
    // What the address held was checked against the same names.
  } as Asked;
}

/** A set filter in words. */
export function filterWords(name: FilterName, value: string): string {
  if (name === 'changed') return filterLabels.changed;
  const shown = filterChoices[name]?.find((choice) => choice.value === value)?.label ?? value.replace('T', ' ');
  return `${filterLabels[name]}: ${shown}`;
}
