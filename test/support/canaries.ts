/** Data for any event, made from its schema: every field is there, and every string holds the word where it may. */
import type { z } from 'zod';
import { eventCatalogue, type EventType } from '../../src/events/catalogue.js';

type Definition = {
  readonly type: string;
  readonly shape?: Readonly<Record<string, z.ZodType>>;
  readonly element?: z.ZodType;
  readonly innerType?: z.ZodType;
  readonly options?: readonly z.ZodType[];
  readonly valueType?: z.ZodType;
  readonly entries?: Readonly<Record<string, string>>;
  readonly values?: readonly unknown[];
};

/** Values to try for a leaf, the ones with the word first. */
function candidates(word: string): unknown[] {
  return [
    `${word} said "hello", twice`,
    `${word}@example.com`,
    `https://example.com/${word}`,
    '2026-01-05T09:00:00.000Z',
    'f'.repeat(64),
    'mail.example.com',
    'en',
    1,
    true,
  ];
}

/** One example for each way that the schema's unions allow. */
export function examplesOf(schema: z.ZodType, word: string): unknown[] {
  const { type, shape, element, innerType, options, valueType, entries, values } = schema.def as unknown as Definition;
  if (shape !== undefined) return objectsOf(Object.entries(shape), word);
  if (element !== undefined) return [examplesOf(element, word)];
  if (innerType !== undefined) return examplesOf(innerType, word);
  if (options !== undefined) return options.flatMap((option) => examplesOf(option, word));
  if (type === 'record' && valueType !== undefined)
    return examplesOf(valueType, word).map((value) => ({ perDay: value }));
  if (entries !== undefined) return Object.values(entries).slice(0, 1);
  if (values !== undefined) return values.slice(0, 1);
  const found = candidates(word).find((value) => schema.safeParse(value).success);
  if (found === undefined) throw new Error(`no example of a ${type}`);
  return [found];
}

/** As many objects as the field with the most examples has; the other fields repeat their last. */
function objectsOf(fields: readonly (readonly [string, z.ZodType])[], word: string): object[] {
  const examples = fields.map(([name, field]) => [name, examplesOf(field, word)] as const);
  const most = Math.max(1, ...examples.map(([, values]) => values.length));
  return Array.from({ length: most }, (_, index) =>
    Object.fromEntries(examples.map(([name, values]) => [name, values[Math.min(index, values.length - 1)]])),
  );
}

/** Valid data of an event, one for each way that its unions allow. */
export function examplesOfEvent(type: EventType, word: string): Record<string, unknown>[] {
  return examplesOf(eventCatalogue[type].data, word).map(
    (data) => eventCatalogue[type].data.parse(data) as Record<string, unknown>,
  );
}

/** The places of a value whose text holds the word: `reasons[].customerMessage`. */
export function placesOf(value: unknown, word: string, path = ''): string[] {
  if (typeof value === 'string') return value.includes(word) ? [path] : [];
  if (Array.isArray(value)) return value.flatMap((item) => placesOf(item, word, `${path}[]`));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    placesOf(inner, word, path === '' ? name : `${path}.${name}`),
  );
}
