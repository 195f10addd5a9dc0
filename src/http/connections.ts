/** The connections of a server, and what is under way on them: so that stopping lets it finish, and takes nothing new. */
import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

export class Connections {
  readonly #open = new Set<Socket>();
  /** Responses that have not been written wholly, in the order of their requests. */
  readonly #underWay = new Set<ServerResponse>();
  readonly #server: Server;
  #stopping = false;

  constructor(server: Server) {
    this.#server = server;
    server.on('connection', (socket: Socket) => {
      this.#open.add(socket);
      socket.once('close', () => this.#open.delete(socket));
    });
  }

  /** Takes note of a request. @returns false once the server stops: it must not be acted upon any more */
  admits(response: ServerResponse): boolean {
    if (this.#stopping) {
      response.shouldKeepAlive = false;
      return false;
    }
    this.#underWay.add(response);
    response.once('close', () => this.#ended(response));
    return true;
  }

  /** Whether a part of an answer has been written to this connection and its end has not. */
  isAnswering(socket: unknown): boolean {
    return [...this.#underWay].some((response) => response.req.socket === socket && response.headersSent);
  }

  /**
   * Closes every connection as soon as nothing is under way on it, and takes no new ones.
   * @param grace after so many milliseconds they are cut
   */
  stop(grace: number): Promise<void> {
    this.#stopping = true;
    return new Promise((resolve) => {
      const cut = setTimeout(() => this.#server.closeAllConnections(), grace);
      this.#server.close(() => {
        clearTimeout(cut);
        resolve();
      });
      const busy = this.#lastResponses();
      for (const socket of this.#open) if (!busy.has(socket)) socket.destroy();
      // The client is told with the last answer on its connection: answers to pipelined requests come before it.
      for (const response of busy.values()) if (!response.headersSent) response.shouldKeepAlive = false;
    });
  }

  /** An answer that began before the stop has promised to keep its connection. */
  #ended(response: ServerResponse): void {
    this.#underWay.delete(response);
    const { socket } = response.req;
    if (this.#stopping && !this.#lastResponses().has(socket)) socket.destroySoon();
  }

  #lastResponses(): Map<Socket, ServerResponse> {
    return new Map([...this.#underWay].map((response) => [response.req.socket, response]));
  }
}
