import * as z from "zod";
import type { RunRecord } from "../../../store/records.ts";
import { failure } from "../../../words/error.ts";
import { isEnded } from "../../status/mirror-state.ts";
import { line, page, run } from "../openapi/schemas.ts";
import { named, queryOf, type Route } from "../route.ts";
import type { LineShape, Page, RunShape } from "../shapes.ts";
import { lineShape, runShape } from "../show/run.ts";
import type { Api } from "./api.ts";

const STATES = ["queued", "running", "done", "partial", "failed", "cancelled"] as const;

const listQuery = z.object({
  mirror: z.string().optional().describe("Only runs of this mirror."),
  state: z.enum(STATES).optional().describe("Only runs in this state."),
  before: z.string().optional().describe("Only runs before this one: `next` of the page before."),
  limit: z.coerce.number().int().min(1).max(200).default(50).describe("How many, at most."),
});

const logQuery = z.object({
  after: z.coerce.number().int().min(0).default(0).describe("Only lines behind this number."),
  limit: z.coerce.number().int().min(1).max(1000).default(200).describe("How many, at most."),
});

export const runRoutes: readonly Route[] = [
  {
    method: "get",
    path: "/api/v1/runs",
    access: "reader",
    about: "Runs, the latest first",
    query: listQuery,
    answers: { 200: { about: "A page of runs", schema: page(run) } },
    handle: async ({ control }, call) => {
      const { state, limit, ...query } = queryOf(call, listQuery);
      const found = await control.store.runs.list({ ...query, limit, ...(state !== undefined && { states: [state] }) });
      const items = found.map((record) => runShape(call.var.words, record));
      const next = found.length < limit ? undefined : found.at(-1)?.id;
      return call.json({ items, next } satisfies Page<RunShape>);
    },
  },
  {
    method: "get",
    path: "/api/v1/runs/:run",
    access: "reader",
    about: "One run",
    answers: { 200: { about: "The run", schema: run } },
    handle: async ({ control }, call) => call.json(runShape(call.var.words, await runOf(control, named(call, "run")))),
  },
  {
    method: "get",
    path: "/api/v1/runs/:run/log",
    access: "reader",
    about: "The lines of a run, from the first on",
    query: logQuery,
    answers: { 200: { about: "A page of lines", schema: page(line) } },
    handle: async ({ control }, call) => {
      const { after, limit } = queryOf(call, logQuery);
      const { id } = await runOf(control, named(call, "run"));
      const found = await control.store.runs.lines(id, after, limit);
      const items = found.map((record) => lineShape(call.var.words, record));
      const next = found.length < limit ? undefined : String(found.at(-1)?.number);
      return call.json({ items, next } satisfies Page<LineShape>);
    },
  },
  {
    method: "post",
    path: "/api/v1/runs/:run/cancel",
    access: "operator",
    about: "Cancels a run: what is under way is ended, what has arrived stays",
    answers: { 202: { about: "The run, which ends", schema: run } },
    handle: async ({ control, states }, call) => {
      const { id, state } = await runOf(control, named(call, "run"));
      if (isEnded(state) || !(await control.store.runs.cancel(id, control.now())))
        throw failure("RUN_ENDED", { run: id });
      states.forget();
      return call.json(runShape(call.var.words, await runOf(control, id)), 202);
    },
  },
];

/** @throws RUN_UNKNOWN */
export async function runOf({ store }: Api["control"], id: string): Promise<RunRecord> {
  const found = await store.runs.get(id);
  if (found === undefined) throw failure("RUN_UNKNOWN", { run: id.slice(0, 100) });
  return found;
}
