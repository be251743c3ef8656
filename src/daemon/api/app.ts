import { Hono } from "hono";
import { asFailure, failure } from "../../words/error.ts";
import { wordsOf } from "../../words/words.ts";
import { shell } from "../public/shell-routes.ts";
import { admit } from "./guard/access.ts";
import { bodyLimit } from "./guard/body-limit.ts";
import { SECURITY_HEADERS } from "./guard/headers.ts";
import { isOwnHost } from "./guard/hosts.ts";
import { languageOf } from "./guard/language.ts";
import type { RequestLog } from "./guard/request-log.ts";
import type { Listen } from "./listen.ts";
import { problem, statusOf } from "./problem.ts";
import type { Call, Env, Route } from "./route.ts";
import { ROUTES } from "./routes/all.ts";
import type { Api } from "./routes/api.ts";

export interface AppOptions {
  readonly listen: Listen;
  readonly log: RequestLog;
  readonly webRoot: string;
}

const LARGEST_BODY = 1024 * 1024;

/** All that the daemon answers over HTTP. What holds for every request stands here, in its order. */
export function createApp(api: Api, { listen, log, webRoot }: AppOptions): Hono<Env> {
  const app = new Hono<Env>();
  app.use(async (call, next) => {
    const began = performance.now();
    call.set("words", wordsOf(languageOf(call.req.query("lang"), call.req.header("accept-language"))));
    call.set("route", "*");
    call.set("noted", {});
    await next();
    for (const [name, value] of Object.entries({ ...SECURITY_HEADERS, "cache-control": "no-store" })) {
      if (!call.res.headers.has(name)) call.res.headers.set(name, value);
    }
    log.answered(call, performance.now() - began);
  });
  app.use(async (call, next) => {
    const host = call.req.header("host");
    const { serve } = api.control.inForce();
    const arrived = arrivedAt(call);
    if (!isOwnHost(host, { serve, listen, ...(arrived !== undefined && { arrived }) })) {
      throw failure("API_HOST_FOREIGN", { host: (host ?? "").slice(0, 200) });
    }
    await next();
  });
  app.use(bodyLimit(LARGEST_BODY));
  for (const route of ROUTES) {
    app.on(route.method.toUpperCase(), route.path, async (call) => {
      call.set("route", route.path);
      const role = roleFor(api, route);
      if (role !== undefined) call.set("identity", await admit(api, call, role));
      return route.handle(api, call);
    });
  }
  app.all("/api/*", unknown);
  app.all("/hooks/*", unknown);
  app.route(
    "/",
    shell(api, webRoot, (call) => mayRead(api, call)),
  );
  app.notFound(unknown);
  app.onError((thrown, call) => {
    const error = asFailure(thrown);
    if (statusOf(error) >= 500) log.failed(call, error);
    return problem(call.var.words, error);
  });
  return app;
}

/** What a route asks for now. Undefined: nothing. */
function roleFor({ control }: Api, { access }: Route) {
  if (access === "anyone") return undefined;
  if (access !== "public") return access;
  return control.inForce().serve.private ? "reader" : undefined;
}

async function mayRead(api: Api, call: Call): Promise<boolean> {
  if (!api.control.inForce().serve.private) return true;
  try {
    await admit(api, call, "reader");
    return true;
  } catch (thrown) {
    if (statusOf(asFailure(thrown)) === 401) return false;
    throw thrown;
  }
}

function unknown(call: Call): never {
  throw failure("API_PATH_UNKNOWN", { method: call.req.method, path: call.req.path.slice(0, 200) });
}

function arrivedAt(call: Call): Listen | undefined {
  const { localAddress, localPort } = call.env?.incoming?.socket ?? {};
  return localAddress === undefined || localPort === undefined ? undefined : { host: localAddress, port: localPort };
}
