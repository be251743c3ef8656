import { createServer, type Server } from "node:http";
import { getRequestListener } from "@hono/node-server";
import type { Environment } from "../../config/variables/lookup.ts";
import { webFolder } from "../../site/build/web-folder.ts";
import { failure } from "../../words/error.ts";
import { type Language, wordsOf } from "../../words/words.ts";
import type { Control } from "../control.ts";
import { Logbook, type Logger } from "../log/logbook.ts";
import { StatusWatch } from "../status/watch.ts";
import { Attempts } from "../tokens/attempts.ts";
import { Sessions } from "../tokens/sessions.ts";
import { createApp } from "./app.ts";
import { RequestLog } from "./guard/request-log.ts";
import { formatListen, type Listen, parseListen } from "./listen.ts";
import { type StreamSettings, Streams, USUAL_STREAMS } from "./streams/streams.ts";

export interface ServerOptions {
  /** `127.0.0.1:4700`; port 0 is any that is free. */
  readonly listen: string;
  readonly environment: Environment;
  readonly logger: Logger;
  /** Of the log. Default English. */
  readonly language?: Language;
  /** Where the dashboard's files are. Default: where `npm run web` builds them. */
  readonly webRoot?: string;
  readonly streams?: StreamSettings;
}

export interface RunningServer {
  /** `http://127.0.0.1:4700` */
  readonly url: string;
  /** Takes no more requests, ends the live views, and waits for what is under way, for five seconds at most. */
  close(): Promise<void>;
}

const SECOND = 1000;
const PATIENCE = 5 * SECOND;

/** Slow senders hold a connection for so long at most. */
const LIMITS = {
  headersTimeout: 10 * SECOND,
  requestTimeout: 30 * SECOND,
  keepAliveTimeout: 65 * SECOND,
  connectionsCheckingInterval: 5 * SECOND,
  maxHeaderSize: 16 * 1024,
};
const MOST_CONNECTIONS = 1000;

/** How old what is told of all mirrors may be, milliseconds. */
const AGE = SECOND / 2;
const PUBLIC_AGE = 2 * SECOND;

/**
 * Answers over HTTP: API, dashboard, webhooks and what is public.
 * @throws API_LISTEN_INVALID, API_LISTEN_FAILED
 */
export async function startServer(control: Control, options: ServerOptions): Promise<RunningServer> {
  const { environment, logger, language = "en", webRoot = webFolder("dashboard") } = options;
  const book = new Logbook(logger, wordsOf(language));
  const states = new StatusWatch(control, AGE);
  const streams = new Streams(control, options.streams ?? USUAL_STREAMS, () => states.forget());
  const log = new RequestLog(book);
  const listen = parseListen(options.listen);
  const api = {
    control,
    environment,
    sessions: new Sessions(control.store),
    attempts: new Attempts(),
    streams,
    states,
    publicStates: new StatusWatch(control, PUBLIC_AGE),
    requests: log.requests,
  };
  const app = createApp(api, { listen, log, webRoot });
  const server = createServer(LIMITS, getRequestListener(app.fetch, { overrideGlobalObjects: false }));
  server.maxConnections = MOST_CONNECTIONS;
  const port = await begin(server, listen);
  const url = `http://${formatListen({ host: listen.host, port })}`;
  book.info("listening", { url });
  for (const { name, secret } of control.inForce().serve.webhooks) {
    if (secret === "") book.warn("hook-deaf", { hook: name });
  }
  return { url, close: () => end(server, streams) };
}

async function begin(server: Server, { host, port }: Listen): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once("error", reject);
  server.listen(port, host, resolve);
  try {
    await promise;
  } catch (cause) {
    const reason = cause instanceof Error && "code" in cause ? String(cause.code) : String(cause);
    throw failure("API_LISTEN_FAILED", { address: formatListen({ host, port }), reason }, { cause });
  } finally {
    server.off("error", reject);
  }
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : port;
}

async function end(server: Server, streams: Streams): Promise<void> {
  streams.close();
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  // A connection is idle only once its last answer is through.
  const idle = setInterval(() => server.closeIdleConnections(), 50);
  const impatience = setTimeout(() => server.closeAllConnections(), PATIENCE);
  await closed;
  clearInterval(idle);
  clearTimeout(impatience);
}
