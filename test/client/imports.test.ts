/** What a product backend loads with the client: a few small files, and no library but the reader of event streams. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const source = join(__dirname, '../../src');

/** What a file loads at run time: types are gone by then. */
function loads(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  return [...text.matchAll(/^(?:import|export) (?!type )[^;']*from '([^']+)'/gm)].map(([, name = '']) => name);
}

test('it loads neither the server nor its libraries', () => {
  const files = new Set<string>();
  const packages = new Set<string>();
  const waiting = [join(source, 'client/index.ts')];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    files.add(file.slice(source.length + 1));
    for (const name of loads(file)) {
      const next = name.startsWith('.') ? join(dirname(file), name.replace(/\.js$/, '.ts')) : undefined;
      if (next === undefined) packages.add(name);
      else if (!files.has(next.slice(source.length + 1))) waiting.push(next);
    }
  }
  expect([...packages].toSorted()).toEqual(['eventsource-parser', 'node:timers/promises']);
  expect([...files].toSorted()).toEqual([
    'client/answers.ts',
    'client/connection.ts',
    'client/gateClient.ts',
    'client/index.ts',
    'events/record.ts',
    'events/vocabulary.ts',
    'gateFeed/wire.ts',
    'policy/gate.ts',
    'policy/gateView.ts',
    'policy/requirements.ts',
    'policy/status.ts',
  ]);
});
