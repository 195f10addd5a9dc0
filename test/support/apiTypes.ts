/**
 * The types of the console's client, from the OpenAPI document: the `paths` that `openapi-fetch` reads. They go by way of
 * JSON Schema, which is what OpenAPI 3.1 has for schemas.
 */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { compile, type JSONSchema } from 'json-schema-to-typescript';

type Json = { readonly [key: string]: unknown };
type Parameter = { readonly name: string; readonly in: string; readonly required?: boolean; readonly schema: Json };
type Content = { readonly [type: string]: { readonly schema?: Json } };
type Operation = {
  readonly summary?: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly required?: boolean; readonly content: Content };
  readonly responses: { readonly [status: string]: { readonly content?: Content } };
};
type Document = {
  readonly paths: { readonly [path: string]: { readonly [method: string]: Operation } };
  readonly components: { readonly schemas: { readonly [name: string]: Json } };
};

const banner = `/** Generated from the OpenAPI document by \`npm run docs:api\`: do not edit. */`;

/** Everything closed: a client should not send what the service does not know. */
function object(properties: { readonly [name: string]: Json }, required: readonly string[]): Json {
  return { type: 'object', additionalProperties: false, properties, required };
}

/** Parameters by the place they stand in; a place is optional where nothing in it is required. */
function parametersOf(parameters: readonly Parameter[]): Json {
  const places = [...new Set(parameters.map((parameter) => parameter.in))];
  const byPlace = places.map((place) => {
    const here = parameters.filter((parameter) => parameter.in === place);
    const required = here.filter((parameter) => parameter.required === true).map(({ name }) => name);
    return [place, object(Object.fromEntries(here.map(({ name, schema }) => [name, schema])), required)] as const;
  });
  const needed = byPlace.filter(([, { required }]) => (required as string[]).length > 0).map(([place]) => place);
  return object(Object.fromEntries(byPlace), needed);
}

function contentOf(content: Content): Json {
  const types = Object.entries(content).map(([type, { schema }]) => [type, schema ?? {}] as const);
  return object(
    Object.fromEntries(types),
    types.map(([type]) => type),
  );
}

const problemContent: Content = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };

function operationOf({ summary, parameters = [], requestBody, responses }: Operation): Json {
  const successes = Object.entries(responses).filter(([status]) => status.startsWith('2'));
  // Whatever else comes is a problem.
  const answers = [...successes, ['default', { content: problemContent }] as const].map(
    ([status, { content }]) => [status, object({ content: contentOf(content ?? {}) }, ['content'])] as const,
  );
  const properties = {
    parameters: parametersOf(parameters),
    ...(requestBody === undefined
      ? {}
      : { requestBody: object({ content: contentOf(requestBody.content) }, ['content']) }),
    responses: object(
      Object.fromEntries(answers),
      answers.map(([status]) => status),
    ),
  };
  const optional = requestBody?.required === false ? ['requestBody'] : [];
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { ...object(properties, required), description: summary };
}

/** What JSON Schema of today says in a way that the generator does not read. */
function rewritten(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(rewritten);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => {
    if (key === '$ref') return [key, String(inner).replace('#/components/schemas/', '#/definitions/')];
    if (key === 'const') return ['enum', [inner]];
    // Descriptions of schemas are for readers of the API; names of types come from their keys.
    return [key, rewritten(inner)];
  });
  return Object.fromEntries(entries);
}

/** @returns the text of a declaration file whose `paths` describe every route of the document */
export async function apiTypes(document: object): Promise<string> {
  const { paths, components } = document as Document;
  const routes = Object.entries(paths).map(([path, methods]) => {
    const operations = Object.entries(methods).map(([method, operation]) => [method, operationOf(operation)] as const);
    return [
      path,
      object(
        Object.fromEntries(operations),
        operations.map(([method]) => method),
      ),
    ] as const;
  });
  const schema = {
    ...object(
      Object.fromEntries(routes),
      routes.map(([path]) => path),
    ),
    definitions: components.schemas,
  };
  const text = await compile(rewritten(schema) as JSONSchema, 'paths', {
    bannerComment: banner,
    additionalProperties: false,
    ignoreMinAndMaxItems: true,
    unreachableDefinitions: false,
    format: false,
  });
  // `openapi-fetch` knows statuses as numbers, which keys of JSON Schema cannot be.
  return formatted(text.replaceAll(/^(\s*)"(\d{3})": /gm, '$1$2: '));
}

/** By Prettier as a program. */
function formatted(text: string): string {
  const prettier = join(__dirname, '../../node_modules/prettier/bin/prettier.cjs');
  return execFileSync(process.execPath, [prettier, '--stdin-filepath', 'src/console/api/openapi.d.ts'], {
    input: text,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
}
