/** The HTTP server: the gate first, everything else through Express; stopped without cutting off what is under way. */
import { randomUUID } from 'node:crypto';
import { createServer, IncomingMessage, type Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp, problemOf } from './app.js';
import type { HttpDeps } from './deps.js';
import { GateRoute } from './gateRoute.js';

export type RunningServer = {
  readonly url: string;
  /** Takes no new requests, lets those under way finish for so long (milliseconds), then cuts them off. */
  readonly stop: (graceMilliseconds: number) => Promise<void>;
};

/**
 * Express sets the prototype of every request and response to its own, which is slow on Node up to 22. Objects that
 * are made with that prototype in the first place need no change. `Reflect.construct` would do the same for a class,
 * but ten times slower; so where Node makes a class of it some day, Express is left to do it its way.
 */
function withPrototype<C extends abstract new (...args: never[]) => object>(base: C, prototype: object): C {
  if (/^class\b/.test(Function.prototype.toString.call(base))) return base;
  const construct = base as unknown as (this: object, first: unknown, second: unknown) => void;
  function Made(this: object, first: unknown, second: unknown): void {
    construct.call(this, first, second);
  }
  Made.prototype = prototype;
  return Made as unknown as C;
}

/** Starts listening. @param port 0 lets the system choose */
export async function startServer(deps: HttpDeps, host: string, port: number): Promise<RunningServer> {
  const app = createApp(deps);
  const gate = new GateRoute(deps);
  const options = {
    IncomingMessage: withPrototype(IncomingMessage, app.request),
    ServerResponse: withPrototype(ServerResponse, app.response) as unknown as typeof ServerResponse<IncomingMessage>,
    // A request must arrive within this time; a connection that only stays open costs nothing.
    requestTimeout: 30_000,
    headersTimeout: 10_000,
  };
  const server = createServer(options, (request, response) => {
    if (GateRoute.matches(request)) void answerGate(gate, deps, request, response);
    else (app as (request: IncomingMessage, response: ServerResponse) => void)(request, response);
  });
  server.on('clientError', (_error, socket) => {
    if (socket.writable) socket.end(malformed);
  });
  await listen(server, host, port);
  const address = server.address() as AddressInfo;
  const shown = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return { url: `http://${shown}:${address.port}`, stop: (grace) => stop(server, grace) };
}

const malformedBody = JSON.stringify({
  type: 'urn:gatehouse:problem:malformed',
  title: 'Malformed request',
  status: 400,
  detail: 'The request is not well-formed HTTP.',
  code: 'malformed',
});
const malformed =
  'HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Type: application/problem+json\r\n' +
  `Content-Length: ${Buffer.byteLength(malformedBody)}\r\n\r\n${malformedBody}`;

async function answerGate(
  gate: GateRoute,
  deps: HttpDeps,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    await gate.handle(request, response, send);
  } catch (error) {
    const requestId = randomUUID();
    const { body: problem, headers } = problemOf(error, deps, requestId);
    const body = JSON.stringify({ ...problem, requestId });
    send(response, problem.status, body, {
      ...headers,
      'Content-Type': 'application/problem+json; charset=utf-8',
      'X-Request-Id': requestId,
    });
  }
}

function send(
  response: ServerResponse,
  status: number,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': 'no-store',
    ...headers,
  });
  response.end(body);
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function stop(server: Server, grace: number): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), grace);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    server.closeIdleConnections();
  });
}
