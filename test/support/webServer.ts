/** A web server on loopback, plain or over TLS, for the pages of a test. */
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { Identity } from './certificates.js';

export type WebServer = {
  readonly port: number;
  /** Every request, as `<host without port><path>`. */
  readonly requests: readonly string[];
  readonly stop: () => Promise<void>;
};

/** Listens; connections under way are cut when it stops. */
export async function startWebServer(
  listener: RequestListener,
  options: { readonly identity?: Identity; readonly host?: string; readonly port?: number } = {},
): Promise<WebServer> {
  const { identity, host = '127.0.0.1', port = 0 } = options;
  const requests: string[] = [];
  const handle: RequestListener = (request, response) => {
    requests.push(`${(request.headers.host ?? '').replace(/:\d+$/, '')}${request.url ?? ''}`);
    listener(request, response);
  };
  const server: Server = identity === undefined ? createServer(handle) : createTlsServer(identity, handle);
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve));
  return {
    port: (server.address() as AddressInfo).port,
    requests,
    stop: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
