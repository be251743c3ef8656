import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { extname } from "node:path";
import { formatListen, type Listen } from "../../daemon/api/listen.ts";
import { contentPolicy } from "../../site/build/policy.ts";
import { asFailure, failure } from "../../words/error.ts";
import type { MadeSite } from "./site-files.ts";

export interface Preview {
  readonly first: MadeSite;
  /** Makes the site anew. */
  readonly make: () => Promise<MadeSite>;
  /** Told why it could not be made anew, once for each reason. */
  readonly told: (thrown: unknown) => void;
}

export interface PreviewServer extends AsyncDisposable {
  readonly port: number;
}

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".woff2": "font/woff2",
};

/** Serves a site from memory. Pages and data are made anew for every request, so that a reload shows what was just written. */
export async function servePreview(preview: Preview, listen: Listen): Promise<PreviewServer> {
  const latest = renewing(preview);
  const server = createServer((request, response) => {
    void answer(request, response, latest).catch(() => response.destroy());
  });
  server.listen(listen.port, listen.host);
  try {
    await once(server, "listening");
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw failure("API_LISTEN_FAILED", { address: formatListen(listen), reason }, { cause });
  }
  const address = server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : listen.port,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

type Latest = (isMadeAnew: boolean) => Promise<MadeSite>;

/** The last site that could be made. Requests at the same time share one making. */
function renewing({ first, make, told }: Preview): Latest {
  let site = first;
  let making: Promise<void> | undefined;
  let reason = "";
  const renew = async () => {
    try {
      site = await make();
      reason = "";
    } catch (thrown) {
      const { message } = asFailure(thrown);
      if (message !== reason) told(thrown);
      reason = message;
    } finally {
      making = undefined;
    }
  };
  return async (isMadeAnew) => {
    if (isMadeAnew) {
      making ??= renew();
      await making;
    }
    return site;
  };
}

async function answer({ method, url = "/" }: IncomingMessage, response: ServerResponse, latest: Latest): Promise<void> {
  const path = pathOf(url);
  const type = TYPES[extname(path)];
  const { data, files } = await latest(/\.(?:html|json)$/.test(path));
  const file = files.find((one) => one.path === path);
  response.setHeader("x-content-type-options", "nosniff");
  response.setHeader("referrer-policy", "no-referrer");
  response.setHeader("cache-control", "no-cache");
  response.setHeader("content-security-policy", `${contentPolicy(data)}; frame-ancestors 'none'`);
  if (method !== "GET" && method !== "HEAD") {
    response.writeHead(405, { allow: "GET, HEAD" }).end();
  } else if (file === undefined) {
    response.writeHead(404, { "content-type": "text/plain; charset=utf-8" }).end("404\n");
  } else {
    response.writeHead(200, {
      "content-type": type ?? "application/octet-stream",
      "content-length": file.bytes.length,
    });
    response.end(method === "GET" ? file.bytes : undefined);
  }
}

/** What a request asks for, from the site's folder on; a folder is its index.html. */
function pathOf(url: string): string {
  const { pathname = "/" } = URL.parse(url, "http://preview.invalid") ?? {};
  const path = pathname.slice(1);
  return path === "" || path.endsWith("/") ? `${path}index.html` : path;
}
