import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname } from "node:path";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
};

export interface ServedFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** A file server without rewrites, with files below one of its folders, as GitHub Pages has them. */
export class StaticSite implements AsyncDisposable {
  readonly port: number;
  readonly #files: Map<string, Uint8Array>;
  readonly #server: ReturnType<typeof createServer>;

  private constructor(port: number, files: Map<string, Uint8Array>, server: ReturnType<typeof createServer>) {
    this.port = port;
    this.#files = files;
    this.#server = server;
  }

  /** @param folder of the server: `/docs/deploy/` */
  static async serve(files: readonly ServedFile[], folder: string): Promise<StaticSite> {
    const served = new Map(files.map(({ path, bytes }) => [folder + path, bytes]));
    const server = createServer(({ url = "" }: IncomingMessage, response: ServerResponse) => {
      const { pathname } = new URL(url, "http://localhost");
      const path = pathname === folder ? `${folder}index.html` : pathname;
      const bytes = served.get(path);
      if (bytes === undefined) return response.writeHead(404).end();
      return response.writeHead(200, { "content-type": TYPES[extname(path)] ?? "application/octet-stream" }).end(bytes);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return new StaticSite((server.address() as AddressInfo).port, served, server);
  }

  /** Serves another text, or nothing any more. @param path from the server's root */
  replace(path: string, text: string | undefined): void {
    if (text === undefined) this.#files.delete(path);
    else this.#files.set(path, new TextEncoder().encode(text));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
