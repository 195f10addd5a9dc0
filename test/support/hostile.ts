/** Hostile requests, seeded, derived from the OpenAPI document: right paths with wrong everything. */
import { request } from 'node:http';
import { seeded } from './randomCommands.js';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Schema = {
  type?: string | string[];
  properties?: Record<string, Schema>;
  items?: Schema;
  enum?: Json[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  $ref?: string;
  const?: Json;
};
type Parameter = { in: string; name: string; schema?: Schema };
type Operation = {
  parameters?: Parameter[];
  requestBody?: { content: Record<string, { schema: Schema }> };
  responses: Record<string, unknown>;
};
export type Document = {
  paths: Record<string, Record<string, Operation>>;
  components?: { schemas?: Record<string, Schema> };
};

export type Hostile = {
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string | undefined;
};
export type Outcome = { readonly status: number; readonly type: string; readonly text: string };

const nasty: readonly Json[] = [
  null,
  true,
  0,
  -1,
  1e308,
  '',
  ' ',
  '\u0000',
  '\ud800',
  '🌍'.repeat(50),
  'x'.repeat(5_000),
  '../../etc/passwd',
  "' OR 1=1 --",
  '<script>alert(1)</script>',
  '__proto__',
  'constructor',
  '%00',
  '${7*7}',
  '2026-13-45T99:99:99Z',
  'http://[::1',
  [],
  {},
  [[[[[]]]]],
  { ['__proto__']: { admin: true } },
];

const boundary = 'boundary-7f3a';
const files: readonly string[] = [
  'words',
  '%PDF-1.7\n',
  'PK\u0003\u0004',
  'GIF89a',
  '<html>',
  'evidence-1',
  '\ufeffwords',
];
const fileNames: readonly string[] = [
  'form.png',
  '../../../etc/passwd',
  'C:\\x\\y.pdf',
  '',
  '.',
  '\u202egnp.exe',
  'a;b',
  'ü'.repeat(400),
];

export class HostileRequests {
  readonly #random: () => number;
  readonly #operations: readonly (readonly [string, string, Operation])[];

  constructor(
    readonly document: Document,
    readonly tokens: readonly string[],
    seed: number,
  ) {
    this.#random = seeded(seed);
    this.#operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => [path, method, operation] as const),
    );
  }

  #pick<T>(from: readonly T[]): T {
    const found = from[Math.floor(this.#random() * from.length)];
    if (found === undefined) throw new Error('nothing to pick from');
    return found;
  }

  #chance(probability: number): boolean {
    return this.#random() < probability;
  }

  next(): Hostile {
    const [path, method, operation] = this.#pick(this.#operations);
    const headers: Record<string, string> = {};
    if (this.#chance(0.95)) headers['Authorization'] = this.#authorization();
    for (const parameter of operation.parameters ?? []) {
      if (parameter.in === 'header' && this.#chance(0.3)) headers[parameter.name] = this.#headerValue();
    }
    const { 'application/json': json, 'multipart/form-data': form } = operation.requestBody?.content ?? {};
    const none = json === undefined && form === undefined && this.#chance(0.9);
    const body = none ? undefined : form === undefined ? this.#body(json?.schema ?? {}) : this.#form(form.schema);
    const right = form === undefined ? 'application/json' : `multipart/form-data; boundary=${boundary}`;
    const wrong = ['text/plain', 'application/xml', '', 'multipart/form-data', 'multipart/form-data; boundary=b"'];
    if (body !== undefined) headers['Content-Type'] = this.#chance(0.95) ? right : this.#pick(wrong);
    const verb = this.#chance(0.95) ? method : this.#pick(['put', 'delete', 'patch', 'post', 'get', 'options']);
    return {
      method: verb.toUpperCase(),
      path: this.#path(path, operation),
      headers,
      body: verb === 'get' ? undefined : body,
    };
  }

  #authorization(): string {
    if (this.#chance(0.9)) return `Bearer ${this.#pick(this.tokens)}`;
    return this.#pick(['Bearer', 'Bearer x', 'Basic YTpi', `Bearer ${'x'.repeat(3_000)}`, 'bearer  two tokens']);
  }

  #headerValue(): string {
    return this.#pick(['"1"', '"99999999999"', '*', 'W/"1"', '-1', 'x'.repeat(300), 'a b', '"0"', 'key-1', '{}']);
  }

  #path(template: string, operation: Operation): string {
    const path = template.replaceAll(/\{\w+\}/g, () => encodeURIComponent(this.#segment()));
    const query = new URLSearchParams();
    for (const parameter of operation.parameters ?? []) {
      if (parameter.in !== 'query' || parameter.name === 'follow' || !this.#chance(0.5)) continue;
      query.append(
        parameter.name,
        this.#chance(0.5) ? this.#text(this.#good(parameter.schema ?? {})) : this.#text(this.#pick(nasty)),
      );
    }
    // A position far ahead only makes the request wait.
    if (!this.#chance(0.05)) query.delete('after');
    if (this.#chance(0.1)) query.append(this.#text(this.#pick(nasty)).replaceAll('\ud800', '') || 'x', '1');
    const broken = this.#chance(0.03) ? this.#pick(['%', '%zz', '//', '/..', '?', '%2e%2e', ';a=b']) : '';
    return `${path}${broken}${query.size === 0 ? '' : `?${query.toString()}`}`;
  }

  #segment(): string {
    return this.#chance(0.7)
      ? this.#pick(['acme', 'nobody', 'a', 'timeline'])
      : this.#text(this.#pick(nasty)).replaceAll('\ud800', 'x') || 'x';
  }

  #text(value: Json): string {
    return (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, 500);
  }

  #body(schema: Schema): string {
    if (this.#chance(0.03)) return this.#pick(['{', '[]', '"x"', 'null', '{"a":1,}', '\u0000', '{"a":'.repeat(2_000)]);
    const text = JSON.stringify(this.#chance(0.5) ? this.#good(schema) : this.#bad(schema));
    return this.#chance(0.02) ? text.slice(0, -1) : text;
  }

  /** A form with its parts right, nearly so, twice, without names, or cut off. */
  #form(schema: Schema): string {
    const properties = Object.entries(schema.properties ?? {});
    const chosen = properties.filter(([name]) => this.#chance(name === 'file' ? 0.95 : 0.4));
    if (this.#chance(0.1)) chosen.push([this.#pick(['file', 'other', '__proto__', '', '\u0000', 'x'.repeat(500)]), {}]);
    const parts = chosen.map(([name, inner]) => {
      const good = name === 'file' ? this.#pick(files) : this.#text(this.#good(inner));
      const value = this.#chance(0.8) ? good : this.#text(this.#pick(nasty));
      const fileName = name === 'file' || this.#chance(0.1) ? `; filename="${this.#pick(fileNames)}"` : '';
      const header = this.#chance(0.95) ? 'Content-Disposition' : this.#pick(['Content-Type', 'X', ':', '']);
      return `--${boundary}\r\n${header}: form-data; name="${name}"${fileName}\r\n\r\n${value}\r\n`;
    });
    const text = `${parts.join('')}--${boundary}--\r\n`;
    return this.#chance(0.05) ? text.slice(0, Math.floor(this.#random() * text.length)) : text;
  }

  #resolve(schema: Schema): Schema {
    const name = schema.$ref?.split('/').at(-1);
    return name === undefined ? schema : (this.document.components?.schemas?.[name] ?? {});
  }

  /** Something of the schema's shape, right or nearly so. */
  #good(given: Schema, depth = 0): Json {
    const schema = this.#resolve(given);
    if (schema.const !== undefined) return schema.const;
    if (schema.enum !== undefined) return this.#pick(schema.enum);
    const choices = schema.anyOf ?? schema.oneOf;
    if (choices !== undefined) return this.#good(this.#pick(choices), depth + 1);
    const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
    if (type === 'object' || schema.properties !== undefined) {
      return Object.fromEntries(
        Object.entries(schema.properties ?? {})
          .filter(() => this.#chance(0.9))
          .map(([name, inner]) => [name, this.#good(inner, depth + 1)]),
      );
    }
    if (type === 'array') return depth > 6 ? [] : [this.#good(schema.items ?? {}, depth + 1)];
    if (type === 'integer' || type === 'number') return Math.floor(this.#random() * 100) + 1;
    if (type === 'boolean') return this.#chance(0.5);
    return this.#pick([
      'acme',
      'mail.acme.example',
      'https://acme.example',
      'owner@acme.example',
      '2026-01-05T09:00:00Z',
      'a'.repeat(64),
      'email-1',
    ]);
  }

  /** The shape with one or more values replaced by something nasty. */
  #bad(given: Schema): Json {
    const value = this.#good(given);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return this.#pick(nasty);
    for (const name of Object.keys(value)) if (this.#chance(0.4)) value[name] = this.#pick(nasty);
    if (this.#chance(0.3)) value[this.#text(this.#pick(nasty))] = this.#pick(nasty);
    return value;
  }
}

/** Sends a request as it is, however odd. */
export function sendRaw(url: string, { method, path, headers, body }: Hostile): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const length = body === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(body)) };
    const sent = request(
      { hostname, port, method, path, headers: { ...headers, ...length }, agent: false },
      (response) => {
        const status = response.statusCode ?? 0;
        const type = response.headers['content-type'] ?? '';
        // A feed does not end by itself: that it began is the answer.
        if (type.startsWith('text/event-stream')) {
          response.destroy();
          resolve({ status, type, text: '' });
          return;
        }
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => resolve({ status, type, text: Buffer.concat(chunks).toString() }));
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}
