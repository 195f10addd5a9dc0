/** The console has no other way in than the public HTTP API: it imports itself and its libraries, nothing of the server. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const folder = join(__dirname, '../../src/console');
const libraries =
  /^(?:preact|preact\/hooks|preact-iso|@preact\/signals|openapi-fetch|eventsource-parser|eventsource-parser\/stream|pdfjs-dist|uplot|virtual:[a-z]+)$/;

const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file) && !/^build\/|vite\.config\.ts$/.test(file))
  .map((file) => join(folder, file));

function importsOf(file: string): string[] {
  const source = readFileSync(file, 'utf8');
  // A statement ends its line with where it imports from; elsewhere `from` may be any word.
  return [...source.matchAll(/(?:^(?:import|export|\}).*? from |^import |\bimport\()'([^'\n]+)'/gm)].map(
    ([, name]) => name ?? '',
  );
}

test('every file of the console imports only the console and its libraries', () => {
  expect(files.length).toBeGreaterThan(20);
  const strangers = files.flatMap((file) =>
    importsOf(file)
      .filter((name) =>
        name.startsWith('.')
          ? relative(folder, resolve(dirname(file), name)).startsWith('..')
          : !libraries.test(name) && !/^(?:pdfjs-dist|uplot)\//.test(name),
      )
      .map((name) => `${relative(folder, file)}: ${name}`),
  );
  expect(strangers).toEqual([]);
});
