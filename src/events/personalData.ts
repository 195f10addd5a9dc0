/**
 * Which fields of an event are personal data, read from the marks in its schema, and an event's data without them. What
 * a schema does not name is left out, too: nobody has said of it that it is harmless.
 */
import type { z } from 'zod';
import { eventCatalogue, type EventType } from './catalogue.js';

/**
 * What of a value may be kept: nothing, all of it (a value without parts), or some of its parts. A union of schemas is
 * one node with the parts of all of them, so it may have fields and items at once.
 */
type Keep = 'nothing' | KeepParts;
type KeepParts = {
  readonly whole: boolean;
  readonly fields: ReadonlyMap<string, Keep>;
  /** Of each item of a list, or each value of a record. */
  readonly each: Keep | undefined;
};

const noFields: ReadonlyMap<string, Keep> = new Map();
const wholeValue: Keep = { whole: true, fields: noFields, each: undefined };

/** The parts of zod's definitions that are looked at. */
type Definition = {
  readonly type: string;
  readonly shape?: Readonly<Record<string, z.ZodType>>;
  readonly element?: z.ZodType;
  readonly innerType?: z.ZodType;
  readonly options?: readonly z.ZodType[];
  readonly valueType?: z.ZodType;
};

/** Schemas of values without parts; `pipe`, `lazy` and the like are no part of events. */
const simple: ReadonlySet<string> = new Set(['string', 'number', 'int', 'boolean', 'enum', 'literal', 'null']);

/** @throws {TypeError} for a kind of schema that it does not know: a new one must not let anything through unseen */
function keepOf(schema: z.ZodType): Keep {
  if (schema.meta()?.['personalData'] === true) return 'nothing';
  const { type, shape, element, innerType, options, valueType } = schema.def as unknown as Definition;
  if (shape !== undefined) {
    const fields = new Map(Object.entries(shape).map(([name, inner]) => [name, keepOf(inner)]));
    return { whole: false, fields, each: undefined };
  }
  if (type === 'record' && valueType !== undefined) return { whole: false, fields: noFields, each: keepOf(valueType) };
  if (element !== undefined) return { whole: false, fields: noFields, each: keepOf(element) };
  if (innerType !== undefined) return keepOf(innerType);
  if (options !== undefined) return options.map(keepOf).reduce(both);
  if (simple.has(type)) return wholeValue;
  throw new TypeError(`a schema of the kind ${type} does not say whether it holds personal data`);
}

/** What may be kept of a value that is one or the other: personal in either is personal. */
function both(one: Keep, other: Keep): Keep {
  if (one === 'nothing' || other === 'nothing') return 'nothing';
  const fields = new Map(one.fields);
  for (const [name, keep] of other.fields) {
    const known = fields.get(name);
    fields.set(name, known === undefined ? keep : both(known, keep));
  }
  const each =
    one.each === undefined || other.each === undefined ? (one.each ?? other.each) : both(one.each, other.each);
  return { whole: one.whole || other.whole, fields, each };
}

/** The value's parts that may be kept; undefined when nothing of it may. */
function kept(value: unknown, keep: Keep | undefined): unknown {
  if (keep === undefined || keep === 'nothing') return undefined;
  if (typeof value !== 'object' || value === null) return keep.whole ? value : undefined;
  if (Array.isArray(value)) return value.map((item) => kept(item, keep.each)).filter((item) => item !== undefined);
  const parts = Object.entries(value).map(([name, inner]) => [name, kept(inner, keep.fields.get(name) ?? keep.each)]);
  return Object.fromEntries(parts.filter(([, part]) => part !== undefined));
}

const keeps = new Map<EventType, Keep>();

function keepOfEvent(type: EventType): Keep {
  const known = keeps.get(type);
  if (known !== undefined) return known;
  const keep = keepOf(eventCatalogue[type].data);
  keeps.set(type, keep);
  return keep;
}

/** An event's data, as its latest version has it, without what is personal in it: those keys are absent. */
export function withoutPersonalData(type: EventType, data: object): Record<string, unknown> {
  return kept(data, keepOfEvent(type)) as Record<string, unknown>;
}

/**
 * The personal fields of an event, as paths: `technicalContact.name`, `contacts[].email`.
 */
export function personalFields(type: EventType): string[] {
  return [...pathsOf('', keepOfEvent(type))];
}

function* pathsOf(path: string, keep: Keep): Iterable<string> {
  if (keep === 'nothing') {
    yield path;
    return;
  }
  for (const [name, inner] of keep.fields) yield* pathsOf(path === '' ? name : `${path}.${name}`, inner);
  if (keep.each !== undefined) yield* pathsOf(`${path}[]`, keep.each);
}
