import { failure } from "../../words/error.ts";
import { type Call, named, type Route } from "../api/route.ts";
import type { Api } from "../api/routes/api.ts";
import { badge, badgeText } from "./badge.ts";
import { metrics } from "./metrics.ts";
import { statusFile } from "./status-file.ts";

/** Pages of other sites may show it, and say where they found it. */
const FOR_OTHER_SITES = { "cross-origin-resource-policy": "cross-origin" };

/** What anybody may read, and what watches the process. */
export const publicRoutes: readonly Route[] = [
  {
    method: "get",
    path: "/status.json",
    access: "public",
    about: "How all mirrors are, for other programs and pages",
    answers: { 200: { about: "The file, in the manner of tunasync's" } },
    handle: async ({ control, publicStates }, call) => {
      const file = statusFile(await publicStates.states(), control.now());
      return call.json(file, 200, { "cache-control": "public, max-age=10", ...sharing(control.inForce().serve) });
    },
  },
  {
    method: "get",
    path: "/badge/:mirror{.+\\.svg}",
    access: "public",
    about: "A badge that shows how a mirror is; `?label=` in place of its name",
    answers: { 200: { about: "The picture", type: "image/svg+xml" } },
    handle: async ({ publicStates }, call) => {
      const name = named(call, "mirror").replace(/\.svg$/, "");
      const state = (await publicStates.states()).find(({ mirror }) => mirror.name === name);
      if (state === undefined) throw failure("MIRROR_UNKNOWN", { mirror: name.slice(0, 200) });
      const picture = badge(call.req.query("label") ?? name, badgeText(state), state.health);
      const headers = { "content-type": "image/svg+xml; charset=utf-8", "cache-control": "public, max-age=60" };
      return call.body(picture, 200, { ...headers, ...FOR_OTHER_SITES });
    },
  },
  {
    method: "get",
    path: "/metrics",
    access: "public",
    about: "What Prometheus reads",
    answers: { 200: { about: "Prometheus's text format", type: "text/plain" } },
    handle: async ({ control, publicStates, requests }, call) => {
      const text = await metrics(control, await publicStates.states(), requests);
      return call.body(text, 200, { "content-type": "text/plain; version=0.0.4; charset=utf-8" });
    },
  },
  {
    method: "get",
    path: "/healthz",
    access: "anyone",
    about: "Whether the process is alive",
    answers: { 200: { about: "It is", type: "text/plain" } },
    handle: (_api, call) => call.text("alive\n"),
  },
  {
    method: "get",
    path: "/readyz",
    access: "anyone",
    about: "Whether it can be asked for anything: it has begun, is not about to end, and reaches its store",
    answers: { 200: { about: "It can", type: "text/plain" }, 503: { about: "It cannot", type: "text/plain" } },
    handle: ({ control }, call) => ready(control, call),
  },
];

/** Pages elsewhere may read the file where the daemon is meant to be seen from elsewhere; not what runs on loopback alone. */
function sharing({ url, private: isPrivate }: { readonly url?: string; readonly private: boolean }) {
  return url === undefined || isPrivate ? {} : { "access-control-allow-origin": "*", ...FOR_OTHER_SITES };
}

async function ready(control: Api["control"], call: Call): Promise<Response> {
  if (!control.isReady()) return call.text("not now\n", 503);
  try {
    await control.store.ping();
    return call.text("ready\n");
  } catch {
    return call.text("no store\n", 503);
  }
}
