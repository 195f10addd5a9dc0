/** A TCP proxy that does to connections what networks do: before the stand-in or a real server alike. */
import { connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * `open`: all goes through. `deaf`: what the server answers is lost. `frozen`: nothing goes through either way, and
 * nobody is told. `refused`: new connections are closed at once.
 */
export type ProxyMode = 'open' | 'deaf' | 'frozen' | 'refused';

export class FaultyProxy {
  readonly #server: Server;
  readonly #pairs = new Set<readonly [Socket, Socket]>();
  #mode: ProxyMode = 'open';
  /** How long each piece of data is held back, in milliseconds. */
  delay = 0;

  private constructor(readonly targetPort: () => number) {
    this.#server = createServer((client) => this.#accept(client));
  }

  /** @param targetPort where the server is at the moment */
  static async listen(targetPort: () => number): Promise<FaultyProxy> {
    const proxy = new FaultyProxy(targetPort);
    await new Promise<void>((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get port(): number {
    const address = this.#server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }

  set mode(mode: ProxyMode) {
    this.#mode = mode;
  }

  /** Resets every connection. */
  reset(): void {
    for (const pair of this.#pairs) for (const socket of pair) socket.resetAndDestroy();
    this.#pairs.clear();
  }

  async close(): Promise<void> {
    this.reset();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #accept(client: Socket): void {
    if (this.#mode === 'refused') {
      client.resetAndDestroy();
      return;
    }
    const server = connect(this.targetPort(), '127.0.0.1');
    const pair = [client, server] as const;
    this.#pairs.add(pair);
    this.#forward(client, server, () => this.#mode !== 'frozen');
    this.#forward(server, client, () => this.#mode !== 'frozen' && this.#mode !== 'deaf');
    for (const socket of pair) {
      socket.setNoDelay(true);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        for (const other of pair) other.destroy();
        this.#pairs.delete(pair);
      });
    }
  }

  /** Bytes are late, or lost with all that follow them on their connection; never out of order. */
  #forward(from: Socket, to: Socket, passes: () => boolean): void {
    let earlier: Promise<void> = Promise.resolve();
    from.on('data', (data) => {
      if (!passes()) return;
      const due = this.delay === 0 ? undefined : sleep(this.delay);
      earlier = earlier.then(async () => {
        await due;
        to.write(data);
      });
    });
  }
}
