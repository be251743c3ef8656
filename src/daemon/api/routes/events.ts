import { asFailure } from "../../../words/error.ts";
import { admit } from "../guard/access.ts";
import { change, line } from "../openapi/schemas.ts";
import { type Call, named, type Route } from "../route.ts";
import { watchChanges } from "../streams/watch-changes.ts";
import { watchRun } from "../streams/watch-run.ts";
import type { Api } from "./api.ts";
import { runOf } from "./runs.ts";

const STREAM = "text/event-stream";

export const eventRoutes: readonly Route[] = [
  {
    method: "get",
    path: "/api/v1/events",
    access: "reader",
    about: "Server-sent events `change`: something about these mirrors has changed",
    answers: { 200: { about: "Events for as long as the connection lasts", schema: change, type: STREAM } },
    handle: async (api, call) => {
      const { changes } = api.streams;
      await changes.begin();
      if (call.req.method === "HEAD") return call.body(null);
      // Whoever comes back may have missed anything.
      const missed = call.req.header("last-event-id") === undefined ? [] : [...api.control.inForce().mirrors.keys()];
      return api.streams.open(listener(api, call), (send, signal) => watchChanges(changes, missed, send, signal));
    },
  },
  {
    method: "get",
    path: "/api/v1/runs/:run/events",
    access: "reader",
    about:
      "Server-sent events of a run: `line` for each line of its log, `run` when it has changed, `end` when it has ended. `Last-Event-ID` is the number of the last line",
    answers: {
      200: { about: "Events until the run has ended", schema: line, type: STREAM },
      204: { about: "The run has ended, and everything of it was told: do not come back" },
    },
    handle: async (api, call) => {
      const { control, streams } = api;
      const run = await runOf(control, named(call, "run"));
      const last = call.req.header("last-event-id");
      const at = last !== undefined && /^\d{1,15}$/.test(last) ? Number(last) : 0;
      const { runs } = control.store;
      const isOver = run.endedAt !== undefined && (await runs.lines(run.id, at, 1)).length === 0;
      if (last !== undefined && isOver) return call.body(null, 204);
      if (call.req.method === "HEAD") return call.body(null);
      return streams.open(listener(api, call), (send, signal) =>
        streams.watching(run, at, (watch) => watchRun(runs, call.var.words, watch, at, send, signal)),
      );
    },
  },
];

/** Who reads a stream may do so until the token is removed or the login ended. */
function listener(api: Api, call: Call) {
  const mayGoOn = () =>
    admit(api, call, "reader").then(
      () => true,
      (thrown: unknown) => asFailure(thrown).retryable,
    );
  return { signal: call.req.raw.signal, mayGoOn };
}
