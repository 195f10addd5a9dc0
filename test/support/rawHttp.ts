/** HTTP as bytes: what clients that take care would never send, and when exactly a connection ends. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export type RawAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** Opens a connection, which sends and receives bytes as they are. */
export async function openConnection(url: string): Promise<Connection> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  return new Connection(socket);
}

export class Connection {
  #received = '';
  /** Resolves when the server has closed the connection. */
  readonly closed: Promise<void>;

  constructor(readonly socket: Socket) {
    socket.on('data', (chunk: Buffer) => (this.#received += chunk.toString('latin1')));
    socket.on('error', () => undefined);
    this.closed = new Promise((resolve) => socket.once('close', () => resolve()));
  }

  send(text: string): void {
    this.socket.write(text);
  }

  /** Everything received so far. */
  get received(): string {
    return this.#received;
  }

  /** The answers received until the connection closed. */
  async answers(): Promise<RawAnswer[]> {
    await this.closed;
    const answers: RawAnswer[] = [];
    for (let rest = this.#received; rest !== '';) {
      const end = rest.indexOf('\r\n\r\n');
      const [statusLine = '', ...lines] = rest.slice(0, end).split('\r\n');
      const headers = Object.fromEntries(
        lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
      );
      const length = Number(headers['content-length'] ?? 0);
      const body = rest.slice(end + 4, end + 4 + length);
      answers.push({ status: Number(statusLine.split(' ')[1]), headers, body });
      rest = rest.slice(end + 4 + length);
    }
    return answers;
  }
}

/** Sends bytes on a connection of their own; gives the first answer. */
export async function sendBytes(url: string, text: string): Promise<RawAnswer> {
  const connection = await openConnection(url);
  connection.send(text);
  // A connection that is kept open has answered when nothing more comes.
  setTimeout(() => connection.socket.destroy(), 400).unref();
  const [first] = await connection.answers();
  if (first === undefined) throw new Error('the connection was closed without an answer');
  return first;
}
