import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { run } from "./run.ts";

let folder = "";
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "slipway-cli-"));
});
after(() => rm(folder, { recursive: true }));

/** Runs a command line as main.ts does, with what it wrote. */
async function slipway(...argv: readonly string[]) {
  const written = { out: "", err: "" };
  const environment = { HOME: folder, PATH: "", LANG: "C" };
  const exit = await run(argv, {
    environment,
    out: { write: (text) => (written.out += String(text)) },
    err: { write: (text) => (written.err += String(text)) },
    signal: new AbortController().signal,
    version: "1.2.3",
  });
  return { exit, ...written };
}

async function file(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

test("run: usage errors go to stderr, with the nearest name", async () => {
  const { exit, out, err } = await slipway("sync", "--imgaes", "x");
  assert.deepEqual({ exit, out }, { exit: 2, out: "" });
  assert.equal(
    err,
    "error: there is no option --imgaes here\n  did you mean --images? Usage: slipway sync [options]\n",
  );
});

test("run: errors in the language asked for", async () => {
  const { err } = await slipway("--lang", "zh-CN", "snyc");
  assert.equal(err, "错误：没有 snyc 这个命令\n  您是想用 sync 吗？`slipway help` 可列出所有命令\n");
});

test("run: with --json an error is a report on stdout, too, and --report writes it", async () => {
  const config = await file("bad.yaml", "version: 1\nmirrors:\n  - from: a/b\n    to: [c.example/d]\n    tgas: {}\n");
  const report = join(folder, "report.json");
  const { exit, out, err } = await slipway("config", "check", "-c", config, "--json", "--report", report);
  assert.equal(exit, 2);
  assert.match(err, /bad\.yaml:5:5/);
  const told: { ok: boolean; command: string; errors: readonly { code: string }[] } = JSON.parse(out);
  assert.deepEqual(
    [told.ok, told.command, told.errors.map(({ code }) => code)],
    [false, "config check", ["CONFIG_KEY_MISSPELT"]],
  );
  assert.equal(await readFile(report, "utf8"), out);
});

test("run: --json counts even where the arguments cannot be read", async () => {
  const { exit, out } = await slipway("--json", "sync", "--frobnicate");
  assert.equal(exit, 2);
  assert.equal(JSON.parse(out).errors[0].code, "OPTION_UNKNOWN");
});

test("run: a configuration is checked and shown", async () => {
  const config = await file(
    "good.yaml",
    "version: 1\nregistries:\n  c: { image: c.example/d, username: u, password: hunter2 }\n",
  );
  const checked = await slipway("config", "check", "-c", config);
  assert.deepEqual([checked.exit, checked.out, checked.err], [0, "", `✓ ${config} is valid\n`]);
  const shown = await slipway("config", "show", "-c", config, "--json");
  assert.equal(shown.exit, 0);
  assert.equal(JSON.parse(shown.out).registries.c.username, "u");
  assert.ok(!shown.out.includes("hunter2"));
});

test("run: the schema is JSON on stdout", async () => {
  const { exit, out } = await slipway("config", "schema");
  assert.equal(exit, 0);
  assert.ok("mirrors" in JSON.parse(out).properties);
});

test("run: an import is written once; a second time needs a word", async () => {
  const images = await file("images.yaml", "docker.io/library/busybox:1.36: c.example/busybox\n");
  const output = join(folder, "imported.yaml");
  assert.equal((await slipway("import", images, "-o", output)).exit, 0);
  assert.match(await readFile(output, "utf8"), /from: .*busybox:1\.36/);
  const again = await slipway("import", images, "-o", output);
  assert.equal(again.exit, 2);
  assert.match(again.err, /exists/);
  assert.equal((await slipway("import", images, "-o", output, "--force")).exit, 0);
  assert.equal((await slipway("config", "check", "-c", output)).exit, 0);
});

test("run: sync says what it misses before it does anything", async () => {
  const images = await file("images.yaml", "docker.io/library/busybox:1.36: c.example/busybox\n");
  const slipwayYaml = await file("empty.yaml", "version: 1\n");
  const cases: readonly [readonly string[], RegExp][] = [
    [["--auth", "auth.yaml"], /--auth does nothing without --images/],
    [["--images", images, "--detailed-exitcode"], /--detailed-exitcode does nothing without --dry-run/],
    [["-c", slipwayYaml], /nothing says what to mirror/],
    [["-c", slipwayYaml, "--images", images], /--images does not go with --config/],
    [["--images", join(folder, "gone.yaml")], /gone\.yaml cannot be read/],
    [["--images", images, "--os", "lin ux"], /not a platform/],
  ];
  for (const [argv, message] of cases) {
    const { exit, err } = await slipway("sync", ...argv);
    assert.match(err, message);
    assert.equal(exit, 2, argv.join(" "));
  }
});

test("run: a log that cannot be written stops the run before it begins", async () => {
  const images = await file("images.yaml", "127.0.0.1:1/a/b:1: 127.0.0.1:1/c/d\n");
  const { exit, err } = await slipway("sync", "--images", images, "--log", join(folder, "none", "x.log"));
  assert.equal(exit, 1);
  assert.match(err, /x\.log cannot be written/);
});

test("run: with image-syncer's files whatever fails is 255, and the log has it", async () => {
  const combined = await file("both.json", `{"auth": {}, "images": {"127.0.0.1:1/a/b:1": "127.0.0.1:1/c/d"}}`);
  const log = join(folder, "run.log");
  const { exit, out } = await slipway("sync", "--config", combined, "--retries", "0", "--json", "--log", log);
  assert.equal(exit, 255);
  const report: { outcomes: readonly { status: string; error: { code: string } }[] } = JSON.parse(out);
  assert.deepEqual(
    report.outcomes.map(({ status, error }) => [status, error.code]),
    [["failed", "HOST_UNREACHABLE"]],
  );
  assert.match(await readFile(log, "utf8"), /^\d{4}-\d\d-\d\dT[\d:.]+Z ✗ 127\.0\.0\.1:1\/a\/b:1 → /m);
});

test("run: doctor finds what is wrong and says so by its exit code", async () => {
  const images = await file("images.yaml", "127.0.0.1:1/a/b:1: 127.0.0.1:1/c/d\n");
  const { exit, out } = await slipway("doctor", "--images", images, "--json");
  assert.equal(exit, 1);
  const { ok, checks }: { ok: boolean; checks: readonly { check: string; ok: boolean; hint?: string }[] } =
    JSON.parse(out);
  assert.equal(ok, false);
  assert.deepEqual(
    checks.filter((check) => !check.ok).map(({ check }) => check),
    ["registry", "source", "destination"],
  );
  assert.ok(checks.every((check) => check.ok || check.hint !== undefined));
});
