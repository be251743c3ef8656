import assert from "node:assert/strict";
import { hash, randomUUID } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { formatOwner, thisProcess } from "../target/cache/owner.ts";
import { temporaryFolder } from "../testing/index.ts";
import { takeLock } from "./take-lock.ts";

/** What a process of this machine that is gone would have written. */
async function deadLock(): Promise<string> {
  return `${formatOwner({ ...(await thisProcess()), started: "1" })}\n${randomUUID()}`;
}

function taker(folder: string): () => ReturnType<typeof takeLock> {
  return () => takeLock(join(folder, "lock"), join(folder, `mine-${randomUUID()}`));
}

test("of many that come at once, one gets it, and nothing else is left", async () => {
  for (const dead of [undefined, await deadLock(), "", "no owner"]) {
    for (let round = 0; round < 20; round += 1) {
      await using folder = await temporaryFolder("lock");
      if (dead !== undefined) await writeFile(join(folder.path, "lock"), dead);
      const take = taker(folder.path);
      const states = await Promise.all(Array.from({ length: 8 }, take));
      assert.equal(states.filter(({ state }) => state === "taken").length, 1);
      for (const one of states) if (one.state === "held") assert.equal(one.by.pid, process.pid);
      assert.deepEqual(await readdir(folder.path), ["lock"]);
      assert.match(await readFile(join(folder.path, "lock"), "utf8"), new RegExp(`\n${process.pid}\n`));
    }
  }
});

test("a process that was killed while it replaced a dead lock keeps nobody out either", async () => {
  await using folder = await temporaryFolder("lock");
  const lock = join(folder.path, "lock");
  const dead = await deadLock();
  await writeFile(lock, dead);
  await writeFile(`${lock}-${hash("sha256", dead).slice(0, 16)}`, await deadLock());
  const states = await Promise.all(Array.from({ length: 8 }, taker(folder.path)));
  assert.equal(states.filter(({ state }) => state === "taken").length, 1);
  assert.deepEqual(await readdir(folder.path), ["lock"]);
});

test("a lock of a machine that cannot be asked is believed", async () => {
  await using folder = await temporaryFolder("lock");
  const by = { machine: "another", pid: 1, started: "1" };
  await writeFile(join(folder.path, "lock"), formatOwner(by));
  assert.deepEqual(await taker(folder.path)(), { state: "held", by });
});
