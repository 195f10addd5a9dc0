/**
 * XES (IEEE 1849-2016), for process mining: a trace an account, an event an event. What the standard's extensions have a
 * key for bears that key; our other columns are attributes under their own names.
 */
import type { Json } from '../../eventStore/eventStore.js';
import type { Column, Row, Table } from '../table.js';
import type { Format, FormatWriter } from './format.js';

const extensions = [
  ['Concept', 'concept'],
  ['Time', 'time'],
  ['Organizational', 'org'],
  ['Lifecycle', 'lifecycle'],
  ['Identity', 'identity'],
] as const;

/** Columns that the extensions have a key for; `accountId` is the trace's name. */
const standardKeys: Readonly<Record<string, string>> = {
  type: 'concept:name',
  occurredAt: 'time:timestamp',
  actorId: 'org:resource',
  actorType: 'org:role',
  id: 'identity:id',
};

const elements = { text: 'string', json: 'string', integer: 'int', boolean: 'boolean', instant: 'date' } as const;

/** What every event has, in XES's own way to say so: a value that stands in for a missing one. */
const anyUuid = '00000000-0000-0000-0000-000000000000';
const globalAttributes = [
  ['string', 'concept:name', ''],
  ['date', 'time:timestamp', '1970-01-01T00:00:00.000Z'],
  ['string', 'org:resource', ''],
  ['string', 'org:role', ''],
  ['string', 'lifecycle:transition', 'complete'],
  ['id', 'identity:id', anyUuid],
] as const;

// What XML 1.0 has no way to write: most control characters, halves of surrogate pairs, and two non-characters.
// oxlint-disable-next-line no-control-regex
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

/** A text as the value of an attribute: read back it is the same, but for characters that XML cannot hold (U+FFFD). */
export function xmlText(text: string): string {
  return text.replace(forbidden, '\ufffd').replaceAll(/[&<>"\t\n\r]/g, (found) => entities[found] ?? found);
}

/** JSON text in which what XML cannot hold is escaped as JSON can, so that nothing is lost. */
function jsonText(value: Json): string {
  return JSON.stringify(value).replace(forbidden, (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function attribute(element: string, key: string, value: string): string {
  return `<${element} key="${key}" value="${xmlText(value)}"/>`;
}

function eventOf(columns: readonly Column[], row: Row): string {
  const attributes = columns.map(({ name, type }) => {
    const value = row[name];
    if (value === null || value === undefined) return '';
    const element = name === 'id' ? 'id' : elements[type];
    return attribute(element, standardKeys[name] ?? name, typeof value === 'string' ? value : jsonText(value));
  });
  return `<event>${attributes.join('')}${attribute('string', 'lifecycle:transition', 'complete')}</event>\n`;
}

function header({ what }: Table): string {
  const moves = what === 'transitions';
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<log xes.version="1849.2016" xes.features="">',
    ...extensions.map(
      ([name, prefix]) =>
        `<extension name="${name}" prefix="${prefix}" uri="http://www.xes-standard.org/${prefix}.xesext"/>`,
    ),
    `<global scope="trace">${attribute('string', 'concept:name', '')}</global>`,
    `<global scope="event">${globalAttributes.map(([element, key, value]) => attribute(element, key, value)).join('')}`,
    `${moves ? attribute('string', 'toVerification', '') : ''}</global>`,
    '<classifier name="Activity" scope="event" keys="concept:name"/>',
    '<classifier name="Resource" scope="event" keys="org:resource"/>',
    ...(moves ? ['<classifier name="State" scope="event" keys="toVerification"/>'] : []),
    attribute('string', 'concept:name', `gatehouse ${what}`),
    attribute('string', 'lifecycle:model', 'standard'),
    '',
  ].join('\n');
}

function open(table: Table): FormatWriter {
  const columns = table.columns.filter(({ name }) => name !== 'accountId');
  /** The account whose trace is open. */
  let account: string | undefined;
  const close = (): string => {
    const wasOpen = account !== undefined;
    account = undefined;
    return wasOpen ? '</trace>\n' : '';
  };
  return {
    begin: () => header(table),
    row: (row) => {
      const accountId = row['accountId'] as string;
      const begun = accountId === account ? '' : `${close()}<trace>${attribute('string', 'concept:name', accountId)}\n`;
      account = accountId;
      return begun + eventOf(columns, row);
    },
    mark: close,
    isSettled: () => account === undefined,
    takeState: () => [],
    end: () => `${close()}</log>\n`,
  };
}

export const xes: Format = { name: 'xes', mediaType: 'application/xml', order: 'account', resumableByRow: false, open };
