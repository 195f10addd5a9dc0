/** A stream for a reader who has left already. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import express from 'express';
import { openEventStream } from '../../src/http/eventStream.js';
import type { Context } from '../../src/http/route.js';

test('given a reader who left before the stream was opened, then it ends at once, and is not counted on', async () => {
  const readers = { open: 0, inc: () => (readers.open += 1), dec: () => (readers.open -= 1) };
  const app = express();
  let leave = (): void => undefined;
  const ended = new Promise<string>((resolve, reject) => {
    app.get('/', (request, response) => {
      leave();
      response.on('close', () => {
        const context = { deps: { stopping: new AbortController().signal }, request, response } as unknown as Context;
        const wait = async ({ signal }: { signal: AbortSignal }): Promise<void> => {
          if (!signal.aborted) await once(signal, 'abort');
        };
        openEventStream(context, readers as never, wait).then(() => resolve('ended'), reject);
      });
    });
  });
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  leave = () => socket.destroy();
  socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  const late = new Promise((resolve) => setTimeout(resolve, 3_000, 'still open').unref());
  const outcome = await Promise.race([ended, late]);
  server.close();
  expect([outcome, readers.open]).toEqual(['ended', 0]);
});
