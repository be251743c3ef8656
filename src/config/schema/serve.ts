import * as z from "zod";
import { Refusal } from "../refusal.ts";
import { parseTimeZone } from "../schedule.ts";
import { amount, checked, duration, flag, mapping, oneOf, oneOrMore, text, url } from "./scalars.ts";

/** Who may tell that a tag has changed. */
export const WEBHOOK_KINDS = ["docker-hub", "github", "harbor", "distribution", "aliyun", "generic"] as const;
export type WebhookKind = (typeof WEBHOOK_KINDS)[number];

const percent = () =>
  checked(
    (value) => {
      if (!(Number(value) > 0 && Number(value) <= 100)) throw new Refusal("expected a percentage, such as 99");
    },
    { type: ["number", "string"] },
  ).transform(Number);

const timeOfDay = () =>
  checked((value) => {
    if (!/^(?:[01]\d|2[0-3]):[0-5]\d$/.test(value)) throw new Refusal('expected a time of day, such as "09:00"');
  });

const webhookSchema = mapping({
  kind: oneOf(WEBHOOK_KINDS).describe("Who calls: docker-hub, github, harbor, distribution, aliyun, or generic."),
  secret: z
    .string()
    .describe(
      "What the caller proves itself by: the key of its signature (github, generic), else a token in its header or in the address that it calls. From a variable.",
    ),
});

/** `serve:`. */
export const serveSchema = mapping({
  url: url()
    .optional()
    .describe(
      "Where people reach it, such as https://slipway.example.com: for links in messages, and to tell its own pages from others'.",
    ),
  hosts: oneOrMore(text(), "a host name")
    .optional()
    .describe("Host names that it answers to, besides localhost, the address that it listens on, and that of `url`."),
  targets: mapping({
    success: percent().optional().describe("So many of a hundred runs go well. Default 99."),
    lag: duration().optional().describe("From a change at the source to its arrival, at most. Default 30m."),
  })
    .optional()
    .describe("What is measured and alarmed."),
  silence: duration()
    .optional()
    .describe(
      "A mirror that was not seen in step for so long is silent, which is alarmed. Default: three of its intervals, at least 1h.",
    ),
  keep: duration().optional().describe("How long runs, logs and messages are kept. Default 30d."),
  batch: amount(1).optional().describe("Tags that one worker takes at once of a large mirror. Default 100."),
  concurrency: amount(1).optional().describe("Jobs that one process does side by side. Default 4."),
  remind: duration().optional().describe("What still fails is told again after so long. Default 6h."),
  digest: timeOfDay()
    .optional()
    .describe('When all that happened in a day is told, such as "09:00". Left out: not at all.'),
  timeZone: checked(parseTimeZone)
    .optional()
    .describe("That of `digest` and of mirrors' `cron` that name none. Default UTC."),
  webhooks: z
    .record(z.string(), webhookSchema)
    .optional()
    .describe("Callers that tell of a changed tag, by the last part of the address that each calls: /hooks/NAME."),
  private: flag()
    .optional()
    .describe("true: status, badges, metrics and the dashboard's shell ask for a token, too. Default false."),
});
