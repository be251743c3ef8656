import type { Socket } from "node:net";
import type { Answer, Request } from "../exchange.ts";
import { WireConnection } from "./connection.ts";
import type { Silence } from "./exchange.ts";
import type { ReadInto } from "./open-socket.ts";

/** The connections to one origin. How many there are is the caller's lanes' business. */
export class WirePool {
  readonly #open: (onread: ReadInto) => Socket;
  readonly #silence: Silence;
  readonly #bufferBytes: number;
  readonly #connections = new Set<WireConnection>();

  /**
   * @param open makes a socket that reads into the buffers given
   * @param bufferBytes of each such buffer
   */
  constructor(open: (onread: ReadInto) => Socket, silence: Silence, bufferBytes: number) {
    this.#open = open;
    this.#silence = silence;
    this.#bufferBytes = bufferBytes;
  }

  /** Sends a request over an idle connection, or a new one if it is to be alone; resolves when the answer's head is here. */
  send(request: Request): Promise<Answer> {
    const idle = request.alone ? undefined : this.#idle();
    const connection = idle ?? this.#connect();
    return connection.send(request, () => {
      if (!connection.isUsable) this.#connections.delete(connection);
    });
  }

  destroy(): void {
    for (const connection of this.#connections) connection.destroy();
    this.#connections.clear();
  }

  #idle(): WireConnection | undefined {
    for (const connection of this.#connections) {
      if (connection.isUsable) return connection;
      if (connection.isOver) this.#connections.delete(connection);
    }
    return undefined;
  }

  #connect(): WireConnection {
    const connection = new WireConnection(this.#open, this.#silence, this.#bufferBytes);
    this.#connections.add(connection);
    return connection;
  }
}
