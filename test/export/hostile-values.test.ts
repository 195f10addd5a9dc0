/** Values that break formats: each is read back as it was, or as the format's documentation says. */
import { csv } from '../../src/export/formats/csv.js';
import type { Format } from '../../src/export/formats/format.js';
import { formats } from '../../src/export/formats/index.js';
import { xmlText } from '../../src/export/formats/xes.js';
import { eventTable } from '../../src/export/eventTable.js';
import type { Row } from '../../src/export/table.js';
import { exportFormats } from '../../src/events/operations.js';
import { start } from '../support/examples.js';
import { readBack, type ReadRow } from '../support/exports.js';

/** What XML 1.0 cannot hold, and what only looks as if it could not. */
const hostile: Readonly<Record<string, string>> = {
  'formula': '=HYPERLINK("http://evil.example","click")',
  'other formulas': '+1 -1 @SUM(A1)',
  'line breaks': 'one\ntwo\r\nthree\rfour\ttab',
  'quotes': `"double" 'single' ""twice"" \\backslash`,
  'commas': 'a,b;c|d',
  'markup': '<event key="x"/> ]]> & &amp; &#0; <!-- --> <![CDATA[',
  'control characters': '\u0000\u0001\u0008\u000b\u001b\u007f\u0085\u009f',
  'non-characters': 'a\ufffeb\uffffc',
  'beyond the basic plane': '😀 𐍈 \u{10ffff}',
  'line and paragraph separators': '\u2028\u2029\ufeff',
  'direction': '\u202egnp.exe',
  'a text that is a number': '0012e5',
  'prototype': '__proto__',
  'very long': 'ä'.repeat(300_000),
  'only space': '   ',
};

function rowWith(data: Row): Row {
  return {
    position: '0000000000000001',
    accountId: 'acme',
    revision: 0,
    id: '13e526a7-825c-5a73-a683-ea3c868709d3',
    type: 'AccountSignedUp',
    occurredAt: start,
    recordedAt: start,
    imported: false,
    actorType: 'product',
    actorId: 'backend',
    onBehalfOf: null,
    commandId: 'c',
    correlationId: 'c',
    causationId: 'c',
    policyVersion: null,
    schemaVersion: 1,
    machineVersion: 1,
    from: null,
    to: { standing: 'good' },
    data,
    previousHash: 'x',
    hash: 'y',
  };
}

async function written(format: Format, rows: readonly Row[]): Promise<ReadRow[]> {
  const writer = format.open(eventTable, { rowsOfGroup: 10 });
  const chunks = [writer.begin(), ...rows.map((row) => writer.row(row)), writer.mark(), writer.end()];
  return readBack(format.name, Buffer.concat(chunks.map((chunk) => Buffer.from(chunk as string))));
}

describe.each(exportFormats)('%s', (name) => {
  test.each(Object.entries(hostile))('%s, within the data', async (_what, value) => {
    const data = { text: value, list: [value], [value.slice(0, 100)]: 1 };
    const [row] = await written(formats[name], [rowWith(data)]);
    expect(JSON.parse(row?.['data'] ?? '')).toEqual(JSON.parse(JSON.stringify(data)));
  });

  test('half of a surrogate pair, which the log itself refuses, breaks nothing', async () => {
    const [row, next] = await written(formats[name], [rowWith({ text: 'a\ud800b' }), rowWith({ text: 'after' })]);
    expect(JSON.parse(row?.['data'] ?? '')).toEqual({ text: 'a\ud800b' });
    expect(JSON.parse(next?.['data'] ?? '')).toEqual({ text: 'after' });
  });

  test('null, empty texts and nothing at all', async () => {
    const data = { none: null, empty: '', list: [], object: {} };
    const [row] = await written(formats[name], [rowWith(data)]);
    expect(JSON.parse(row?.['data'] ?? '')).toEqual(data);
    expect(row?.['onBehalfOf']).toBeUndefined();
  });
});

describe('a column of text', () => {
  const inColumn = async (format: Format, value: string): Promise<string | undefined> =>
    (await written(format, [{ ...rowWith({}), actorId: value }]))[0]?.['actorId'];

  test.each(['=1+1', '+1', '-1', '@SUM', '\t=1', '\r=1'])('CSV: %j is no formula any more', async (value) => {
    expect(await inColumn(csv, value)).toBe(`'${value}`);
  });

  test.each(Object.entries(hostile))('XES: %s', async (_what, value) => {
    // oxlint-disable-next-line no-control-regex
    const expected = value.replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd');
    expect(await inColumn(formats.xes, value)).toBe(expected);
  });

  test('XML text has only characters that XML 1.0 has', () => {
    for (let code = 0; code <= 0x10ffff; code += code < 0x3000 || code > 0xd700 ? 1 : 97) {
      if (code === 0x10000) code = 0x10fff0;
      const text = xmlText(String.fromCodePoint(code));
      // oxlint-disable-next-line no-control-regex
      expect([code, /^[\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]+$/u.test(text)]).toEqual([code, true]);
    }
  });
});
