import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { commands } from "../commands.ts";
import { bashCompletion } from "./bash.ts";
import { fishCompletion } from "./fish.ts";
import { positionsOf } from "./words.ts";
import { zshCompletion } from "./zsh.ts";

const positions = positionsOf(commands);
const script = bashCompletion(positions);

/** What bash offers for a command line whose last word is being written. */
function offered(...words: readonly string[]): readonly string[] {
  const line = words.map((word) => `'${word}'`).join(" ");
  const ask = `${script}\nCOMP_WORDS=(slipway ${line}); COMP_CWORD=${words.length}; _slipway; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { status, stdout, stderr } = spawnSync("bash", ["--norc", "-c", ask], { encoding: "utf8" });
  assert.equal(status, 0, stderr);
  return stdout.split("\n").filter((word) => word !== "");
}

test("completion: bash takes the script, and so does zsh's emulation of it", () => {
  for (const text of [script, zshCompletion(positions)]) {
    const { status, stderr } = spawnSync("bash", ["-n"], { input: text, encoding: "utf8" });
    assert.equal(status, 0, stderr);
  }
});

test("completion: commands, options and their values", () => {
  assert.deepEqual(offered("s"), ["sync", "serve", "site"]);
  assert.deepEqual(offered("plan", "c"), ["copy", "contract"]);
  assert.deepEqual(offered("config", ""), ["check", "schema", "show", ...offered("config", "--")]);
  assert.deepEqual(offered("sync", "--im"), ["--images"]);
  assert.deepEqual(offered("sync", "--no-r"), ["--no-referrers"]);
  assert.deepEqual(offered("sync", "--force", "--output-images-format", ""), ["yaml", "json"]);
  assert.deepEqual(offered("--progress", "pl"), ["plain"]);
  assert.deepEqual(offered("completion", ""), ["bash", "zsh", "fish", ...offered("completion", "--")]);
});

test("completion: an option of one command is not offered for another", () => {
  assert.deepEqual(offered("tags", "--im"), []);
});

test("completion: fish knows every command and every long option", () => {
  const text = fishCompletion(positions);
  for (const { path, commands: names, flags } of positions) {
    const here = text.split("\n").filter((line) => line.includes(`'__slipway_at "${path}"'`));
    for (const name of names)
      assert.ok(
        here.some((line) => line.endsWith(`-a '${name}'`)),
        `${path} ${name}`,
      );
    for (const long of flags.flatMap((flag) => flag.names).filter((flag) => flag.startsWith("--"))) {
      assert.ok(
        here.some((line) => line.includes(`-l ${long.slice(2)}`)),
        `${path} ${long}`,
      );
    }
  }
});
