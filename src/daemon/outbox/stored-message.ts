import * as z from "zod";
import type { Message } from "../../notify/index.ts";

const storedSchema = z.object({
  id: z.string(),
  type: z.string(),
  time: z.iso.datetime().transform((text) => new Date(text)),
  state: z.enum(["failed", "interrupted", "partial", "recovered", "released", "succeeded", "test"]),
  title: z.string(),
  facts: z.array(z.object({ key: z.string(), label: z.string(), value: z.string() })),
  lines: z.array(z.string()),
  links: z.array(z.object({ text: z.string(), url: z.string() })),
  cutMark: z.string(),
  data: z.record(z.string(), z.unknown()),
});

/**
 * A message as it waits in the outbox: whole and in its channel's language, so that each try sends the same, also one
 * by a later version. Nothing in a message is secret; what it is signed with is the channel's.
 */
export function storedMessage(message: Message): string {
  return JSON.stringify(message);
}

/** @throws what the parser says of text that {@link storedMessage} did not make */
export function messageIn(stored: string): Message {
  return storedSchema.parse(JSON.parse(stored));
}
