import { randomUUID } from "node:crypto";
import type { Socket } from "node:net";
import { Content } from "./content.ts";
import { endpointOf } from "./endpoint.ts";
import { exchange, type Handler } from "./exchange.ts";
import { Faults } from "./faults.ts";
import { registryHandler, storageHandler } from "./handler.ts";
import { type Listening, listen } from "./listen.ts";
import type { RegistryOptions } from "./options.ts";
import { Requests } from "./requests.ts";
import type { State } from "./state.ts";
import { diskStorage, memoryStorage } from "./storage.ts";
import { TestRegistry } from "./test-registry.ts";

/**
 * Starts a registry in this process that follows the specification, no kinder than real ones.
 * https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md
 */
export async function startRegistry(options: RegistryOptions = {}): Promise<TestRegistry> {
  const content = new Content(options.storage === "disk" ? await diskStorage() : memoryStorage());
  const main = await listen(options.tls, options.port);
  const storage = options.redirectBlobs === true ? await listen(options.tls) : undefined;
  const state: State = {
    options,
    content,
    uploads: new Map(),
    origin: main.origin,
    storageOrigin: storage?.origin,
    signature: randomUUID(),
  };
  const requests = new Requests();
  const faults = new Faults();
  const connections = new Connections();
  serve(main, registryHandler(state), requests, faults, connections);
  if (storage !== undefined) serve(storage, storageHandler(state), requests, faults, connections);
  return new TestRegistry(main, state, requests, faults, async () => {
    await Promise.all([main.close(), storage?.close()]);
    await Promise.all([...state.uploads.values()].map((upload) => upload.turn.then(() => upload.blob.discard())));
    await content.close();
  });
}

function serve(
  { server, origin }: Listening,
  handler: Handler,
  requests: Requests,
  faults: Faults,
  connections: Connections,
): void {
  server.on("request", (request, response) => {
    const url = new URL(request.url ?? "/", origin);
    const arrival = {
      request,
      response,
      url,
      endpoint: endpointOf(url),
      connection: connections.number(request.socket),
    };
    void exchange(arrival, requests, faults, handler);
  });
}

/** Numbers connections as they come. */
class Connections {
  readonly #numbers = new WeakMap<Socket, number>();
  #last = 0;

  number(socket: Socket): number {
    const number = this.#numbers.get(socket) ?? ++this.#last;
    this.#numbers.set(socket, number);
    return number;
  }
}
