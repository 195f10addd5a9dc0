/** NDJSON: a JSON object a line. */
import { type Format, rowByRow } from './format.js';

export const ndjson: Format = {
  name: 'ndjson',
  mediaType: 'application/x-ndjson',
  order: 'log',
  resumableByRow: true,
  open: () =>
    rowByRow(
      () => '',
      (row) => `${JSON.stringify(row)}\n`,
    ),
};
