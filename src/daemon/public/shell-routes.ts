import { type Context, Hono } from "hono";
import { asFailure, failure, type SlipwayError } from "../../words/error.ts";
import { requireOwnPage } from "../api/guard/access.ts";
import type { Call, Env } from "../api/route.ts";
import type { Api } from "../api/routes/api.ts";
import { logIn } from "../api/routes/session.ts";
import { loginPage, PLAIN_STYLE, unbuiltPage } from "./pages.ts";
import { shellFile } from "./shell.ts";

const HTML = { "content-type": "text/html; charset=utf-8" };

/**
 * The dashboard's files, and the login of those who may not see them yet.
 * @param mayRead whether who asks may see the files
 */
export function shell(api: Api, webRoot: string, mayRead: (call: Call) => Promise<boolean>): Hono<Env> {
  const app = new Hono<Env>();
  app.get("/login", (call) => call.body(loginPage(call.var.words), 200, HTML));
  app.get("/plain.css", (call) => call.body(PLAIN_STYLE, 200, { "content-type": "text/css; charset=utf-8" }));
  app.post("/login", async (call) => {
    try {
      requireOwnPage(api.control, call);
      await logIn(api, call, new URLSearchParams(await call.req.text()).get("token") ?? "");
      return call.body(null, 303, { location: "./" });
    } catch (thrown) {
      const error = asFailure(thrown);
      const complaint = complaintOf(call, error);
      if (complaint === undefined) throw error;
      return call.body(loginPage(call.var.words, complaint), error.code === "API_TOKEN_WRONG" ? 401 : 429, HTML);
    }
  });
  app.get("*", async (call) => {
    const { path } = call.req;
    if (!(await mayRead(call))) return call.body(null, 303, { location: "/login" });
    const file = await shellFile(webRoot, decoded(path));
    if (file !== undefined) return call.body(file.bytes, 200, file.headers);
    if (path !== "/") throw failure("API_PATH_UNKNOWN", { method: "GET", path: path.slice(0, 200) });
    return call.body(unbuiltPage(call.var.words), 404, HTML);
  });
  return app;
}

function complaintOf({ var: { words } }: Context<Env>, error: SlipwayError): string | undefined {
  if (error.code === "API_TOKEN_WRONG") return words.text("daemon.page.token-wrong");
  if (error.code !== "API_ATTEMPTS_EXCEEDED") return undefined;
  return words.text("daemon.page.token-pause", { seconds: error.facts.seconds ?? 60 });
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
