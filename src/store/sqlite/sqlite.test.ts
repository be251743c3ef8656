import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import { temporaryFolder } from "../../testing/servers/folder.ts";
import { openStore } from "../open.ts";
import { NO_RUN_COUNTS } from "../records.ts";

const OPEN = new URL("../open.ts", import.meta.url).href;
const T = 1_790_000_000_000;

/** Another process that opens the store of a folder, does something, and says a line; it stays until it is ended. */
async function inProcess(dataDir: string, deed = ""): Promise<{ readonly child: ChildProcess; readonly said: string }> {
  const script = `
    const { openStore } = await import(${JSON.stringify(OPEN)});
    setInterval(() => undefined, 60_000);
    try {
      const store = await openStore({ dataDir: ${JSON.stringify(dataDir)} });
      ${deed}
      console.log("open");
    } catch (error) {
      console.log(error.code + " " + error.message);
    }`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  child.stdout.setEncoding("utf8");
  await Promise.race([
    once(child, "exit"),
    (async () => {
      for await (const text of child.stdout) {
        said += text;
        if (said.endsWith("\n")) return;
      }
    })(),
  ]);
  return { child, said: said.trim() };
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGKILL");
  await once(child, "exit");
}

test("F32: a second process on the same data folder is refused, and told who has it, until that one is gone", async () => {
  await using folder = await temporaryFolder("hold");
  const holder = await inProcess(folder.path);
  assert.equal(holder.said, "open");
  const names = { code: "STORE_IN_USE", message: new RegExp(`process ${holder.child.pid} on ${hostname()}, since 2`) };
  await assert.rejects(openStore({ dataDir: folder.path }), names);
  const second = await inProcess(folder.path);
  assert.match(second.said, /^STORE_IN_USE .*process \d+ on/);
  await kill(second.child);
  holder.child.kill("SIGSTOP");
  await assert.rejects(openStore({ dataDir: folder.path }), names, "also while it is only stopped");
  await kill(holder.child);
  const store = await openStore({ dataDir: folder.path });
  assert.equal(JSON.parse(await readFile(join(folder.path, "holder.json"), "utf8")).pid, process.pid);
  await store.close();
});

test("F32: one process does not open a folder twice either, and lets it go when it closes", async () => {
  await using folder = await temporaryFolder("hold");
  const dataDir = join(folder.path, "deep", "data");
  const store = await openStore({ dataDir });
  await assert.rejects(openStore({ dataDir }), { code: "STORE_IN_USE" });
  await assert.rejects(openStore({ dataDir }), { code: "STORE_IN_USE" }, "being refused gives nothing up");
  const other = await inProcess(dataDir);
  assert.match(other.said, /^STORE_IN_USE/);
  await kill(other.child);
  await store.close();
  await (await openStore({ dataDir })).close();
});

test("only its owner reads what is kept, also in a folder that others may read", async () => {
  await using folder = await temporaryFolder("hold");
  const mode = async (...path: readonly string[]) =>
    ((await stat(join(folder.path, ...path))).mode & 0o777).toString(8);
  const made = await openStore({ dataDir: join(folder.path, "made") });
  assert.equal(await mode("made"), "700");
  await made.close();
  await mkdir(join(folder.path, "given"));
  await chmod(join(folder.path, "given"), 0o755);
  const store = await openStore({ dataDir: join(folder.path, "given") });
  await store.runs.begin({ mirror: "a", trigger: "manual", key: "k", at: T });
  const files = ["slipway.db", "slipway.db-wal", "slipway.db-shm", "lock.db", "holder.json"];
  for (const file of files) assert.equal(await mode("given", file), "600", file);
  assert.equal(await mode("given"), "755");
  await store.close();
});

/** What a process does to a run of two batches until it is killed, and what is there then. */
const deaths: readonly (readonly [string, string, object])[] = [
  ["in the middle of a transaction, half of it done", "tags: [dying], hosts: []", { total: 1, ended: 0, lines: 0 }],
  ["in the middle of a transaction, near its end", "tags: [], hosts: [dying]", { total: 1, ended: 0, lines: 0 }],
  ["right after it was answered", "tags: [], hosts: []", { total: 3, ended: 1, lines: 2 }],
];
for (const [when, what, expected] of deaths) {
  test(`F29: a process that is killed ${when} leaves all or nothing, and the next goes on`, async () => {
    await using folder = await temporaryFolder("death");
    const { child } = await inProcess(
      folder.path,
      `
      await store.runs.begin({ mirror: "m", trigger: "manual", key: "k", at: ${T} });
      const lease = await store.jobs.claim({ worker: "w", at: ${T}, lease: 1000 });
      const counts = ${JSON.stringify({ ...NO_RUN_COUNTS, copied: 1 })};
      const die = () => process.kill(process.pid, "SIGKILL");
      const dying = { mirror: "m", source: "s", destination: "d:1", host: "h", limit: 1, remaining: 1,
        tag: "1", state: "in-step", checkedAt: ${T}, get inStepAt() { die(); }, get seenAt() { die(); } };
      const line = { at: ${T}, level: "info", key: "x", facts: {} };
      const result = { at: ${T}, counts, lines: [line, line], ${what} };
      await store.jobs.split(lease, [{ tags: ["1"] }, { tags: ["2"] }], result);
      die();`,
    );
    await kill(child);
    const store = await openStore({ dataDir: folder.path });
    const [run] = await store.runs.list({ limit: 2 });
    assert.ok(run);
    const lines = (await store.runs.lines(run.id, 0, 9)).length;
    assert.deepEqual({ ...run.jobs, lines, state: run.state }, { ...expected, state: "running" });
    const claim = () => store.jobs.claim({ worker: "w2", at: T + 1000, lease: 1000 });
    const result = { at: T, counts: NO_RUN_COUNTS, lines: [], tags: [], hosts: [] };
    for (let lease = await claim(); lease !== undefined; lease = await claim()) {
      const parts = lease.job.kind === "plan" ? [{ tags: ["1"] }, { tags: ["2"] }] : [];
      assert.equal(await store.jobs.split(lease, parts, result), true);
    }
    assert.deepEqual((await store.runs.get(run.id))?.jobs, { total: 3, ended: 3 });
    await store.close();
    const check = new DatabaseSync(join(folder.path, "slipway.db"));
    assert.deepEqual({ ...check.prepare("pragma integrity_check").get() }, { integrity_check: "ok" });
    check.close();
  });
}

test("what a process had in hand when it died is free at once for the next one of the folder", async () => {
  await using folder = await temporaryFolder("left");
  const claim = { worker: "dead", at: T, lease: 60_000 };
  const deed = `
    await store.runs.begin({ mirror: "m", trigger: "manual", key: "k", at: ${T} });
    await store.jobs.claim(${JSON.stringify(claim)});
    await store.workers.seen({ id: "dead", host: "h", version: "1", startedAt: ${T}, seenAt: ${T}, busy: 1 });`;
  const { child, said } = await inProcess(folder.path, deed);
  assert.equal(said, "open");
  await kill(child);
  const store = await openStore({ dataDir: folder.path });
  try {
    assert.deepEqual(await store.workers.all(), []);
    const lease = await store.jobs.claim({ ...claim, worker: "next", at: T + 1 });
    assert.deepEqual([lease?.epoch, lease?.job.attempts], [2, 2]);
  } finally {
    await store.close();
  }
});

test("a database of a later version is refused, and left as it is", async () => {
  await using folder = await temporaryFolder("later");
  await (await openStore({ dataDir: folder.path })).close();
  const file = join(folder.path, "slipway.db");
  const later = new DatabaseSync(file);
  later.exec("insert into kysely_migration values ('0009-later', '2030-01-01T00:00:00.000Z')");
  later.close();
  const refused = { code: "STORE_TOO_NEW", facts: { where: file, migration: "0009-later" }, retryable: false };
  await assert.rejects(openStore({ dataDir: folder.path }), refused);
  await assert.rejects(openStore({ dataDir: folder.path }), refused, "and the folder was let go");
});

test("what is no database, or cannot be written, is said so", async () => {
  await using folder = await temporaryFolder("broken");
  await writeFile(
    join(folder.path, "slipway.db"),
    "something else, longer than a header of SQLite's would be: ".repeat(9),
  );
  const where = join(folder.path, "slipway.db");
  await assert.rejects(openStore({ dataDir: folder.path }), { code: "STORE_FAILED", retryable: false });
  await assert.rejects(openStore({ dataDir: where }), { code: "STORE_FAILED", message: /EEXIST/ });
});
