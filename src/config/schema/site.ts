import * as z from "zod";
import { isTag } from "../../oci/reference.ts";
import { Refusal } from "../refusal.ts";
import { parseTimeZone } from "../schedule.ts";
import { composeSchema } from "./compose.ts";
import { localized } from "./localized.ts";
import { checked, duration, flag, mapping, oneOf, oneOrMore, text } from "./scalars.ts";

/** What can become of a source. */
export const SOURCE_STATES = ["active", "degraded", "paused", "retired"] as const;

/** An address that everybody will see, or one of these words. */
const publicUrl = (words: readonly string[] = []) =>
  checked((value) => {
    if (!words.includes(value)) refusePrivate(value, words);
  });

function refusePrivate(value: string, words: readonly string[] = []): void {
  const url = URL.parse(value);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new Refusal(["expected an http or https address", ...words].join(", or "));
  }
  if (url.username !== "" || url.password !== "") throw new Refusal("a user name or password has no place in it");
}

const stars = () =>
  checked(
    (value) => {
      if (!/^[1-5]$/.test(value)) throw new Refusal("expected 1 to 5");
    },
    { type: ["integer", "string"] },
  ).transform(Number);

const day = () =>
  checked((value) => {
    const date = new Date(`${value}T00:00:00Z`);
    if (Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== value) {
      throw new Refusal("expected a day, such as 2026-01-31");
    }
  });

/** Letters of addresses and anchors. */
export const QUESTION_ID = /^[a-z][a-z0-9-]*$/;

/** One of `site.sources`. */
export const siteSourceSchema = mapping({
  name: localized().optional().describe("In full, as people know it. Default: by the registry's host."),
  audience: localized().optional().describe("Whom it is for. Default: by the registry's host."),
  note: localized().optional().describe("A line more about it."),
  page: publicUrl(["none"])
    .optional()
    .describe(
      "The registry's page of the image; none: it has none. Default: by the registry's host, where that has one.",
    ),
  origin: flag().optional().describe("true: images are published there first. Default: the first of `registries`."),
  speed: stars().optional().describe("1 to 5 stars, shown where nothing is measured."),
  stability: stars().optional().describe("1 to 5 stars."),
  every: duration()
    .optional()
    .describe("How often it is brought in step, where no mirror of this file says so, such as 1d."),
  limits: localized()
    .optional()
    .describe("How much may be pulled. Default: by the registry's host, where it is known."),
  hints: mapping({
    timeZones: oneOrMore(checked(parseTimeZone), "a time zone").optional().describe("Such as Asia/Shanghai."),
    languages: oneOrMore(text(), "a language").optional().describe("Such as zh."),
  })
    .optional()
    .describe("Whose first choice it is before anything is measured. Default: by the registry's host."),
  probe: publicUrl(["none"])
    .optional()
    .describe("What pages ask to measure the way there; none: they do not. Default https://HOST/v2/ of a public host."),
  offered: flag().optional().describe("false: pages do not know of it. Default true."),
  state: oneOf(SOURCE_STATES)
    .optional()
    .describe(
      "degraded: recommended only where nothing else answers; paused: shown with its reason, and not to be chosen; retired: nowhere. Default active.",
    ),
  reason: localized().optional().describe("Why it is not active. Needed for degraded and paused."),
  since: day().optional().describe("Since when it is not active, such as 2026-01-31."),
  successor: text()
    .optional()
    .describe("retired: the registry that stands in its place, for those who come with its address."),
});

const no = () =>
  checked(
    (value) => {
      if (value !== "false") throw new Refusal("expected `question` and `answer`, or false");
    },
    { type: ["boolean", "string"] },
  ).transform(() => false as const);

const tag = () =>
  checked(
    (value) => {
      if (!isTag(value)) throw new Refusal("expected a tag");
    },
    { type: ["string", "number"] },
  );

const linkSchema = mapping({
  label: localized().describe("What it is called."),
  url: publicUrl().describe("Where it leads."),
});

const questionSchema = mapping({
  question: localized().describe("In plain text."),
  answer: localized().describe(
    "Paragraphs; `code`, [text](https://…), and commands on lines that begin with four spaces.",
  ),
});

/** `site:`. */
export const siteSchema = mapping({
  title: localized().optional().describe("Default: `name`, else the image's."),
  tagline: localized().optional().describe("A line below it."),
  url: publicUrl().optional().describe("Where the pages are, for search engines and for links in Markdown."),
  links: z.array(linkSchema).optional().describe("In the navigation, before those of the registries."),
  tags: oneOrMore(tag(), "a tag").optional().describe("Tags to choose from, the usual one first. Default latest."),
  status: checked((value) => {
    if (value === "") throw new Refusal("it is empty");
    if (/^[a-z][a-z0-9+.-]*:|^\/\//i.test(value)) refusePrivate(value);
  })
    .optional()
    .describe(
      "Where status.json is: an address, a path from the pages on, or none. Default: that of `serve.url`, where there is one.",
    ),
  faq: z
    .record(z.string(), z.union([questionSchema, no()], { error: "expected `question` and `answer`, or false" }))
    .optional()
    .describe(
      "Questions and answers, by name. choose, late, switch, verify, digests and limits are there; one of the same name stands in its place, and false takes it away.",
    ),
  sources: z
    .record(z.string(), siteSourceSchema)
    .optional()
    .describe("What is to be said of places to pull from, by their names in `registries`."),
  compose: composeSchema.optional().describe("The form of the Compose Builder. Left out: the pages have none."),
});
