/**
 * CSV (RFC 4180): a header, CRLF, UTF-8. Null is the empty field, nested values are JSON text. A text that a spreadsheet
 * would take for a formula (`=`, `+`, `-`, `@`, tab or CR first) has an apostrophe before it.
 */
import { stringify } from 'csv-stringify/sync';
import type { Json } from '../../eventStore/eventStore.js';
import { type Format, rowByRow } from './format.js';

function fieldOf(value: Json | undefined): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function line(fields: readonly string[]): string {
  return stringify([fields], { escape_formulas: true, record_delimiter: 'windows' });
}

export const csv: Format = {
  name: 'csv',
  mediaType: 'text/csv; charset=utf-8; header=present',
  order: 'log',
  resumableByRow: true,
  open: ({ columns }) =>
    rowByRow(
      () => line(columns.map(({ name }) => name)),
      (row) => line(columns.map(({ name }) => fieldOf(row[name]))),
    ),
};
