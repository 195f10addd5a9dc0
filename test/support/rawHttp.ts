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
      const [answer, length] = firstOf(rest);
      answers.push(answer);
      rest = rest.slice(length);
    }
    return answers;
  }

  /** The first answer, as soon as it is whole: a connection may be kept open after it. */
  async firstAnswer(): Promise<RawAnswer> {
    const whole = new Promise<void>((resolve) => {
      const look = (): void => {
        if (this.#received.includes(headEnd) && this.#received.length >= firstOf(this.#received)[1]) resolve();
      };
      this.socket.on('data', look);
      look();
    });
    await Promise.race([whole, this.closed]);
    if (this.#received === '') throw new Error('the connection was closed without an answer');
    return firstOf(this.#received)[0];
  }
}

const headEnd = '\r\n\r\n';

/** The answer that some text begins with, and how long it says that it is. */
function firstOf(text: string): readonly [answer: RawAnswer, length: number] {
  const end = text.indexOf(headEnd);
  const [statusLine = '', ...lines] = text.slice(0, end).split('\r\n');
  const headers = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  );
  const length = end + headEnd.length + Number(headers['content-length'] ?? 0);
  return [
    { status: Number(statusLine.split(' ')[1]), headers, body: text.slice(end + headEnd.length, length) },
    length,
  ];
}

/** Sends bytes on a connection of their own; gives the first answer. */
export async function sendBytes(url: string, text: string): Promise<RawAnswer> {
  const connection = await openConnection(url);
  connection.send(text);
  const answer = await connection.firstAnswer();
  connection.socket.destroy();
  return answer;
}
