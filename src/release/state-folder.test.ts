import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { temporaryFolder } from "../testing/index.ts";
import { holdStateFolder, stateFolder } from "./state-folder.ts";

test("the folder is made, and git does not see it", async () => {
  await using folder = await temporaryFolder("state");
  const state = stateFolder(folder.path);
  assert.equal(state.path, join(folder.path, ".slipway"));
  await using _ = await holdStateFolder(state);
  assert.equal(await readFile(join(state.path, ".gitignore"), "utf8"), "*\n");
});

test("one run at a time, and the next as soon as it has ended", async () => {
  await using folder = await temporaryFolder("state");
  const state = stateFolder(folder.path);
  {
    await using _ = await holdStateFolder(state);
    await assert.rejects(holdStateFolder(state), { code: "PROJECT_BUSY", retryable: false });
  }
  await using _ = await holdStateFolder(state);
  assert.deepEqual(await readdir(state.temporary), [], "nothing is left of who was refused");
});

test("F32: a second process is refused and told which one holds it; a killed one keeps nobody out", async () => {
  await using folder = await temporaryFolder("state");
  const state = stateFolder(folder.path);
  const child = await holdingProcess(folder.path);
  try {
    await assert.rejects(holdStateFolder(state), {
      code: "PROJECT_BUSY",
      facts: { folder: state.path, pid: child.pid, lock: join(state.path, "lock") },
    });
  } finally {
    child.kill("SIGKILL");
  }
  await once(child, "exit");
  await using _ = await holdStateFolder(state);
});

test("of many that come at once when a killed one has left its lock, one gets it", async () => {
  await using folder = await temporaryFolder("state");
  const state = stateFolder(folder.path);
  const child = await holdingProcess(folder.path);
  child.kill("SIGKILL");
  await once(child, "exit");
  const tries = await Promise.allSettled(Array.from({ length: 8 }, () => holdStateFolder(state)));
  const held = tries.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  assert.equal(held.length, 1);
  for (const one of held) await one[Symbol.asyncDispose]();
});

/** A process that holds the folder until it is killed. */
async function holdingProcess(folder: string): Promise<ChildProcess> {
  const module = pathToFileURL(join(import.meta.dirname, "state-folder.ts")).href;
  const code = `
    const { holdStateFolder, stateFolder } = await import(${JSON.stringify(module)});
    await holdStateFolder(stateFolder(process.argv[1]));
    console.log("held");
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", code, folder], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(child.stdout ?? child, "data");
  return child;
}
