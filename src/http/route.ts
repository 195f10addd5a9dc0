/** A route as data: registered with Express and described in the OpenAPI document from the same value. */
import type { Request, Response } from 'express';
import type { z } from 'zod';
import type { Principal } from '../access/tokens.js';
import type { ActorType } from '../events/vocabulary.js';
import type { HttpDeps } from './deps.js';

/** What a handler is given: everything checked. */
export type Context = {
  readonly deps: HttpDeps;
  readonly request: Request;
  readonly response: Response;
  readonly principal: Principal;
  readonly path: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: unknown;
};

/** What a handler answers; `streamed` when it wrote the response itself. */
export type Reply =
  { readonly status: number; readonly body: unknown; readonly headers?: Readonly<Record<string, string>> } | 'streamed';

/** All that is said of a route. */
export type Described = {
  readonly method: 'get' | 'post' | 'delete';
  /** As Express and OpenAPI both can be told: `/v1/accounts/{accountId}`. */
  readonly path: string;
  readonly operationId: string;
  readonly tag:
    | 'access'
    | 'accounts'
    | 'changes'
    | 'commands'
    | 'evidence'
    | 'gate'
    | 'reviews'
    | 'policies'
    | 'log'
    | 'audit'
    | 'webhooks'
    | 'operations'
    | 'analytics';
  readonly summary: string;
  /** What is to be said beside the summary. */
  readonly description?: string;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly headers?: z.ZodObject;
  readonly body?: z.ZodType;
  /** The fields of a `multipart/form-data` body, in place of `body`; the handler reads it. */
  readonly form?: z.ZodObject;
  readonly responses: Readonly<
    Record<string, { readonly description: string; readonly schema?: z.ZodType; readonly contentType?: string }>
  >;
};

/** A route for whoever has one of these roles. */
export type Route = Described & {
  readonly roles: readonly ActorType[];
  readonly handle: (context: Context) => Promise<Reply>;
};

/** A route that answers before it is known who asks. */
export type OpenRoute = Described & { readonly handle: (context: Omit<Context, 'principal'>) => Promise<Reply> };
