import { randomUUID } from "node:crypto";
import * as z from "zod";
import { isTag } from "../../../oci/reference.ts";
import { failure } from "../../../words/error.ts";
import { mirror, page, point, queued, tagRow, tagState } from "../openapi/schemas.ts";
import { bodyOf, type Call, identityOf, named, queryOf, type Route } from "../route.ts";
import type { MirrorShape, Page, PointShape, QueuedShape, TagRowShape } from "../shapes.ts";
import { mirrorShape } from "../show/mirror.ts";
import { runShape } from "../show/run.ts";
import { tagRows } from "../show/tags.ts";
import type { Api } from "./api.ts";

const DAY = 24 * 3_600_000;
const CHARTED = 30 * DAY;

const tagsQuery = z.object({
  state: tagState.optional().describe("Only tags that are so at one of their destinations."),
  search: z.string().max(128).optional().describe("Only tags that have this in their name."),
  after: z.string().optional().describe("Only tags behind this one: `next` of the page before."),
  limit: z.coerce.number().int().min(1).max(500).default(100).describe("How many tags, at most."),
});

const pointsQuery = z.object({
  since: z.coerce
    .number()
    .int()
    .min(0)
    .optional()
    .describe("Milliseconds since 1970-01-01T00:00Z. Left out: thirty days ago."),
});

const syncBody = z.strictObject({
  tags: z
    .array(z.string().refine(isTag, "not a tag"))
    .min(1)
    .max(1000)
    .optional()
    .describe("Only these tags of the source. Left out: all that the mirror means."),
});

export const mirrorRoutes: readonly Route[] = [
  {
    method: "get",
    path: "/api/v1/mirrors",
    access: "reader",
    about: "All mirrors, in the order of the configuration",
    answers: { 200: { about: "The mirrors", schema: page(mirror) } },
    handle: async (api, call) => call.json({ items: await shapesOf(api, call) } satisfies Page<MirrorShape>),
  },
  {
    method: "get",
    path: "/api/v1/mirrors/:mirror",
    access: "reader",
    about: "One mirror",
    answers: { 200: { about: "The mirror", schema: mirror } },
    handle: async (api, call) => {
      const name = mirrorOf(api.control, call);
      return call.json((await shapesOf(api, call)).find((shape) => shape.name === name));
    },
  },
  {
    method: "get",
    path: "/api/v1/mirrors/:mirror/tags",
    access: "reader",
    about: "What each tag is like at each destination, by digest",
    query: tagsQuery,
    answers: { 200: { about: "A page of tags", schema: page(tagRow) } },
    handle: async ({ control }, call) => {
      const name = mirrorOf(control, call);
      const query = queryOf(call, tagsQuery);
      const items = tagRows(call.var.words, await control.store.tags.list(name, query));
      const next = items.length < query.limit ? undefined : items.at(-1)?.tag;
      return call.json({ items, next } satisfies Page<TagRowShape>);
    },
  },
  {
    method: "get",
    path: "/api/v1/mirrors/:mirror/points",
    access: "reader",
    about: "Runs that have ended, the earliest first, for charts",
    query: pointsQuery,
    answers: { 200: { about: "The runs", schema: page(point) } },
    handle: async ({ control }, call) => {
      const name = mirrorOf(control, call);
      const { since = control.now() - CHARTED } = queryOf(call, pointsQuery);
      return call.json({ items: await control.store.runs.points(name, since) } satisfies Page<PointShape>);
    },
  },
  {
    method: "post",
    path: "/api/v1/mirrors/:mirror/sync",
    access: "operator",
    about: "Brings a mirror in step now; with the same `Idempotency-Key` it is asked for once",
    body: syncBody,
    answers: { 202: { about: "The run, which may be one that was queued already", schema: queued } },
    handle: async ({ control, states }, call) => {
      const name = mirrorOf(control, call);
      const { tags } = await bodyOf(call, syncBody);
      const key = `manual:${(call.req.header("idempotency-key") ?? randomUUID()).slice(0, 200)}`;
      const by = identityOf(call).name;
      const { run, isNew } = await control.request({ mirror: name, trigger: "manual", key, tags, by });
      states.forget();
      return call.json({ run: runShape(call.var.words, run), isNew } satisfies QueuedShape, 202);
    },
  },
];

async function shapesOf({ control, states }: Api, call: Call): Promise<readonly MirrorShape[]> {
  const { targets } = control.inForce().serve;
  return (await states.states()).map((state) => mirrorShape(call.var.words, state, targets));
}

/** @throws MIRROR_UNKNOWN */
function mirrorOf(control: Api["control"], call: Call): string {
  const name = named(call, "mirror");
  if (!control.inForce().mirrors.has(name)) throw failure("MIRROR_UNKNOWN", { mirror: name.slice(0, 200) });
  return name;
}
