import { createCipheriv, createHash } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { type Zippable, zipSync } from "fflate";

/** A little server of packages: `/hagicode-VERSION-linux-x64.zip` is made when it is asked for. */
export interface PackageServer extends AsyncDisposable {
  readonly origin: string;
  /** Packages that were fetched, by name, in order. */
  readonly fetched: readonly string[];
}

const NAME = /^\/(hagicode-(\d+\.\d+\.\d+(?:-rc\.\d+)?)-linux-x64\.zip)$/;

export async function servePackages(): Promise<PackageServer> {
  const fetched: string[] = [];
  const server = createServer((request, response) => {
    const [, name, version] = NAME.exec(request.url ?? "") ?? [];
    if (name === undefined || version === undefined) {
      response.writeHead(404).end();
      return;
    }
    const bytes = packageOf(version);
    const etag = `"${createHash("sha256").update(bytes).digest("hex")}"`;
    if (request.headers["if-none-match"] === etag) {
      response.writeHead(304, { etag }).end();
      return;
    }
    fetched.push(name);
    response.writeHead(200, { etag, "content-type": "application/zip", "content-length": bytes.byteLength }).end(bytes);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server of packages has no port");
  return {
    origin: `http://127.0.0.1:${address.port}`,
    fetched,
    [Symbol.asyncDispose]: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

const UNIX = 3;
const PROGRAM = 0o100755 * 2 ** 16;
const LIBRARY_BYTES = 2 ** 20;
/** Zip's dates are local; this one is the same everywhere to the day, and no file's date reaches the image. */
const MADE = "2026-01-15T12:00:00";

/** What a compiler would have made: a program, its library and what it says of itself; the same bytes each time. */
function packageOf(version: string): Uint8Array {
  const program = `#!/bin/sh\necho "HagiCode ${version}"\n`;
  const files: Zippable = {
    run: [Buffer.from(program), { os: UNIX, attrs: PROGRAM }],
    VERSION: Buffer.from(`${version}\n`),
    "lib/hagicode.dll": [library(version), { level: 0 }],
  };
  return zipSync(files, { mtime: MADE });
}

/** Bytes that do not compress. */
function library(version: string): Uint8Array {
  const key = createHash("sha256").update(version).digest();
  return createCipheriv("aes-256-ctr", key, Buffer.alloc(16)).update(Buffer.alloc(LIBRARY_BYTES));
}
