import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { ROOT } from "./sources.ts";

/** A checkout whose command prints the version of the Node that runs it, its folder and its arguments. */
let folder: string;
const main = "console.log(JSON.stringify([process.execPath, process.cwd(), ...process.argv.slice(2)]) satisfies void);";

before(() => {
  folder = mkdtempSync(join(tmpdir(), "slipway launcher "));
  write("own/src/cli/main.ts", main);
  write("other/src/cli/main.ts", main);
  for (const checkout of ["own", "other", "bare"])
    cpSync(join(ROOT, "bin"), join(folder, checkout, "bin"), { recursive: true });
  for (const path of ["own/node_modules/node/bin", "other/node_modules", "links/deep", "new", "away"]) {
    mkdirSync(join(folder, path), { recursive: true });
  }
  symlinkSync(process.execPath, join(folder, "own/node_modules/node/bin/node"));
  symlinkSync(process.execPath, join(folder, "new/node"));
  write("old/node", "#!/bin/sh\necho v24.14.9\n");
  chmodSync(join(folder, "old/node"), 0o755);
  symlinkSync("../own/bin/slipway", join(folder, "links/relative"));
  symlinkSync(join(folder, "links/relative"), join(folder, "links/deep/absolute"));
});

after(() => rmSync(folder, { recursive: true }));

function write(path: string, content: string): void {
  mkdirSync(join(folder, path, ".."), { recursive: true });
  writeFileSync(join(folder, path), content);
}

function launch(command: string, ...path: readonly string[]) {
  const PATH = [...path.map((name) => join(folder, name)), "/usr/bin", "/bin"].join(":");
  const ended = spawnSync(command, ["a b", "--flag"], {
    cwd: join(folder, "away"),
    encoding: "utf8",
    env: { PATH, HOME: join(folder, "home") },
  });
  return { status: ended.status, error: ended.stderr, output: ended.stdout };
}

for (const command of ["own/bin/slipway", "links/relative", "links/deep/absolute", "away/../own/bin/slipway"]) {
  test(`${command} runs the checkout's own Node in the caller's folder`, () => {
    const { status, error, output } = launch(join(folder, command), "old");
    assert.deepEqual({ status, error }, { status: 0, error: "" });
    assert.deepEqual(JSON.parse(output), [process.execPath, join(folder, "away"), "a b", "--flag"]);
  });
}

test("a relative command works, too", () => {
  assert.equal(launch("../own/bin/slipway").status, 0);
});

test("without a Node of its own, it takes a new enough one of PATH", () => {
  const { status, output } = launch(join(folder, "other/bin/slipway"), "new");
  assert.equal(status, 0);
  assert.equal(JSON.parse(output)[0], process.execPath);
});

test("an older Node is refused, and the error says what to do", () => {
  const { status, error } = launch(join(folder, "other/bin/slipway"), "old");
  assert.equal(status, 1);
  assert.equal(
    error,
    "slipway: it needs Node 24.15 or later, and neither its checkout nor PATH has one\n" +
      `  run: cd ${join(folder, "other")} && npm ci\n`,
  );
});

test("a checkout that was never installed says so", () => {
  const { status, error } = launch(join(folder, "bare/bin/slipway"), "new");
  assert.equal(status, 1);
  assert.match(error, /^slipway: its dependencies are not installed\n {2}run: cd .*\/bare && npm ci\n$/);
});
