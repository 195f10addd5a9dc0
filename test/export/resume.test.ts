/** An export that is taken up again, wherever it was left, has the bytes of one that never stopped. */
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import type { Reached } from '../../src/export/exporting.js';
import { filesOfPart, findPart, PartFile, type PartHeader } from '../../src/export/partFile.js';
import { exportedKinds, exportFormats } from '../../src/events/operations.js';
import { appendBulk } from '../support/bulkLog.js';
import { exported, piecesOf, requestFor, rowsOfGroup } from '../support/exports.js';
import { newGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { seeded } from '../support/randomCommands.js';
import { exportPieces } from '../../src/export/exporting.js';

let gatehouse: TestGatehouse;
let upTo: string | undefined;
beforeAll(async () => {
  gatehouse = await newGatehouse();
  await appendBulk(gatehouse.store, 40, 30, 300);
  upTo = await gatehouse.store.head();
});
afterAll(async () => gatehouse.close());

const cases = exportFormats.flatMap((format) => exportedKinds.map((what) => [format, what] as const));

test.each(cases)('%s of %s: from every place that is said to be one', async (format, what) => {
  const request = requestFor(format, { what, personalData: true });
  const pieces = await piecesOf(gatehouse.store, request);
  const whole = Buffer.concat(pieces.map(({ bytes }) => bytes));
  let bytes = 0;
  const states: string[] = [];
  let places = 0;
  for (const piece of pieces) {
    bytes += piece.bytes.length;
    if (piece.resumable === undefined) continue;
    states.push(...piece.resumable.states);
    places += 1;
    const reached: Reached = { position: piece.resumable.position, rows: piece.rows, bytes, states: [...states] };
    const rest = await piecesOf(gatehouse.store, request, reached);
    expect(Buffer.concat([whole.subarray(0, bytes), ...rest.map((one) => one.bytes)]).equals(whole)).toBe(true);
    expect(rest.at(-1)?.rows).toBe(pieces.at(-1)?.rows);
  }
  expect(places).toBeGreaterThan(1);
});

describe('a file', () => {
  const header: PartHeader = {
    started: { exportId: 'e', what: 'events', format: 'csv', personalData: true, via: 'cli' },
    log: 'log',
  };

  /** Writes until a random piece, and leaves everything as a kill would. @returns whether it came to the end */
  async function writeSome(
    out: string,
    format: (typeof exportFormats)[number],
    random: () => number,
  ): Promise<boolean> {
    const found = findPart(out);
    const part = new PartFile(out, header, found, 20_000);
    const request = requestFor(format, { personalData: true });
    const job = { store: gatehouse.store, request, range: { upTo }, rowsOfGroup };
    const most = Math.floor(random() * 6);
    let written = 0;
    for await (const piece of exportPieces(job, found?.reached)) {
      if (written++ >= most) {
        part.close();
        return false;
      }
      part.write(piece);
    }
    const sha256 = part.whole();
    part.close();
    // Killed between the last line of the state and the name.
    if (random() < 0.5) {
      const again = findPart(out);
      expect(again?.whole?.sha256).toBe(sha256);
      new PartFile(out, header, again, 20_000).close();
    }
    part.finish();
    return true;
  }

  /** What a kill, or a lost disk buffer, leaves after what is known to be good. */
  function tear(out: string, random: () => number): void {
    const { part, state } = filesOfPart(out);
    if (random() < 0.5) appendFileSync(part, Buffer.alloc(Math.floor(random() * 5_000), 0x41));
    if (random() < 0.5) appendFileSync(state, '{"position":"00000000000');
    if (random() < 0.2) appendFileSync(state, Buffer.alloc(40));
  }

  test.each(cases.filter(([, what]) => what === 'events'))(
    '%s: given kills at random pieces, torn bytes and torn lines, 12 seeds, then it has the same bytes in the end',
    async (format) => {
      const whole = await exported(gatehouse.store, requestFor(format, { personalData: true }));
      for (let seed = 1; seed <= 12; seed++) {
        const random = seeded(seed);
        const out = gatehouse.folder.file(`${format}-${seed}`);
        let runs = 1;
        while (!(await writeSome(out, format, random))) {
          tear(out, random);
          runs += 1;
          if (runs > 500) throw new Error(`seed ${seed} never ends`);
        }
        expect([seed, readFileSync(out).equals(whole)]).toEqual([seed, true]);
        expect(Object.values(filesOfPart(out)).filter((file) => existsSync(file))).toEqual([]);
      }
    },
    60_000,
  );

  test('given a part that lost bytes, then it is refused with the remedy, not gone on with', async () => {
    const out = gatehouse.folder.file('short');
    const part = new PartFile(out, header, undefined, 1);
    for (const piece of (await piecesOf(gatehouse.store, requestFor('csv'))).slice(0, 3)) part.write(piece);
    part.close();
    truncateSync(filesOfPart(out).part, 10);
    expect(() => findPart(out)).toThrow('Remove it to begin anew');
  });

  test('given a finished part that was changed, then it is refused: its SHA-256 is another one', async () => {
    const out = gatehouse.folder.file('changed');
    const part = new PartFile(out, header, undefined, 1);
    for (const piece of await piecesOf(gatehouse.store, requestFor('csv'))) part.write(piece);
    const sha256 = part.whole();
    part.close();
    const bytes = readFileSync(filesOfPart(out).part);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
    bytes[100] = (bytes[100] ?? 0) ^ 1;
    writeFileSync(filesOfPart(out).part, bytes);
    expect(() => new PartFile(out, header, findPart(out), 1)).toThrow('was changed since');
  });

  test('given only one of the two files, or a state without its first line, then there is nothing to go on with', () => {
    const out = gatehouse.folder.file('odd');
    writeFileSync(filesOfPart(out).state, '{"started":');
    expect(findPart(out)).toBeUndefined();
    writeFileSync(filesOfPart(out).part, 'x');
    expect(findPart(out)).toBeUndefined();
  });
});
