import type { Socket } from "node:net";
import type { Answer, Request } from "../exchange.ts";
import { type ReadInto, WireConnection } from "./connection.ts";

/** The connections to one origin that carry large bodies. How many there are is the caller's lanes' business. */
export class WirePool {
  readonly #open: (onread: ReadInto) => Socket;
  readonly #idleMilliseconds: number;
  readonly #connections = new Set<WireConnection>();

  /** @param open makes a socket that reads into the buffers given */
  constructor(open: (onread: ReadInto) => Socket, idleMilliseconds: number) {
    this.#open = open;
    this.#idleMilliseconds = idleMilliseconds;
  }

  /** Sends a request over an idle connection, or a new one; resolves when the answer's head is here. */
  send(request: Request): Promise<Answer> {
    const connection = this.#idle() ?? this.#connect();
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
    const connection = new WireConnection(this.#open, this.#idleMilliseconds);
    this.#connections.add(connection);
    return connection;
  }
}
