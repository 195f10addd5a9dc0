/** A receiver of webhooks, as a product backend would be: it verifies what comes, and answers as the test says. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';

export const secret = `whsec_${Buffer.from('a secret of thirty-two bytes ...').toString('base64')}`;

export type Received = {
  readonly id: string;
  readonly type: string;
  readonly accountId: string;
  readonly revision: number;
  readonly data: Readonly<Record<string, unknown>>;
  readonly text: string;
  /** What it was answered with; 0 when the connection was cut. */
  readonly status: number;
};

/** Answers a message; the receiver writes down what it was. */
export type Behaviour = (message: Omit<Received, 'status'>) => {
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly afterMilliseconds?: number;
};

export type Receiver = {
  readonly url: string;
  readonly port: number;
  readonly received: Received[];
  /** Those that were answered with 2xx. */
  readonly delivered: () => Received[];
  behave: Behaviour;
  readonly stop: () => Promise<void>;
};

export async function newReceiver(port = 0): Promise<Receiver> {
  const received: Received[] = [];
  const webhook = new Webhook(secret);
  const receiver = {
    behave: (() => ({ status: 204 })) as Behaviour,
  };
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    const headers = request.headers as Record<string, string>;
    // Throws when the signature is not right: the delivery then fails, and the test with it.
    const body = webhook.verify(text, headers) as { type: string; data: Record<string, unknown> };
    const message = {
      id: headers['webhook-id'] ?? '',
      type: body.type,
      accountId: String(body.data['accountId']),
      revision: Number(body.data['revision']),
      data: body.data,
      text,
    };
    const { status, headers: more = {}, afterMilliseconds = 0 } = receiver.behave(message);
    if (afterMilliseconds > 0) await new Promise((resolve) => setTimeout(resolve, afterMilliseconds));
    received.push({ ...message, status });
    if (status === 0) request.socket.destroy();
    else response.writeHead(status, more).end();
  };
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.writeHead(401).end());
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const at = (server.address() as AddressInfo).port;
  return Object.assign(receiver, {
    url: `http://127.0.0.1:${at}/hooks`,
    port: at,
    received,
    delivered: () => received.filter(({ status }) => status >= 200 && status < 300),
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}
