import assert from "node:assert/strict";
import { chmod, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { inspect } from "node:util";
import { isRunning } from "../../target/process.ts";
import { temporaryFolder } from "../../target/temporary-folder.ts";
import { expectSuccess } from "./build-failed.ts";
import { type Program, runProgram } from "./run-program.ts";

const SHELL: Program = { name: "sh", install: "apt-get install dash" };
const environment = process.env;

async function program(context: TestContext, script: string, mode = 0o755): Promise<Program & { folder: string }> {
  const folder = await temporaryFolder(context);
  await writeFile(join(folder, "builder"), `#!/bin/sh\n${script}\n`);
  await chmod(join(folder, "builder"), mode);
  return { name: join(folder, "builder"), install: "apt-get install builder", folder };
}

describe("a program", () => {
  it("is given its arguments as they are, and the environment", async () => {
    const args = ["-c", 'printf "%s|" "$@" "$GREETING"', "sh", "a b", "$HOME", "*", "; exit 1"];
    const { failed, output } = await runProgram(SHELL, args, {
      environment: { ...environment, GREETING: "hello" },
    });
    assert.deepEqual({ failed, output }, { failed: undefined, output: "a b|$HOME|*|; exit 1|hello|" });
  });

  it("is heard line by line, on both of its streams", async () => {
    const lines: string[] = [];
    await runProgram(SHELL, ["-c", "echo one; echo two >&2"], { environment, onLine: (line) => lines.push(line) });
    assert.deepEqual(lines.sort(), ["one", "two"]);
  });

  it("that fails is remembered by its last 20 lines and told by the one that says why", async () => {
    const script = "for i in $(seq 30); do echo line $i; done; echo 'ERROR: no such file'; echo bye; exit 3";
    const ending = await runProgram(SHELL, ["-c", script], { environment });
    assert.equal(ending.lastLines.length, 20);
    assert.equal(ending.lastLines[0], "line 13");
    assert.throws(() => expectSuccess("buildah", ending), {
      code: "BUILD_FAILED",
      message: "buildah did not build the image (exit code 3): ERROR: no such file",
      cause: new Error(ending.lastLines.join("\n")),
    });
  });

  it("that dies is told by its signal, and one that says nothing by that", async () => {
    const ending = await runProgram(SHELL, ["-c", "kill -9 $$"], { environment });
    assert.throws(() => expectSuccess("docker build", ending), {
      message: "docker build did not build the image (signal SIGKILL): it said nothing",
    });
  });

  it("is looked for on the environment's own PATH, and named with what installs it", async (context) => {
    const { folder } = await program(context, "echo found");
    const builder = { name: "builder", install: "apt-get install builder" };
    assert.equal((await runProgram(builder, [], { environment: { PATH: folder } })).output, "found\n");
    await assert.rejects(runProgram(builder, [], { environment: { PATH: "/nowhere" } }), {
      code: "BUILD_PROGRAM_MISSING",
      message: "builder is needed to build, but it is not on PATH",
      facts: { program: "builder", reason: "it is not on PATH", install: "apt-get install builder" },
    });
  });

  it("that may not be run is told of", async (context) => {
    const locked = await program(context, "echo never", 0o644);
    await assert.rejects(runProgram(locked, [], { environment }), {
      code: "BUILD_PROGRAM_MISSING",
      facts: { program: locked.name, reason: "it cannot be started (EACCES)", install: "apt-get install builder" },
    });
  });

  it("never has its arguments in an error, whatever goes wrong", async () => {
    const secret = "--build-arg=TOKEN=tops3cret";
    const missing = { name: "no-such-builder", install: "" };
    const failures = await Promise.all([
      runProgram(missing, [secret], { environment }).catch((thrown) => thrown),
      runProgram(SHELL, [`${secret}\0`], { environment }).catch((thrown) => thrown),
      runProgram(SHELL, ["-c", "exit 1", secret], { environment })
        .then((ending) => expectSuccess("docker", ending))
        .catch((thrown) => thrown),
    ]);
    assert.deepEqual(
      failures.map(({ code }) => code),
      ["BUILD_PROGRAM_MISSING", "BUILD_FAILED", "BUILD_FAILED"],
    );
    for (const thrown of failures) assert.doesNotMatch(inspect(thrown, { depth: 9, showHidden: true }), /tops3cret/);
  });
});

describe("an abort", () => {
  it("ends a program with all that it has started, and then throws its reason", async (context) => {
    const parent = await program(context, 'sleep 1000 & echo $! > "$0.child"; echo $$ > "$0.self"; echo ready; wait');
    const abort = new AbortController();
    const reason = new Error("enough");
    const run = runProgram(parent, [], { environment, signal: abort.signal, onLine: () => abort.abort(reason) });
    await assert.rejects(run, reason);
    for (const file of [`${parent.name}.self`, `${parent.name}.child`]) {
      const pid = Number(await readFile(file, "utf8"));
      for (let tries = 0; isRunning(pid) && tries < 200; tries += 1) await sleep(25);
      assert.equal(isRunning(pid), false, file);
    }
  });

  it("before the start starts nothing", async (context) => {
    const { name, folder } = await program(context, 'touch "$0.ran"');
    const signal = AbortSignal.abort(new Error("enough"));
    await assert.rejects(runProgram({ name, install: "" }, [], { environment, signal }), { message: "enough" });
    await assert.rejects(readFile(join(folder, "builder.ran")), { code: "ENOENT" });
  });
});
