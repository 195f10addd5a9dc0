/** XES as the standard's schema has it: what an XML parser alone does not see. */
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { exportedKinds } from '../../src/events/operations.js';
import { informationRequested, rejected, verified } from '../support/examples.js';
import { exported, requestFor } from '../support/exports.js';
import { newGatehouse, type TestGatehouse } from '../support/gatehouse.js';

type Node = { readonly ':@'?: Readonly<Record<string, string>> } & Readonly<Record<string, readonly Node[]>>;

let gatehouse: TestGatehouse;
beforeAll(async () => {
  gatehouse = await newGatehouse();
  await gatehouse.walk(verified, 'acme');
  await gatehouse.walk(rejected, 'birch');
  await gatehouse.walk(informationRequested, 'cedar');
});
afterAll(async () => gatehouse.close());

const nameOf = (node: Node): string => Object.keys(node).find((key) => key !== ':@') ?? '';
const childrenOf = (node: Node): readonly Node[] => node[nameOf(node)] ?? [];
const attribute = (node: Node, name: string): string => node[':@']?.[`@_${name}`] ?? '';
const named = (nodes: readonly Node[], name: string): readonly Node[] => nodes.filter((node) => nameOf(node) === name);

const attributes = ['string', 'date', 'int', 'float', 'boolean', 'id', 'list'];
const xmlName = /^[A-Za-z_:][\w:.-]*$/;

describe.each(exportedKinds)('%s', (what) => {
  let text: string;
  let log: Node;
  beforeAll(async () => {
    text = (await exported(gatehouse.store, requestFor('xes', { what, personalData: true }))).toString('utf8');
    const parser = new XMLParser({ preserveOrder: true, ignoreAttributes: false, parseAttributeValue: false });
    log = (parser.parse(text) as Node[]).find((node) => nameOf(node) === 'log') as Node;
  });

  test('is well-formed XML, of the version of the standard', () => {
    expect(XMLValidator.validate(text)).toBe(true);
    expect(attribute(log, 'xes.version')).toBe('1849.2016');
  });

  test('the log has extensions, globals, classifiers, attributes and traces, in this order', () => {
    const order = ['extension', 'global', 'classifier', 'attribute', 'trace'];
    const places = childrenOf(log).map((node) => {
      const name = nameOf(node);
      return order.indexOf(attributes.includes(name) ? 'attribute' : name);
    });
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect([...new Set(places)]).toEqual([0, 1, 2, 3, 4]);
  });

  test('traces and events have attributes with names of XML, each once, first; traces then their events', () => {
    for (const trace of named(childrenOf(log), 'trace')) {
      expect(childrenOf(trace).map(nameOf)).toEqual([
        'string',
        ...named(childrenOf(trace), 'event').map(() => 'event'),
      ]);
      for (const event of named(childrenOf(trace), 'event')) {
        const keys = childrenOf(event).map((node) => attribute(node, 'key'));
        expect(new Set(keys).size).toBe(keys.length);
        expect(keys.filter((key) => !xmlName.test(key))).toEqual([]);
        expect(childrenOf(event).every((node) => attributes.includes(nameOf(node)))).toBe(true);
      }
    }
  });

  test('what is declared for every event is there in every event, and each prefix has its extension', () => {
    const events = named(childrenOf(log), 'trace').flatMap((trace) => named(childrenOf(trace), 'event'));
    const global = named(childrenOf(log), 'global').find((node) => attribute(node, 'scope') === 'event') as Node;
    const declared = childrenOf(global).map((node) => [nameOf(node), attribute(node, 'key')].join(' '));
    const prefixes = named(childrenOf(log), 'extension').map((node) => attribute(node, 'prefix'));
    for (const event of events) {
      const there = childrenOf(event).map((node) => [nameOf(node), attribute(node, 'key')].join(' '));
      expect(there).toEqual(expect.arrayContaining(declared));
      const used = there.map((one) => one.split(' ')[1] ?? '').filter((key) => key.includes(':'));
      for (const key of used) expect(prefixes).toContain(key.split(':')[0]);
    }
    for (const classifier of named(childrenOf(log), 'classifier')) {
      const keys = attribute(classifier, 'keys').split(' ');
      for (const key of keys) expect(declared.map((one) => one.split(' ')[1])).toContain(key);
    }
  });
});
