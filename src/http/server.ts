/** The HTTP server: the gate first, everything else through Express; stopped without cutting off what is under way. */
import { randomUUID } from 'node:crypto';
import { createServer, IncomingMessage, type Server, ServerResponse, STATUS_CODES } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { createApp, problemOf } from './app.js';
import { Connections } from './connections.js';
import type { HttpDeps } from './deps.js';
import { admitEmbedding } from './embedding.js';
import { GateRoute } from './gateRoute.js';
import { HttpProblem, notFound, type Problem, problem } from './problem.js';
import { requestIdOf } from './requestId.js';
import { originForm } from './requestTarget.js';

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

/** What Express is as a function: what it hands on, nobody there has answered. */
type Handler = (request: IncomingMessage, response: ServerResponse, unanswered: (error?: unknown) => void) => void;

/** Starts listening. @param port 0 lets the system choose */
export async function startServer(deps: HttpDeps, host: string, port: number): Promise<RunningServer> {
  const app = createApp(deps);
  const gate = new GateRoute(deps);
  const options = {
    IncomingMessage: withPrototype(IncomingMessage, app.request),
    ServerResponse: withPrototype(ServerResponse, app.response) as unknown as typeof ServerResponse<IncomingMessage>,
    // A request must arrive within this time: long enough for an upload over a slow line. A connection that only stays
    // open costs nothing.
    requestTimeout: 300_000,
    headersTimeout: 10_000,
    // Node would answer with an empty body; here it is a problem like every other.
    requireHostHeader: false,
  };
  const server = createServer(options);
  const connections = new Connections(server);
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const failed = (error: unknown): void => answerProblem(deps, request, response, error);
    const refusal = refusedAtTheDoor(connections, request, response);
    if (admitEmbedding(deps.embedOrigins, request, response)) return;
    if (refusal !== undefined) failed(refusal);
    else if (GateRoute.matches(request)) gate.handle(request, response).catch(failed);
    else (app as unknown as Handler)(request, response, (error) => failed(error ?? notFound('There is nothing here.')));
  };
  server.on('request', answer);
  server.on('checkExpectation', (request, response) => {
    const expectation = problem(417, 'expectation_failed', 'The one expectation that is known is 100-continue.');
    answerProblem(deps, request, response, new HttpProblem(expectation));
  });
  server.on('connect', (_request, socket) =>
    writeProblem(socket, problem(405, 'method_not_allowed', 'No proxy here.')),
  );
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (!socket.writable || connections.isAnswering(socket)) socket.destroy();
    else writeProblem(socket, unreadable(error.code));
  });
  await listen(server, host, port);
  const address = server.address() as AddressInfo;
  const shown = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return { url: `http://${shown}:${address.port}`, stop: async (grace) => connections.stop(grace) };
}

/** Why a request is not looked at any further. One that is gets a target that routes can read. */
function refusedAtTheDoor(
  connections: Connections,
  request: IncomingMessage,
  response: ServerResponse,
): HttpProblem | undefined {
  if (!connections.admits(response)) return stopping();
  if (request.headers.host === undefined && request.httpVersion !== '1.0') {
    return new HttpProblem(problem(400, 'malformed', 'A request names its host: the header Host is missing.'));
  }
  const target = originForm(request.url ?? '');
  if (target === undefined) {
    return new HttpProblem(problem(400, 'malformed', 'The target of the request is neither a path nor an address.'));
  }
  request.url = target;
  return undefined;
}

const stopping = (): HttpProblem =>
  new HttpProblem(
    problem(503, 'stopping', 'The service is stopping: nothing was done. Send it again when it runs once more.'),
    { 'Retry-After': '2' },
  );

/** Bytes that Node could not read as a request. */
function unreadable(code: string | undefined): Problem {
  if (code === 'HPE_HEADER_OVERFLOW') return problem(431, 'too_large', 'The headers of the request are too large.');
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return problem(408, 'timeout', 'The request did not arrive in time.');
  return problem(400, 'malformed', 'The request is not well-formed HTTP.');
}

/** A problem where there is no response to write it to. */
function writeProblem(socket: Duplex, body: Problem): void {
  const text = JSON.stringify(body);
  socket.on('error', () => undefined);
  socket.end(
    `HTTP/1.1 ${body.status} ${STATUS_CODES[body.status] ?? ''}\r\nConnection: close\r\n` +
      `Content-Type: application/problem+json; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`,
  );
}

/** A problem where Express does not write it. */
function answerProblem(deps: HttpDeps, request: IncomingMessage, response: ServerResponse, error: unknown): void {
  const requestId = requestIdOf(request, randomUUID);
  const { body: found, headers } = problemOf(error, deps, requestId);
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const body = JSON.stringify({ ...found, requestId });
  response.writeHead(found.status, {
    'Content-Type': 'application/problem+json; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': 'no-store',
    'X-Request-Id': requestId,
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
