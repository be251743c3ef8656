import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startRegistry, type TestRegistry } from "../src/testing/index.ts";
import { Workplace } from "./support/workplace.ts";

let registry: TestRegistry;

before(async () => {
  registry = await startRegistry();
});

after(() => registry.close());

interface Case {
  readonly name: string;
  readonly args: readonly string[];
  /** HOST stands for a registry that is there. */
  readonly files?: Readonly<Record<string, string>>;
  /** What the one error says. */
  readonly error: RegExp;
  readonly hint?: RegExp;
}

const SYNC = ["sync"];
const IMAGES = ["sync", "--images", "images.yaml"];

/** A configuration whose mirrors are right, before or after what is wrong. */
function config(wrong: string): Readonly<Record<string, string>> {
  return { "slipway.yaml": `version: 1\n${wrong}mirrors:\n  - { from: HOST/a, to: HOST/b }\n` };
}

/** Ten anchors, each nine times the one before it. */
const BOMB = [
  "x0: &x0 [HOST/a]",
  ...Array.from({ length: 10 }, (_, at) => {
    const aliases = Array.from({ length: 9 }, () => `*x${at}`).join(", ");
    return `x${at + 1}: &x${at + 1} [${aliases}]`;
  }),
].join("\n");

const CASES: readonly Case[] = [
  {
    name: "an unknown key",
    args: SYNC,
    files: config("mirors: []\n"),
    error: /slipway\.yaml:2:1: unknown key mirors; did you mean mirrors\?/,
    hint: /known here: .*registries/,
  },
  {
    name: "an unknown key further down",
    args: SYNC,
    files: config('hosts: { "HOST": { concurency: 4 } }\n'),
    error: /slipway\.yaml:2:\d+: unknown key concurency; did you mean concurrency\?/,
  },
  {
    name: "a number where text is wanted",
    args: SYNC,
    files: { "slipway.yaml": "version: 1\nmirrors:\n  - from: [HOST/a]\n    to: HOST/b\n" },
    error: /slipway\.yaml:3:\d+: .*from cannot be used/,
  },
  {
    name: "a version that is not known",
    args: SYNC,
    files: { "slipway.yaml": "version: 2\nmirrors: []\n" },
    error: /slipway\.yaml:1:\d+: version cannot be used/,
  },
  {
    name: "no version",
    args: SYNC,
    files: { "slipway.yaml": "mirrors:\n  - { from: HOST/a, to: HOST/b }\n" },
    error: /slipway\.yaml:1:1: version is missing/,
  },
  {
    name: "a key that is there twice",
    args: SYNC,
    files: config("name: a\nname: b\n"),
    error: /slipway\.yaml:3:1: name was given before, at line 2/,
  },
  {
    name: "a bad reference in slipway.yaml",
    args: SYNC,
    files: { "slipway.yaml": "version: 1\nmirrors:\n  - from: HOST/UPPER\n    to: HOST/b\n" },
    error: /slipway\.yaml:3:\d+: .*UPPER/,
  },
  {
    name: "a bad reference on the command line",
    args: ["copy", "HOST/a:not a tag", "HOST/b"],
    error: /not an image reference/,
  },
  {
    name: "a bad transport",
    args: ["copy", "ftp:HOST/a", "HOST/b"],
    error: /not (?:an image reference|a place for images)/,
  },
  { name: "a bad digest", args: ["digest", "HOST/a@sha256:12"], error: /not a digest|not an image reference/ },
  { name: "a file that is not there", args: ["sync", "--config", "absent.yaml"], error: /absent\.yaml cannot be read/ },
  { name: "a folder in place of a file", args: ["sync", "--config", "."], error: /\. cannot be read/ },
  { name: "no configuration at all", args: SYNC, error: /nothing says what to mirror/, hint: /mirrors:/ },
  { name: "an empty file", args: SYNC, files: { "slipway.yaml": "" }, error: /slipway\.yaml:1:1: the file is empty/ },
  {
    name: "comments alone",
    args: SYNC,
    files: { "slipway.yaml": "# later\n" },
    error: /slipway\.yaml:\d+:\d+: the file is empty/,
  },
  {
    name: "an empty images.yaml",
    args: IMAGES,
    files: { "images.yaml": "" },
    error: /images\.yaml:1:1: the file is empty/,
  },
  {
    name: "a tab where YAML wants spaces",
    args: SYNC,
    files: { "slipway.yaml": "version: 1\nmirrors:\n\t- from: HOST/a\n" },
    error: /slipway\.yaml:3:\d+: not valid YAML/,
  },
  {
    name: "a bracket that is never closed",
    args: IMAGES,
    files: { "images.yaml": "HOST/a: [HOST/b\n" },
    error: /images\.yaml:\d+:\d+: not valid YAML/,
  },
  {
    name: "a variable that is not set",
    args: SYNC,
    files: config('registries:\n  there: { image: HOST, username: a, password: "${ABSENT_SECRET}" }\n'),
    error: /slipway\.yaml:3:\d+: the variable ABSENT_SECRET is not set/,
    hint: /\.env/,
  },
  {
    name: "a variable that has to be set",
    args: SYNC,
    files: config("name: ${ABSENT:?ask the team}\n"),
    error: /slipway\.yaml:2:\d+: the variable ABSENT is needed: ask the team/,
  },
  {
    name: "a secret's file that is not there",
    args: SYNC,
    files: config("name: ${file:secrets/absent}\n"),
    error: /slipway\.yaml:2:\d+: the file .*secrets\/absent cannot be read/,
  },
  {
    name: "two mirrors to one place",
    args: SYNC,
    files: {
      "slipway.yaml":
        "version: 1\nmirrors:\n  - { from: HOST/a:1, to: HOST/c:1 }\n  - { from: HOST/b:1, to: HOST/c:1 }\n",
    },
    error: /two images would be HOST\/c:1: .*slipway\.yaml:3.*slipway\.yaml:4/,
  },
  {
    name: "more tags than places for them",
    args: IMAGES,
    files: { "images.yaml": "HOST/ok: HOST/copy\nHOST/a:1,2,3: HOST/b:1,2\n" },
    error: /images\.yaml:2:\d+: .*HOST\/b:1,2 cannot be used: .*[23].*[23]/,
  },
  {
    name: "an expression that is none",
    args: IMAGES,
    files: { "images.yaml": "HOST/a:/(/: HOST/b\n" },
    error: /images\.yaml:1:1: .*not a regular expression/,
  },
  {
    name: "a destination that is a number",
    args: IMAGES,
    files: { "images.yaml": "HOST/a: { to: HOST/b }\n" },
    error: /images\.yaml:1:\d+: the destination cannot be used/,
  },
  {
    name: "a list where auth.yaml wants a mapping",
    args: [...IMAGES, "--auth", "auth.yaml"],
    files: { "images.yaml": "HOST/a: HOST/b\n", "auth.yaml": "- HOST\n" },
    error: /auth\.yaml:1:\d+: auth cannot be used: expected a mapping/,
  },
  {
    name: "S33: an alias bomb",
    args: IMAGES,
    files: { "images.yaml": BOMB },
    error: /images\.yaml(?::\d+:\d+)?: .*(alias|not valid YAML)/i,
  },
  {
    name: "S33: __proto__ as a key",
    args: SYNC,
    files: config("__proto__: { polluted: true }\n"),
    error: /slipway\.yaml:2:1: /,
  },
  {
    name: "a flag that is given twice",
    args: ["sync", "--images", "a.yaml", "--images", "b.yaml"],
    error: /--images a\.yaml does not go with --images b\.yaml/,
  },
  {
    name: "two flags that do not go together",
    args: ["sync", "--images", "images.yaml", "--config", "slipway.yaml"],
    files: { ...config(""), "images.yaml": "HOST/a: HOST/b\n" },
    error: /--images does not go with --config/,
  },
  {
    name: "a command that is not known",
    args: ["snyc"],
    error: /there is no command snyc/,
    hint: /did you mean sync\?/,
  },
  {
    name: "a flag that is not known",
    args: ["sync", "--imags", "a.yaml"],
    error: /there is no option --imags here/,
    hint: /did you mean --images\?/,
  },
  { name: "a flag without its value", args: ["sync", "--images"], error: /--images .*needs a value/ },
  { name: "a number that is none", args: ["sync", "--proc", "many"], error: /--proc does not take many/ },
  { name: "no destination", args: ["copy", "HOST/a:1"], error: /DESTINATION.* is missing/ },
  { name: "too many arguments", args: ["digest", "HOST/a", "HOST/b"], error: /too many arguments: .*HOST\/b/ },
  {
    name: "a bad platform on the command line",
    args: ["copy", "--platform", "linux/", "HOST/a:1", "HOST/b"],
    error: /not a platform: linux\/|--platform does not take linux\//,
  },
  {
    name: "a bad platform in slipway.yaml",
    args: SYNC,
    files: { "slipway.yaml": "version: 1\nmirrors:\n  - { from: HOST/a, to: HOST/b, platforms: [linux] }\n" },
    error: /slipway\.yaml:3:\d+: .*linux/,
  },
  {
    name: "a file to import that is of no known format",
    args: ["import", "other.yaml"],
    files: { "other.yaml": "a: { b: c }\n" },
    error: /other\.yaml is in none of the formats/,
  },
];

for (const { name, args, files = {}, error, hint } of CASES) {
  test(`${name}: exit 2, one error with its place, and no registry was asked`, async () => {
    const here = (text: string) => text.replaceAll("HOST", registry.host);
    const written = Object.entries(files).map(([file, text]) => [file, here(text)] as const);
    await using workplace = await Workplace.with(Object.fromEntries(written));
    registry.requests.clear();
    const ended = await workplace.slipway(args.map(here));
    assert.equal(ended.code, 2, ended.stdout + ended.stderr);
    const lines = ended.stderr.replaceAll(registry.host, "HOST").split("\n");
    const errors = lines.filter((line) => line.startsWith("error: "));
    assert.equal(errors.length, 1, ended.stderr);
    assert.match(errors[0] ?? "", error);
    const hints = lines.slice(lines.findIndex((line) => line.startsWith("error: ")) + 1);
    assert.match(hints[0] ?? "", /^ {2}\S/, ended.stderr);
    if (hint !== undefined) assert.match(hints.join("\n"), hint);
    assert.equal(ended.stdout, "");
    assert.equal(registry.requests.length, 0);
  });
}

test("all problems of a file are told at once, each with its place", async () => {
  const text =
    "version: 1\nmirors: []\nhosts:\n  a.example: { concurrency: none }\nmirrors:\n  - { from: 1, to: [c.example/d], tgas: latest }\n";
  await using workplace = await Workplace.with({ "slipway.yaml": text });
  const ended = await workplace.slipway(["sync"]);
  assert.equal(ended.code, 2, ended.stderr);
  for (const place of [/slipway\.yaml:2:1/, /slipway\.yaml:4:\d+/, /slipway\.yaml:6:\d+/])
    assert.match(ended.stderr, place);
});

test("with --json the error is data on stdout", async () => {
  await using workplace = await Workplace.with({ "slipway.yaml": "version: 1\nmirors: []\n" });
  const ended = await workplace.slipway(["sync", "--json"]);
  assert.equal(ended.code, 2, ended.stderr);
  const report = JSON.parse(ended.stdout);
  assert.equal(report.ok, false);
  assert.match(report.errors[0].code, /^CONFIG_KEY_/);
  assert.match(report.errors[0].message, /slipway\.yaml:2:1/);
});
