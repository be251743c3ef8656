import assert from "node:assert/strict";
import { test } from "node:test";
import { commandEnvironment, readInputs } from "./inputs.ts";
import { invocationOf } from "./invocation.ts";

const usual = { workingDirectory: ".", partial: "fail" } as const;

test("inputs are read from the environment of the step", () => {
  assert.deepEqual(readInputs({ SLIPWAY_INPUT_COMMAND: "sync", SLIPWAY_INPUT_ARGS: "" }), {
    ...usual,
    command: "sync",
    args: [],
  });
  assert.deepEqual(
    readInputs({
      SLIPWAY_INPUT_ARGS: "tags\nghcr.io/acme/app\n",
      SLIPWAY_INPUT_VERSION: " 1.2.3 ",
      SLIPWAY_INPUT_WORKING_DIRECTORY: "api",
      SLIPWAY_INPUT_PARTIAL: "pass",
    }),
    { command: "run", args: ["tags", "ghcr.io/acme/app"], version: "1.2.3", workingDirectory: "api", partial: "pass" },
  );
});

for (const [environment, facts] of [
  [{ COMMAND: "publish" }, { input: "command", value: "publish", expected: "setup | sync | push | release | run" }],
  [
    { COMMAND: "sync", PARTIAL: "yes" },
    { input: "partial", value: "yes", expected: "fail | pass" },
  ],
  [{}, { input: "args", value: "nothing", expected: "a command of Slipway's with `command: run`" }],
  [
    { COMMAND: "setup", ARGS: "x" },
    { input: "args", value: "x", expected: "nothing with `command: setup`" },
  ],
] as const) {
  test(`refused: ${JSON.stringify(environment)}`, () => {
    const named = Object.fromEntries(
      Object.entries(environment).map(([name, value]) => [`SLIPWAY_INPUT_${name}`, value]),
    );
    assert.throws(() => readInputs(named), { code: "ACTION_INPUT_INVALID", facts });
  });
}

test("a command sees its own environment, and the version that was asked for", () => {
  const environment = { PATH: "/bin", SLIPWAY_VERSION: "1.0.0", SLIPWAY_INPUT_COMMAND: "push" };
  const inputs = { ...usual, command: "push", args: [] } as const;
  assert.deepEqual(commandEnvironment(environment, inputs), { PATH: "/bin", SLIPWAY_VERSION: "1.0.0" });
  assert.deepEqual(commandEnvironment(environment, { ...inputs, version: "2.0.0" }), {
    PATH: "/bin",
    SLIPWAY_VERSION: "2.0.0",
  });
});

const COMMAND_LINES = [
  ["sync", [], ["--report", "/tmp/r", "sync"], "/tmp/r"],
  ["push", ["azure", "--", "--report"], ["--report", "/tmp/r", "push", "azure", "--", "--report"], "/tmp/r"],
  ["run", ["tags", "a.example/b"], ["--report", "/tmp/r", "tags", "a.example/b"], "/tmp/r"],
  ["sync", ["--report", "mine.json"], ["sync", "--report", "mine.json"], "/work/mine.json"],
  ["release", ["--report=/x/y"], ["release", "--report=/x/y"], "/x/y"],
] as const;

for (const [command, args, argv, report] of COMMAND_LINES) {
  test(`command line: ${[command, ...args].join(" ")}`, () => {
    assert.deepEqual(invocationOf({ ...usual, command, args }, "/work", "/tmp/r"), { argv, report });
  });
}
