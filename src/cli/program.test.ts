import assert from "node:assert/strict";
import { test } from "node:test";
import { SlipwayError } from "../words/error.ts";
import { wordsOf } from "../words/words.ts";
import { commands } from "./commands.ts";
import { plainPaint } from "./output/color.ts";
import { parse } from "./program.ts";

async function read(...argv: readonly string[]) {
  const written: string[] = [];
  const stream = { write: (text: string | Uint8Array) => written.push(String(text)) };
  const setting = { words: wordsOf("en"), version: "1.2.3", out: stream, err: stream, paint: plainPaint };
  const parsed = await parse(argv, commands, setting);
  return { invocation: typeof parsed === "number" ? undefined : parsed, exit: parsed, written };
}

async function refusal(...argv: readonly string[]): Promise<SlipwayError> {
  const error = await read(...argv).then(
    () => assert.fail("it was taken"),
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof SlipwayError, String(error));
  return error;
}

test("program: image-syncer's command line", async () => {
  const { invocation } = await read(
    ...["sync", "--auth", "./auth.yaml", "--images=./images.yaml", "--proc=10", "-r", "3", "--force"],
    ...["--os", "linux", "--os=windows:10", "--arch", "amd64,arm64:v8", "--log", "x.log"],
    ...["--output-success-images", "done.json", "--output-images-format", "json"],
  );
  assert.equal(invocation?.command, "sync");
  assert.deepEqual(invocation?.values(), {
    auth: "./auth.yaml",
    images: "./images.yaml",
    proc: 10,
    retries: 3,
    os: ["linux", "windows:10"],
    arch: ["amd64", "arm64:v8"],
    force: true,
    outputSuccessImages: "done.json",
    outputImagesFormat: "json",
    adapt: false,
    check: false,
    prune: false,
    yes: false,
    notify: true,
    dryRun: false,
    detailedExitcode: false,
  });
  assert.equal(invocation?.globals.log, "x.log");
});

test("program: global options before and after the command", async () => {
  for (const argv of [
    ["--json", "-c", "a.yaml", "--no-input", "sync"],
    ["sync", "--json", "--config", "a.yaml", "--no-input"],
  ]) {
    const { invocation } = await read(...argv);
    assert.deepEqual(invocation?.globals, { json: true, config: "a.yaml", input: false });
  }
});

test("program: referrers are as the configuration says unless told", async () => {
  const said = async (...argv: readonly string[]) =>
    (await read("sync", ...argv)).invocation?.values<{ referrers?: boolean }>().referrers;
  assert.equal(await said(), undefined);
  assert.equal(await said("--referrers"), true);
  assert.equal(await said("--no-referrers"), false);
});

test("program: plan is a command in front of a command", async () => {
  const { invocation } = await read("plan", "copy", "a/b:1", "c.example/d", "e.example/f", "--platform", "linux/arm64");
  assert.equal(invocation?.command, "plan copy");
  assert.deepEqual(invocation?.positional, ["a/b:1", "c.example/d", "e.example/f"]);
});

const refusals: readonly [readonly string[], string, Readonly<Record<string, string>>][] = [
  [["snyc"], "COMMAND_MISSPELT", { command: "snyc", nearest: "sync" }],
  [["frobnicate"], "COMMAND_UNKNOWN", { command: "frobnicate" }],
  [["config", "chek"], "COMMAND_MISSPELT", { nearest: "check" }],
  [["sync", "--imgaes", "x"], "OPTION_MISSPELT", { option: "--imgaes", nearest: "--images" }],
  [["sync", "--frobnicate", "x"], "OPTION_UNKNOWN", { option: "--frobnicate", usage: "slipway sync [options]" }],
  [["sync", "--limit-rate", "fast"], "OPTION_VALUE_INVALID", { option: "--limit-rate", expected: "20MB/s" }],
  [["sync", "--auth"], "OPTION_VALUE_MISSING", { option: "--auth <FILE>" }],
  [["sync", "--proc", "0"], "OPTION_VALUE_INVALID", { option: "--proc", value: "0" }],
  [["sync", "--retries", "1e3"], "OPTION_VALUE_INVALID", { value: "1e3" }],
  [["--color", "pink", "sync"], "OPTION_VALUE_INVALID", { expected: "auto | always | never" }],
  [["copy", "a"], "ARGUMENT_MISSING", { argument: "DESTINATION" }],
  [["digest", "a", "b"], "ARGUMENTS_TOO_MANY", { arguments: "a, b" }],
];

for (const [argv, code, facts] of refusals) {
  test(`program: refuses ${argv.join(" ")}`, async () => {
    const error = await refusal(...argv);
    assert.equal(error.code, code);
    assert.deepEqual({ ...error.facts, ...facts }, error.facts);
  });
}

test("program: help and version are printed, and nothing is to be run", async () => {
  const version = await read("--version", "--json");
  assert.deepEqual(version.written, ["1.2.3\n"]);
  assert.equal(version.exit, 0);
  assert.equal((await read("help", "sync")).exit, 0);
  assert.equal((await read("config")).exit, 2);
});

test("program: every command and option has its help in both languages", async () => {
  for (const language of ["en", "zh-CN"] as const) {
    const written: string[] = [];
    const stream = { write: (text: string | Uint8Array) => written.push(String(text)), columns: 400 };
    const setting = { words: wordsOf(language), version: "1", out: stream, err: stream, paint: plainPaint };
    for (const command of commands) {
      const paths =
        command.kind === "group" ? command.commands.map(({ name }) => [command.name, name]) : [[command.name]];
      for (const path of paths) await parse([...path, "--help"], commands, setting);
    }
    const lines = written
      .join("")
      .split("\n")
      .filter((line) => /^ {2}-/.test(line));
    assert.ok(lines.length > 30);
    for (const line of lines) assert.match(line, /^ {2}-.*\S {2,}\S/, line);
  }
});
