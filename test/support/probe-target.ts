import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";

/** A host whose way a page measures: it answers after a while, and remembers how it was asked. */
export class ProbeTarget implements AsyncDisposable {
  /** Milliseconds before an answer; may be changed. */
  delay: number;
  readonly asked: { readonly method: string; readonly headers: IncomingHttpHeaders }[] = [];
  readonly url: string;
  readonly #server: ReturnType<typeof createServer>;

  private constructor(delay: number, server: ReturnType<typeof createServer>) {
    this.delay = delay;
    this.#server = server;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v2/`;
    server.on("request", ({ method = "", headers }, response) => {
      this.asked.push({ method, headers });
      setTimeout(() => response.writeHead(200, { "content-type": "application/json" }).end("{}"), this.delay);
    });
  }

  static async start(delay = 0): Promise<ProbeTarget> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return new ProbeTarget(delay, server);
  }

  /** Nobody listens any more; its address stays. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
