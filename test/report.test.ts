import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { blobBytes, randomImage, startRegistry, type TestRegistry } from "../src/testing/index.ts";
import { Workplace } from "./support/workplace.ts";

const image = await randomImage({ seed: "report" });
const bytes = blobBytes(image);
const DIGEST = image.root.digest;

let source: TestRegistry;
let one: TestRegistry;
let two: TestRegistry;

before(async () => {
  source = await startRegistry();
  await source.put("team/app", image, "v1");
});

after(() => source.close());

/** A configuration that copies to two registries, which are new. */
async function place(): Promise<AsyncDisposable & { readonly workplace: Workplace }> {
  const stack = new AsyncDisposableStack();
  one = stack.use(await startRegistry());
  two = stack.use(await startRegistry());
  const to = `[${one.host}/a, ${two.host}/b]`;
  const config = `version: 1\nmirrors:\n  - { from: ${source.host}/team/app, to: ${to}, tags: [v1] }\n`;
  const workplace = stack.use(await Workplace.with({ "slipway.yaml": config }));
  return { workplace, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

const NOTHING = { bytesRead: 0, bytesWritten: 0, bytesMounted: 0, bytesSkipped: 0 };

test("--json and --report FILE give the report that scripts rely on", async () => {
  await using here = await place();
  const { workplace } = here;
  two.faults.add({ method: "PUT", kind: "manifest", effect: { kind: "status", status: 403 } });
  const ended = await workplace.slipway(["sync", "--json", "--report", "report.json", "--progress", "none"]);
  assert.equal(ended.code, 3, ended.stderr);
  const report = JSON.parse(ended.stdout);
  assert.deepEqual(JSON.parse(await workplace.read("report.json")), report);
  const { requests, seconds, ...totals } = report.totals;
  assert.ok(Number.isInteger(requests) && requests > 0 && typeof seconds === "number" && seconds > 0);
  const [copied, failed] = report.outcomes;
  assert.deepEqual(Object.keys(report), ["version", "command", "ok", "outcomes", "totals"]);
  assert.deepEqual([report.version, report.command, report.ok], [1, "sync", false]);
  const { bytesRead: readForOne, ...rest } = copied;
  const { bytesMounted, bytesSkipped } = NOTHING;
  assert.deepEqual(rest, {
    source: `${source.host}/team/app:v1`,
    destination: `${one.host}/a:v1`,
    status: "copied",
    digest: DIGEST,
    attempts: 1,
    bytesWritten: bytes,
    bytesMounted,
    bytesSkipped,
  });
  assert.equal(failed.status, "failed");
  assert.equal(failed.destination, `${two.host}/b:v1`);
  assert.deepEqual(Object.keys(failed.error), ["code", "message", "hint", "retryable"]);
  assert.equal(failed.error.code, "DENIED");
  assert.equal(failed.error.retryable, false);
  assert.equal(readForOne + failed.bytesRead, bytes);
  assert.deepEqual(totals, { copied: 1, skipped: 0, failed: 1, bytesRead: bytes, bytesWritten: 2 * bytes });

  two.faults.clear();
  const second = await workplace.slipway(["sync", "--json"]);
  assert.equal(second.code, 0, second.stderr);
  const [skipped] = JSON.parse(second.stdout).outcomes;
  assert.deepEqual([skipped.status, skipped.reason, skipped.digest], ["skipped", "in-step", DIGEST]);
});

test("exit codes: 0, 1, 3, 4 and 5 as they are promised", async () => {
  await using here = await place();
  const { workplace } = here;
  const refuse = (status: number) => ({ method: "PUT", kind: "manifest", effect: { kind: "status", status } }) as const;
  const drift = await workplace.slipway(["plan", "sync", "--detailed-exitcode"]);
  assert.equal(drift.code, 5, drift.stderr);
  for (const registry of [one, two]) registry.faults.add(refuse(403));
  assert.equal((await workplace.slipway(["sync"])).code, 4);
  for (const registry of [one, two]) registry.faults.clear();
  for (const registry of [one, two]) registry.faults.add(refuse(400));
  assert.equal((await workplace.slipway(["sync"])).code, 1);
  one.faults.clear();
  assert.equal((await workplace.slipway(["sync"])).code, 3);
  two.faults.clear();
  assert.equal((await workplace.slipway(["sync"])).code, 0);
  assert.equal((await workplace.slipway(["plan", "sync", "--detailed-exitcode"])).code, 0);
});

test("GITHUB_STEP_SUMMARY gets a table, and --log a file with times", async () => {
  await using here = await place();
  const { workplace } = here;
  const env = { GITHUB_STEP_SUMMARY: workplace.path("summary.md"), GITHUB_ACTIONS: "true", CI: "true" };
  const ended = await workplace.slipway(["sync", "--log", "run.log"], { env });
  assert.equal(ended.code, 0, ended.stderr);
  const summary = await workplace.read("summary.md");
  assert.match(summary, /^### ✅ slipway sync\n/);
  for (const destination of [`${one.host}/a:v1`, `${two.host}/b:v1`]) {
    assert.ok(summary.includes(`| ${source.host}/team/app:v1 | ${destination} | copied | \`${DIGEST}\` |`), summary);
  }
  const log = (await workplace.read("run.log")).trimEnd().split("\n");
  assert.equal(log.filter((line) => /^\d{4}-\d\d-\d\dT[\d:.]+Z ✓ /.test(line)).length, 2, log.join("\n"));

  await workplace.slipway(["sync", "--log", "run.log"], { env });
  const longer = (await workplace.read("run.log")).trimEnd().split("\n");
  assert.ok(longer.length > log.length, "a log is added to");
});

test("--progress json writes one object a line to stderr, plain one line an image", async () => {
  await using here = await place();
  const { workplace } = here;
  const json = await workplace.slipway(["sync", "--progress", "json", "--json"]);
  assert.equal(json.code, 0, json.stderr);
  const events = json.stderr
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line).event);
  for (const kind of ["surveying", "planned", "started", "arrived", "ended"]) assert.ok(events.includes(kind), kind);
  assert.equal(events.filter((kind) => kind === "ended").length, 2);
  assert.equal(JSON.parse(json.stdout).ok, true);

  const plain = await workplace.slipway(["sync", "--progress", "plain"]);
  assert.equal(plain.stdout, "");
  assert.equal(plain.stderr.split("\n").filter((line) => line.startsWith("= ")).length, 2);
  assert.ok(!plain.stderr.includes("\u001b"));
});

test("--lang zh-CN and LANG make everything Chinese that is for people, and nothing that is for programs", async () => {
  await using here = await place();
  const { workplace } = here;
  const chosen = await workplace.slipway(["sync", "--lang", "zh-CN"]);
  assert.match(chosen.stderr, /已复制 2/);
  const found = await workplace.slipway(["sync", "--json"], { env: { LC_ALL: "zh_CN.UTF-8" } });
  assert.match(found.stderr, /无变化 2/);
  assert.equal(JSON.parse(found.stdout).outcomes[0].reason, "in-step");
  const absent = await workplace.slipway([
    "copy",
    `${source.host}/team/app:absent`,
    `${one.host}/c`,
    "--lang",
    "zh-CN",
  ]);
  assert.equal(absent.code, 1);
  assert.match(absent.stderr, /错误：.*absent/);
});

test("SIGINT in the middle of a copy ends with 130, and the same command then completes it", async () => {
  const layers = Array.from({ length: 4 }, (_, at) => ({ seed: `long ${at}`, bytes: 2_000_000 }));
  const long = await randomImage({ seed: "long", layers });
  await source.put("team/long", long, "v1");
  await using destination = await startRegistry();
  const effect = { kind: "slow", of: "request", bytesPerSecond: 400_000 } as const;
  destination.faults.add({ method: "PUT", kind: "upload", when: { nth: [2, 3, 4, 5] }, effect });
  await using workplace = await Workplace.with();
  const args = ["copy", `${source.host}/team/long:v1`, `${destination.host}/long`, "--json", "--report", "report.json"];
  const running = workplace.start(args);
  while (destination.requests.bytesIn("PUT", "upload") < 500_000)
    await new Promise((resolve) => setTimeout(resolve, 20));
  const interrupted = performance.now();
  running.kill("SIGINT");
  const first = await running.ended;
  assert.equal(first.code, 130, first.stderr);
  assert.ok(performance.now() - interrupted < 2500, "it took its time to end");
  const report = JSON.parse(await workplace.read("report.json"));
  assert.deepEqual(JSON.parse(first.stdout), report);
  assert.equal(report.ok, false);
  assert.equal(report.errors[0].code, "INTERRUPTED");
  assert.deepEqual(destination.tags("long"), {});

  destination.faults.clear();
  const second = await workplace.slipway(args);
  assert.equal(second.code, 0, second.stderr);
  assert.equal(destination.tags("long").v1, long.root.digest);
  const [outcome] = JSON.parse(second.stdout).outcomes;
  assert.equal(outcome.bytesWritten + outcome.bytesSkipped, blobBytes(long));
});
