import * as z from "zod";
import type { OutboxRecord } from "../../../store/records.ts";
import type { Words } from "../../../words/words.ts";
import { testChannel } from "../../outbox/index.ts";
import { delivery, page, test } from "../openapi/schemas.ts";
import { errorShape } from "../problem.ts";
import { named, queryOf, type Route } from "../route.ts";
import type { DeliveryShape, Page, TestShape } from "../shapes.ts";
import { withError } from "../show/run.ts";

const listQuery = z.object({
  limit: z.coerce.number().int().min(1).max(500).default(100).describe("How many, at most."),
});

export const deliveryRoutes: readonly Route[] = [
  {
    method: "get",
    path: "/api/v1/deliveries",
    access: "reader",
    about: "Messages to people and what became of them, the latest first",
    query: listQuery,
    answers: { 200: { about: "The messages", schema: page(delivery) } },
    handle: async ({ control }, call) => {
      const found = await control.store.outbox.list(queryOf(call, listQuery).limit);
      const items = found.map((record) => deliveryShape(call.var.words, record));
      return call.json({ items } satisfies Page<DeliveryShape>);
    },
  },
  {
    method: "post",
    path: "/api/v1/channels/:channel/test",
    access: "operator",
    about: "Sends a test message to a channel. What its receiver answered is not told",
    answers: { 200: { about: "Whether it was delivered", schema: test } },
    handle: async ({ control, environment }, call) => {
      const { words } = call.var;
      const tested = await testChannel(control, named(call, "channel"), { environment, language: words.language });
      const error = tested.delivered ? undefined : errorShape(words, tested.error);
      return call.json({ delivered: tested.delivered, error } satisfies TestShape);
    },
  },
];

function deliveryShape(words: Words, record: OutboxRecord): DeliveryShape {
  const { id, channel, message, state, createdAt, attempts, nextAt, sentAt, error } = record;
  const known = { id, channel, title: titleOf(message), state, createdAt, attempts, nextAt, sentAt };
  return { ...known, ...withError(words, error) };
}

const titled = z.object({ title: z.string() });

/** The title of a message that was kept as JSON. */
function titleOf(message: string): string {
  const read = titled.safeParse(JSON.parse(message));
  return read.success ? read.data.title : "";
}
