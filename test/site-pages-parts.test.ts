import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { composeFile } from "../src/site/compose/index.ts";
import { formatAgo, formatBytes, formatDuration, formatMilliseconds } from "../web/shared/format.ts";
import { chooseLanguage } from "../web/shared/words.ts";
import { draftOf } from "../web/site/builder/draft.ts";
import { initialState, reduce } from "../web/site/builder/state.ts";
import { yamlTokens } from "../web/site/builder/yaml-tokens.ts";
import { sampleForm } from "./support/compose-form.ts";
import { sampleSources } from "./support/site-data.ts";

test("the language: of the address, else chosen before, else the browser's first that the pages speak", () => {
  for (const [asked, kept, preferred, chosen] of [
    ["zh-CN", "en", ["en"], "zh-CN"],
    ["fr", "zh-CN", ["en"], "zh-CN"],
    [undefined, "en", ["zh"], "en"],
    [undefined, undefined, ["fr", "zh-Hant-TW", "en"], "zh-CN"],
    [undefined, undefined, ["en-GB", "zh"], "en"],
    [undefined, "toString", ["de"], "en"],
    [undefined, undefined, [], "en"],
  ] as const) {
    assert.equal(chooseLanguage(asked, kept, preferred), chosen);
  }
});

test("numbers, times and sizes are said in the reader's language", () => {
  const now = 1_700_000_000_000;
  for (const [said, expected] of [
    [formatAgo("en", now - 90 * 60_000, now), "90 minutes ago"],
    [formatAgo("zh-CN", now + 3 * 3_600_000, now), "3小时后"],
    [formatAgo("en", now, now), "now"],
    [formatDuration("en", 3_600_000), "1 hour"],
    [formatDuration("en", 36 * 3_600_000), "36 hours"],
    [formatDuration("zh-CN", 2 * 86_400_000), "2天"],
    [formatDuration("en", 0), "0 seconds"],
    [formatMilliseconds("en", 84.4), "84 ms"],
    [formatMilliseconds("en", 1440), "1.4 sec"],
    [formatBytes("en", 0), "0 bytes"],
    [formatBytes("en", 999), "999 bytes"],
    [formatBytes("en", 1_840_000_000), "1.8 GB"],
    [formatBytes("en", 5e15), "5,000 TB"],
  ]) {
    assert.equal(said, expected);
  }
});

test("colours change nothing of a file: its tokens are its text, whatever it is", () => {
  const piece = fc.constantFrom(
    "a",
    ": ",
    "- ",
    "#",
    " #",
    '"',
    "'",
    "\\",
    "\n",
    "  ",
    "{}",
    "true",
    "12",
    "密",
    "<b>",
    "|",
  );
  fc.assert(
    fc.property(
      fc.array(piece).map((pieces) => pieces.join("")),
      (text) => {
        const joined = yamlTokens(text).map((tokens) => tokens.map((token) => token.text).join(""));
        assert.equal(joined.join("\n"), text);
      },
    ),
  );
});

test("keys, values, text and comments are told from one another", () => {
  const kindsOf = (line: string) => yamlTokens(line)[0]?.filter(({ kind }) => kind !== "space");
  for (const [line, expected] of [
    ["# a: b", [["comment", "# a: b"]]],
    [
      "  image: docker.io/a:1 # b",
      [
        ["key", "image"],
        ["punctuation", ":"],
        ["text", "docker.io/a:1"],
        ["comment", "# b"],
      ],
    ],
    [
      '- "45000:8080"',
      [
        ["punctuation", "-"],
        ["text", '"45000:8080"'],
      ],
    ],
    [
      "retries: 3",
      [
        ["key", "retries"],
        ["punctuation", ":"],
        ["value", "3"],
      ],
    ],
    [
      '"a: b": "c # d"',
      [
        ["key", '"a: b"'],
        ["punctuation", ":"],
        ["text", '"c # d"'],
      ],
    ],
    [
      "data: {}",
      [
        ["key", "data"],
        ["punctuation", ":"],
        ["text", "{}"],
      ],
    ],
  ] as const) {
    assert.deepEqual(
      kindsOf(line),
      expected.map(([kind, text]) => ({ kind, text })),
      line,
    );
  }
});

test("a draft is the file of what holds so far, and names what does not", () => {
  const sources = sampleSources();
  const answers = {
    source: "gone",
    edition: { kind: "digest", digest: "sha256:" },
    values: { httpPort: "x", workFolder: "/srv", database: "postgres" },
    secrets: "file",
  } as const;
  const draft = draftOf(sampleForm(), answers, sources, "latest");
  assert.deepEqual(
    draft.problems.map(({ field }) => field),
    ["source", "digest", "httpPort", "apiKey", "databasePassword"],
  );
  assert.match(draft.text, /image: newbe36524\/hagicode:latest/);
  assert.match(draft.text, /- \/srv:\/app\/work/);
  assert.doesNotMatch(draft.text, /8080"|API_KEY/);
  const whole = {
    source: "aliyun",
    edition: { kind: "tag", tag: "1.4" },
    values: { workFolder: "/srv", apiKey: "a", databasePassword: "b" },
    secrets: "env",
  } as const;
  const file = composeFile(sampleForm(), whole, sources);
  assert.deepEqual(draftOf(sampleForm(), whole, sources, "latest"), {
    ...(file.kind === "file" && { text: file.text, env: file.env }),
    problems: [],
  });
});

test("the source follows the recommendation until its reader chooses one", () => {
  const answers = { source: "a", edition: { kind: "tag", tag: "1" }, values: {}, secrets: "file" } as const;
  const begun = reduce(initialState(answers, false), { kind: "recommended", source: "b" });
  assert.equal(begun.answers.source, "b");
  const chosen = reduce(begun, { kind: "source", source: "c" });
  assert.equal(reduce(chosen, { kind: "recommended", source: "b" }).answers.source, "c");
});
