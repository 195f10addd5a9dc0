/** Documents that are generated and checked in: a test holds each against what would be generated now. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/** Set to write what is generated instead of checking it: `npm run docs`. */
const writing = process.env['GATEHOUSE_WRITE_DOCS'] === '1';

/** A whole file, or the part of one between `<!-- name -->` and `<!-- /name -->`. */
export function expectFresh(file: string, generated: string, part?: string): void {
  const before = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const after = part === undefined ? generated : replacePart(before, part, generated);
  if (writing) writeFileSync(file, after);
  else expect(before).toBe(after);
}

function replacePart(text: string, part: string, generated: string): string {
  const [begin, end] = [`<!-- ${part} -->`, `<!-- /${part} -->`];
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from === -1 || to === -1) throw new Error(`no part ${part}`);
  return `${text.slice(0, from + begin.length)}\n${generated.trim()}\n${text.slice(to)}`;
}
