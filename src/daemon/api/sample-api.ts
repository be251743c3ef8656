import { Writable } from "node:stream";
import { pino } from "pino";
import { wordsOf } from "../../words/words.ts";
import { type SampleDaemon, sampleDaemon } from "../alarms/sample-daemon.ts";
import type { Control } from "../control.ts";
import { Logbook } from "../log/logbook.ts";
import { StatusWatch } from "../status/watch.ts";
import { Attempts } from "../tokens/attempts.ts";
import { firstToken } from "../tokens/first-token.ts";
import { Sessions } from "../tokens/sessions.ts";
import { hashOfToken } from "../tokens/token.ts";
import { createApp } from "./app.ts";
import { RequestLog } from "./guard/request-log.ts";
import type { Api } from "./routes/api.ts";
import { type StreamSettings, Streams } from "./streams/streams.ts";

/** The API for tests: over a real store, asked without a socket. */
export interface SampleApi extends AsyncDisposable {
  readonly daemon: SampleDaemon;
  readonly api: Api;
  /** Of the role operator. */
  readonly token: string;
  readonly reader: string;
  /** Lines of the log. */
  readonly log: Readonly<Record<string, unknown>>[];
  isReady: boolean;
  ask(path: string, question?: Question): Promise<Response>;
}

export interface Question {
  readonly method?: string;
  /** Default: the operator's; null: none. */
  readonly token?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON, unless it is text or bytes. */
  readonly body?: unknown;
  /** The address that it comes from. */
  readonly from?: string;
  readonly signal?: AbortSignal;
}

export const HOST = "127.0.0.1:4700";
export const READER = "slipway_reader-token-for-tests";

export interface SampleOptions {
  readonly now?: number;
  readonly environment?: Readonly<Record<string, string>>;
  readonly webRoot?: string;
  readonly streams?: Partial<StreamSettings>;
}

/** @param yaml the configuration without `version:` */
export async function sampleApi(yaml: string, options: SampleOptions = {}): Promise<SampleApi> {
  const { now = Date.UTC(2026, 0, 2, 3), environment = {}, webRoot = "/nowhere", streams = {} } = options;
  const daemon = await sampleDaemon(yaml, now, environment);
  const { store } = daemon;
  const control: Control = {
    ...daemon.control,
    request: (request) => store.runs.begin({ ...request, at: daemon.now }),
    reload: async () => daemon.inForce.refused,
    nextRunAt: (mirror) => {
      const schedule = daemon.inForce.mirrors.get(mirror)?.rule.schedule;
      return schedule?.kind === "every" ? daemon.now + schedule.every : undefined;
    },
    isReady: () => sample.isReady,
  };
  const log: Record<string, unknown>[] = [];
  const sink = new Writable({
    write: (line: Buffer, _encoding, done) => {
      log.push(JSON.parse(line.toString()));
      done();
    },
  });
  const requests = new RequestLog(new Logbook(pino({ level: "debug" }, sink), wordsOf("en")));
  const states = new StatusWatch(control, 0);
  const api: Api = {
    control,
    environment,
    sessions: new Sessions(store),
    attempts: new Attempts(),
    streams: new Streams(control, { every: 5, beat: 60_000, limit: 100, ...streams }, () => states.forget()),
    states,
    publicStates: new StatusWatch(control, 0),
    requests: requests.requests,
  };
  const app = createApp(api, { listen: { host: "127.0.0.1", port: 4700 }, log: requests, webRoot });
  let token = "";
  await firstToken(store, {}, now, (made) => {
    token = made;
  });
  await store.tokens.put({ name: "watcher", role: "reader", hash: hashOfToken(READER), createdAt: now });
  const sample: SampleApi = {
    daemon,
    api,
    token,
    reader: READER,
    log,
    isReady: true,
    ask: async (path, question = {}) => {
      const { method = "GET", body, from = "192.0.2.1", signal } = question;
      const bearer = question.token === undefined ? token : question.token;
      const headers = {
        host: HOST,
        ...(bearer !== null && { authorization: `Bearer ${bearer}` }),
        ...question.headers,
      };
      const sent = typeof body === "string" || body instanceof Uint8Array ? body : body && JSON.stringify(body);
      const request = new Request(`http://${HOST}${path}`, {
        method,
        headers,
        signal,
        body: sent as RequestInit["body"],
      });
      const incoming = { socket: { remoteAddress: from, localAddress: "127.0.0.1", localPort: 4700 } };
      return app.fetch(request, { incoming: incoming as never });
    },
    [Symbol.asyncDispose]: async () => {
      api.streams.close();
      await daemon[Symbol.asyncDispose]();
    },
  };
  return sample;
}
