import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { languageOf } from "../src/action/language.ts";
import { PARTLY } from "../src/action/verdict.ts";
import { EXIT } from "../src/cli/exit.ts";
import { chooseLanguage } from "../src/cli/language.ts";
import { randomImage, startRegistry } from "../src/testing/index.ts";
import { ACTION, annotationText, runAction } from "./support/action.ts";
import { ReleaseStage, yaml } from "./support/release-stage.ts";
import { Workplace } from "./support/workplace.ts";

test("action.yml: pinned, and nothing of others in a script", () => {
  const { steps } = ACTION.runs;
  for (const { uses, run, shell, env } of steps) {
    if (uses !== undefined) assert.match(uses, /@[0-9a-f]{40}$/);
    assert.equal(run === undefined, shell === undefined);
    assert.doesNotMatch(run ?? "", /\$\{\{/);
    assert.doesNotMatch(JSON.stringify(env), /secrets|token/i);
  }
  assert.deepEqual(Object.keys(ACTION.outputs).sort(), ["digest", "report", "status", "tags", "url", "version"]);
});

test("what the Action knows of the command line is so", () => {
  assert.equal(PARTLY, EXIT.partly);
  for (const argv of [[], ["--lang", "zh-CN"], ["--lang=en"], ["--lang", "xx"], ["--", "--lang", "zh-CN"]]) {
    for (const environment of [{}, { LANG: "zh_CN.UTF-8" }, { LC_ALL: "C", LANG: "zh" }, { LC_MESSAGES: "zh" }]) {
      assert.equal(
        languageOf(argv, environment),
        chooseLanguage(argv, environment),
        JSON.stringify([argv, environment]),
      );
    }
  }
});

describe("the Action", { concurrency: 3 }, () => {
  test("setup installs once for a job, puts slipway on the path, and runs nothing", async () => {
    await using place = await Workplace.with();
    const first = await runAction(place, { command: "setup" });
    assert.equal(first.code, 0, first.log);
    assert.deepEqual(first.npm, [`${place.path("home/action")}: npm ci --omit=dev --ignore-scripts`]);
    assert.deepEqual(first.path, [place.path("home/action/bin")]);
    assert.equal(first.node, "24");
    assert.deepEqual(Object.values(first.outputs).join(""), "");
    const again = await runAction(place, { command: "setup", "node-version": "" });
    assert.deepEqual([again.npm, again.node], [[], undefined]);
  });

  test("site: the pages are built before they are asked for", async () => {
    const site = yaml({ version: 1, name: "app", registries: { hub: { image: "docker.io/acme/app" } } });
    await using place = await Workplace.with({ "slipway.yaml": site });
    const built = await runAction(place, { command: "run", args: "site build --out public" });
    assert.equal(built.code, 0, built.log);
    const action = place.path("home/action");
    assert.deepEqual(built.npm, [`${action}: npm ci --omit=dev --ignore-scripts`, `${action}: npm run --silent web`]);
    assert.match(await place.read("public/index.html"), /<title>/);
  });

  test("sync: copied, then unchanged, then in part", async () => {
    await using hub = await startRegistry();
    await using mirror = await startRegistry();
    const image = await randomImage({ seed: "action" });
    for (const tag of ["1.0", "latest"]) await hub.put("acme/app", image, tag);
    const rules = (...to: string[]) =>
      JSON.stringify({
        version: 1,
        mirrors: [{ from: `${hub.host}/acme/app`, to: to.map((host) => `${host}/m/app`) }],
      });
    await using place = await Workplace.with({ "sync/slipway.yaml": rules(mirror.host) });
    const inputs = { command: "sync", "working-directory": "sync" };
    const first = await runAction(place, inputs);
    assert.equal(first.code, 0, first.log);
    const { report = "", ...others } = first.outputs;
    assert.deepEqual(others, { status: "success", digest: image.root.digest, tags: "", version: "", url: "" });
    assert.ok(report.startsWith(place.path("home/runner/temp/")), report);
    assert.match(first.summary, /### ✅ slipway sync/);
    assert.deepEqual(first.annotations, []);
    const again = await runAction(place, inputs);
    assert.deepEqual([again.code, again.outputs.status], [0, "unchanged"]);

    // 127.0.0.1:1 is nobody's
    await hub.put("acme/app", await randomImage({ seed: "next" }), "2.0");
    await place.write("sync/slipway.yaml", rules(mirror.host, "127.0.0.1:1"));
    const args = "--retries=0\n--report\nmine.json\n";
    const part = await runAction(place, { ...inputs, args });
    assert.deepEqual([part.code, part.outputs.status], [3, "partial"], part.log);
    assert.equal(part.outputs.report, place.path("sync/mine.json"));
    assert.ok(part.annotations.length >= 1 && part.annotations.length <= 10);
    assert.match(part.annotations[0] ?? "", /^::error title=slipway sync%3A 127\.0\.0\.1%3A1\/m\/app/);
    const passed = await runAction(place, { ...inputs, args, partial: "pass" });
    assert.deepEqual([passed.code, passed.outputs.status], [0, "partial"]);
  });

  test("many failures: ten annotations, the last of which counts", async () => {
    await using hub = await startRegistry();
    const image = await randomImage({ seed: "action many" });
    for (let at = 0; at < 30; at += 1) await hub.put("acme/app", image, `1.${at}`);
    const mirrors = [{ from: `${hub.host}/acme/app`, to: "127.0.0.1:1/m/app" }];
    await using place = await Workplace.with({ "slipway.yaml": JSON.stringify({ version: 1, mirrors }) });
    const { code, outputs, annotations } = await runAction(place, { args: "sync --retries 0 --lang zh-CN" });
    assert.deepEqual([code, outputs.status], [1, "failed"]);
    assert.ok(annotations.length > 0 && annotations.length <= 10, String(annotations.length));
    const { outcomes } = JSON.parse(await place.read(outputs.report?.slice(place.path("").length) ?? ""));
    assert.equal(outcomes.length, 30);
    const messages = new Set(outcomes.map(({ error }: { error: { message: string } }) => error.message));
    const told = messages.size > 10 ? /^另有 \d+ 条/ : /./;
    assert.match(annotationText(annotations.at(-1) ?? ""), told);
  });

  test("push and release, with a version: outputs say what is there; a registry that is down says so", async () => {
    await using stage = await ReleaseStage.open();
    const { checkout: place, env } = stage;
    const pushed = await runAction(place, { command: "push", version: "1.2.3" }, env);
    assert.equal(pushed.code, 0, pushed.log);
    const [digest = ""] = stage.digests("1.2.3");
    const { report: _, ...outputs } = pushed.outputs;
    // the floating tags are the release's
    assert.deepEqual(outputs, { status: "success", digest, tags: "1.2.3", version: "1.2.3", url: "" });
    assert.match(pushed.summary, /### ✅ slipway push: app/);

    const released = await runAction(place, { command: "release", version: "1.2.3" }, env);
    assert.equal(released.code, 0, released.log);
    assert.deepEqual([released.outputs.status, released.outputs.digest], ["success", digest]);
    assert.equal(released.outputs.tags, "1.2.3\n1.2\n1\nlatest");
    assert.match(released.outputs.url ?? "", /\/acme\/app\/releases\/tag\/v1\.2\.3$/);
    const again = await runAction(place, { command: "release", version: "1.2.3" }, env);
    assert.deepEqual([again.code, again.outputs.status], [0, "unchanged"], again.log);

    await stage.takeDown("aliyun");
    await place.write("thing-1.2.4.zip", "the asset");
    const part = await runAction(place, { command: "release", version: "1.2.4", partial: "pass" }, env);
    assert.deepEqual([part.code, part.outputs.status], [0, "partial"], part.log);
    assert.ok(part.annotations.length > 0);
    for (const line of part.annotations) assert.match(line, /^::warning title=slipway release%3A /);

    await stage.takeDown("azure");
    await place.write("thing-1.2.5.zip", "the asset");
    const failed = await runAction(place, { command: "release", version: "1.2.5", partial: "pass" }, env);
    assert.deepEqual([failed.code, failed.outputs.status, failed.outputs.url], [1, "failed", ""], failed.log);
    assert.match(annotationText(failed.annotations[0] ?? ""), /azure/);
    assert.match(failed.annotations[0] ?? "", /^::error /);
    assert.equal(failed.outputs.tags, "1.2.5");
  });

  test("what is refused says so on the page, and nothing runs", async () => {
    await using place = await Workplace.with({ "slipway.yaml": yaml({ mirrors: [] }) });
    for (const [inputs, code, said] of [
      [{ command: "publish" }, 2, /does not take publish/],
      [{ args: "sync 'x" }, 2, /quote ' has no end/],
      [{}, 2, /args of the Action does not take nothing/],
      [{ command: "sync", "working-directory": "nowhere" }, 1, /could not be started in .*\/nowhere/],
      [{ command: "sync", args: "--frobnicate" }, 2, /ended with exit code 2/],
    ] as const) {
      const run = await runAction(place, inputs);
      assert.deepEqual([run.code, run.outputs.status], [code, "failed"], run.log);
      assert.equal(run.annotations.length, 1, run.log);
      assert.match(annotationText(run.annotations[0] ?? ""), said);
    }
  });

  test("arguments are never a script, and secrets are never printed", async () => {
    await using place = await Workplace.with();
    const args = "tags\n$(touch caught)`touch caught`;touch caught\n";
    const run = await runAction(place, { args }, { AZURE_PASSWORD: "canary-5d1f" });
    assert.equal(run.code, 2, run.log);
    assert.ok(run.log.includes("touch caught"));
    assert.deepEqual(await place.filesBelow("caught"), []);
    await assert.rejects(place.read("caught"));
    assert.ok(!run.log.includes("canary-5d1f"));
  });
});
