import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFile, readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { temporaryFolder } from "../testing/index.ts";
import { failure } from "../words/error.ts";
import { recordedIn } from "./effects.ts";
import { type JournalEntry, openJournal, pastRuns } from "./journal.ts";

const BUILD = { kind: "build", subject: "1.2.3" } as const;
const ENTRIES: readonly JournalEntry[] = [
  { state: "begun", command: "slipway release 1.2.3" },
  { state: "intent", ...BUILD },
  { state: "failed", ...BUILD, code: "BUILD_FAILED" },
  { state: "step", step: "build", status: "failed", code: "BUILD_FAILED" },
  { state: "ended", exit: 1 },
];

/** What was written of each run, without its times. */
async function read(folder: string, version: string) {
  return (await pastRuns(folder, version)).map(({ entries }) => entries.map(({ at: _, ...entry }) => entry));
}

test("what is written is read back, in its order, each entry with its time", async () => {
  await using folder = await temporaryFolder("journal");
  await using journal = await openJournal(folder.path, "1.2.3");
  const before = new Date().toISOString();
  for (const entry of ENTRIES) await journal.write(entry);
  assert.deepEqual(await read(folder.path, "1.2.3"), [ENTRIES]);
  const [run] = await pastRuns(folder.path, "1.2.3");
  const times = run?.entries.map(({ at }) => at) ?? [];
  assert.deepEqual(times, [...times].sort());
  assert.ok(times.every((at) => at >= before && at <= new Date().toISOString()));
});

test("entries that are written side by side stay whole and in the order of their writing", async () => {
  await using folder = await temporaryFolder("journal");
  await using journal = await openJournal(folder.path, "1.2.3");
  const entries = Array.from(
    { length: 100 },
    (_, at): JournalEntry => ({
      state: "step",
      step: "push",
      status: `${at} ${"x".repeat(at * 50)}`,
    }),
  );
  await Promise.all(entries.map((entry) => journal.write(entry)));
  assert.deepEqual(await read(folder.path, "1.2.3"), [entries]);
});

test("runs of a version are the oldest first, and versions do not mix", async () => {
  await using folder = await temporaryFolder("journal");
  for (const [version, command] of [
    ["1.2.3", "first"],
    ["2.0.0", "other"],
    ["1.2.3", "second"],
  ] as const) {
    await using journal = await openJournal(folder.path, version);
    await journal.write({ state: "begun", command });
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  assert.deepEqual(await read(folder.path, "1.2.3"), [
    [{ state: "begun", command: "first" }],
    [{ state: "begun", command: "second" }],
  ]);
  assert.deepEqual(await read(folder.path, "3.0.0"), []);
});

test("a version may hold what a path may not", async () => {
  await using folder = await temporaryFolder("journal");
  for (const version of ["1.2.3+build/7", "../up", "..", "."]) {
    await using journal = await openJournal(folder.path, version);
    await journal.write({ state: "begun", command: version });
    assert.ok(journal.file.startsWith(join(folder.path, "/")), journal.file);
    assert.deepEqual((await read(folder.path, version)).at(-1), [{ state: "begun", command: version }]);
  }
});

test("a torn last line, and lines that are none of ours, are passed over", async () => {
  await using folder = await temporaryFolder("journal");
  {
    await using journal = await openJournal(folder.path, "1.2.3");
    await journal.write({ state: "intent", ...BUILD });
    await appendFile(
      journal.file,
      '{"at":"2026-01-01","state":"thought"}\n[]\n{"at":"2026-01-01T00:00:00Z","state":"do',
    );
  }
  assert.deepEqual(await read(folder.path, "1.2.3"), [[{ state: "intent", ...BUILD }]]);
});

test("what was written is there when the process is killed the moment after", async () => {
  await using folder = await temporaryFolder("journal");
  const module = pathToFileURL(join(import.meta.dirname, "journal.ts")).href;
  const code = `
    const { openJournal } = await import(${JSON.stringify(module)});
    const journal = await openJournal(process.argv[1], "1.2.3");
    for (let at = 0; at < 20; at += 1) await journal.write({ state: "step", step: "push", status: String(at) });
    process.kill(process.pid, "SIGKILL");`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", code, folder.path], { stdio: "inherit" });
  const [, signal] = await once(child, "exit");
  assert.equal(signal, "SIGKILL");
  const [entries = []] = await read(folder.path, "1.2.3");
  assert.deepEqual(
    entries.map(({ status }) => status),
    Array.from({ length: 20 }, (_, at) => String(at)),
  );
});

test("an effect: the intent before, what became of it after, and its failure goes on", async () => {
  await using folder = await temporaryFolder("journal");
  await using journal = await openJournal(folder.path, "1.2.3");
  const { perform } = recordedIn(journal);
  const seen = await perform(BUILD, () => readFile(journal.file, "utf8"));
  assert.match(seen, /^\{[^\n]*"state":"intent","kind":"build","subject":"1.2.3"\}\n$/);
  const error = failure("TAG_TAKEN", { image: "a", there: "b", ours: "c" });
  await assert.rejects(
    perform(BUILD, () => Promise.reject(error)),
    (thrown: unknown) => thrown === error,
  );
  assert.deepEqual(await read(folder.path, "1.2.3"), [
    [
      { state: "intent", ...BUILD },
      { state: "done", ...BUILD },
      { state: "intent", ...BUILD },
      { state: "failed", ...BUILD, code: "TAG_TAKEN" },
    ],
  ]);
});
