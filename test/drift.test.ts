import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { after, before, describe, test } from "node:test";
import {
  cosignSignature,
  cosignTag,
  randomImage,
  randomIndex,
  startDockerRegistry,
  startRegistry,
  type TestImage,
  type TestRegistry,
} from "../src/testing/index.ts";
import { SLIPWAY } from "./support/command.ts";
import { PLATFORMS, publish } from "./support/images.ts";
import { Workplace } from "./support/workplace.ts";

const VERSIONS = ["1.0.0", "1.1.0", "1.2.0", "1.3.0"];
const images = new Map<string, TestImage>();
for (const tag of [...VERSIONS, "0.9.0", "latest"]) {
  images.set(tag, await randomIndex({ seed: `drift ${tag}`, platforms: PLATFORMS }));
}
const other = await randomImage({ seed: "drift other" });

let source: TestRegistry;

before(async () => {
  source = await startRegistry();
  for (const tag of [...VERSIONS, "latest"]) await source.put("team/app", imageOf(tag), tag);
});

after(() => source.close());

function imageOf(tag: string): TestImage {
  const image = images.get(tag);
  assert.ok(image !== undefined, tag);
  return image;
}

/** A workplace that mirrors `team/app` to a registry's `mirror/app`. */
function mirroring(registry: { readonly host: string }, rest = ""): Promise<Workplace> {
  return rules(`  - { from: ${source.host}/team/app, to: ${registry.host}/mirror/app${rest} }\n`);
}

function rules(mirrors: string): Promise<Workplace> {
  return Workplace.with({ "slipway.yaml": `version: 1\nmirrors:\n${mirrors}` });
}

async function tagsAt(registry: { readonly origin: string }, repository = "mirror/app"): Promise<readonly string[]> {
  const answer = await fetch(`${registry.origin}/v2/${repository}/tags/list`);
  const { tags }: { readonly tags?: readonly string[] | null } = JSON.parse(await answer.text());
  return [...(tags ?? [])].sort();
}

const short = ({ root }: TestImage) => root.digest.slice(0, 19);
const writes = ({ requests }: TestRegistry) =>
  (["POST", "PUT", "PATCH", "DELETE"] as const).reduce((sum, method) => sum + requests.count(method), 0);

test("sync --check finds a missing tag, another digest, a missing referrer and an extra tag, and changes nothing", async () => {
  await using registry = await startRegistry();
  await using from = await startRegistry();
  await using workplace = await rules(`  - { from: ${from.host}/app, to: ${registry.host}/app }\n`);
  const [signed, moved, gone, extra] = ["1.0.0", "1.1.0", "1.2.0", "0.9.0"].map(imageOf);
  assert.ok(signed && moved && gone && extra);
  const signature = cosignSignature(signed.root);
  await publish(from, "app", { signed, moved, gone, [cosignTag(signed.root)]: signature });
  assert.equal((await workplace.slipway(["sync"])).code, 0);
  const inStep = await workplace.slipway(["sync", "--check"]);
  assert.deepEqual([inStep.code, inStep.stdout], [0, "3 unchanged\n"], inStep.stderr);

  await publish(registry, "app", { moved: other, extra });
  for (const tag of ["gone", cosignTag(signed.root)]) {
    await fetch(`${registry.origin}/v2/app/manifests/${tag}`, { method: "DELETE" });
  }
  registry.requests.clear();
  const checked = await workplace.slipway(["sync", "--check"]);
  assert.equal(checked.code, 5, checked.stderr);
  assert.deepEqual(
    checked.stdout
      .split("\n")
      .filter((line) => line !== "")
      .sort(),
    [
      `+ ${registry.host}/app:gone    missing: ${short(gone)}`,
      `+ ${registry.host}/app:signed  lacks ${short(signature)}, which refers to it`,
      `- ${registry.host}/app:extra   extra: ${short(extra)}, and no rule wants it`,
      "1 missing · 1 different · 1 referrers missing · 1 extra",
      `~ ${registry.host}/app:moved   ${short(other)}, the source has ${short(moved)}`,
    ],
  );
  const report = JSON.parse((await workplace.slipway(["sync", "--check", "--json"])).stdout);
  const named = (image: string) => ({
    source: `${from.host}/app:${image}`,
    destination: `${registry.host}/app:${image}`,
  });
  const byKind = (one: { kind: string }, two: { kind: string }) => one.kind.localeCompare(two.kind);
  assert.deepEqual(report.differences.toSorted(byKind), [
    { kind: "extra-tag", ...named("extra"), found: extra.root.digest },
    { kind: "missing-referrer", ...named("signed"), expected: signature.root.digest },
    { kind: "missing-tag", ...named("gone"), expected: gone.root.digest },
    { kind: "other-digest", ...named("moved"), expected: moved.root.digest, found: other.root.digest },
  ]);
  assert.equal(writes(registry), 0);

  const mended = await workplace.slipway(["sync", "--prune", "--yes"]);
  assert.equal(mended.code, 0, mended.stderr);
  assert.equal((await workplace.slipway(["sync", "--check"])).code, 0);
});

test("sync --check: what cannot be looked at keeps its exit code", async () => {
  await using registry = await startRegistry();
  await using workplace = await mirroring(registry);
  source.faults.add({ method: "GET", kind: "tags", effect: { kind: "status", status: 403 } });
  try {
    assert.equal((await workplace.slipway(["sync", "--check"])).code, 4);
    await workplace.write(
      "slipway.yaml",
      `version: 1\nmirrors:\n  - { from: ${source.host}/team/app, to: ${registry.host}/a }\n  - { from: '${source.host}/team/app:latest', to: ${registry.host}/b }\n`,
    );
    const partly = await workplace.slipway(["sync", "--check"]);
    assert.equal(partly.code, 3, partly.stderr);
    assert.match(partly.stdout, /b:latest {2}missing[\s\S]*1 missing · 1 impossible/);
  } finally {
    source.faults.clear();
  }
});

for (const [name, start] of [
  ["the test's registry", () => startRegistry()],
  ["a registry that deletes no tags", () => startRegistry({ deletes: "digests" })],
  ["Debian's docker-registry", () => startDockerRegistry()],
] as const) {
  describe(`--prune at ${name}`, () => {
    test("deletes what the plan shows after copying, nothing else, and nothing twice", async () => {
      await using registry = await start();
      await using workplace = await mirroring(registry, ", tags: { semver: '>=0.1.0', newest: 3 }");
      const old = { "0.9.0": imageOf("0.9.0"), "1.0.0": imageOf("1.0.0") };
      await publish(registry, "mirror/app", { ...old, "1.3.0": other, mine: other });
      const planned = await workplace.slipway(["plan", "sync", "--prune", "--detailed-exitcode"]);
      assert.equal(planned.code, 5, planned.stderr);
      assert.match(planned.stdout, /- \S+mirror\/app:0\.9\.0 {2}sha256:\w+ {2}deleted: no rule wants it\n/);
      assert.match(planned.stdout, /2 new · 1 replaced · 2 deleted/);
      assert.deepEqual(await tagsAt(registry), ["0.9.0", "1.0.0", "1.3.0", "mine"]);

      const first = await workplace.slipway(["sync", "--prune", "--yes", "--json"]);
      assert.equal(first.code, 0, first.stderr);
      assert.deepEqual(await tagsAt(registry), ["1.1.0", "1.2.0", "1.3.0", "mine"]);
      const { outcomes, totals } = JSON.parse(first.stdout);
      assert.deepEqual([totals.copied, totals.removed, totals.failed], [3, 2, 0]);
      const removed = outcomes.filter((outcome: { status: string }) => outcome.status === "removed");
      assert.deepEqual(
        removed
          .map((one: { source: string; destination: string; digest: string }) => [one.destination, one.digest])
          .sort(),
        Object.entries(old).map(([tag, { root }]) => [`${registry.host}/mirror/app:${tag}`, root.digest]),
      );

      const second = await workplace.slipway(["sync", "--prune", "--yes"]);
      assert.equal(second.code, 0, second.stderr);
      assert.match(second.stderr, /✓ 3 unchanged ·/);
      assert.deepEqual(await tagsAt(registry), ["1.1.0", "1.2.0", "1.3.0", "mine"]);
    });

    test("two rules into one repository: each keeps its own", async () => {
      await using registry = await start();
      const to = `${registry.host}/mirror/app`;
      await using workplace = await rules(
        `  - { from: ${source.host}/team/app, to: ${to}, tags: '/^1\\.[01]/' }\n  - { from: ${source.host}/team/app, to: ${to}, tags: { semver: '1.x', newest: 1 } }\n`,
      );
      const [one, two] = [imageOf("1.2.0"), imageOf("0.9.0")];
      await publish(registry, "mirror/app", { "1.2.0": one, "1.9.0": two, "0.9.0": two });
      const ended = await workplace.slipway(["sync", "--prune", "--yes"]);
      const left = await tagsAt(registry);
      // where no tag can be deleted, an image that another tag has is left, and said
      const shared = name === "the test's registry" ? [] : ["1.9.0"];
      assert.equal(ended.code, shared.length === 0 ? 0 : 3, ended.stderr);
      assert.deepEqual(left, ["0.9.0", "1.0.0", "1.1.0", "1.3.0", ...shared]);
      if (shared.length > 0)
        assert.match(
          ended.stderr,
          /deletes by digest only, and sha256:\w+ is still needed there by \S+mirror\/app:0\.9\.0\n/,
        );
    });
  });
}

for (const [name, start] of [
  ["the test's registry", () => startRegistry({ deletes: false })],
  ["Debian's docker-registry", () => startDockerRegistry({ deletes: false })],
] as const) {
  test(`--prune where ${name} deletes nothing: the images arrive, and the error says how to allow it`, async () => {
    await using registry = await start();
    await using workplace = await mirroring(registry);
    await publish(registry, "mirror/app", { "0.9.0": imageOf("0.9.0") });
    const ended = await workplace.slipway(["sync", "--prune", "--yes"]);
    assert.equal(ended.code, 3, ended.stderr);
    assert.match(ended.stderr, /destination: \S+ does not delete[\s\S]*REGISTRY_STORAGE_DELETE_ENABLED=true/);
    assert.deepEqual(await tagsAt(registry), ["0.9.0", ...VERSIONS, "latest"]);
  });
}

test("nothing is pruned where an image failed, and all that is said", async () => {
  await using registry = await startRegistry();
  await using workplace = await rules(
    ["a", "b"].map((to) => `  - { from: ${source.host}/team/app, to: ${registry.host}/${to} }\n`).join(""),
  );
  for (const repository of ["a", "b"]) await registry.put(repository, imageOf("0.9.0"), "0.9.0");
  const effect = { kind: "status", status: 403 } as const;
  registry.faults.add({ method: "PUT", kind: "manifest", path: /\/a\/manifests\/latest$/, effect });
  const ended = await workplace.slipway(["sync", "--prune", "--yes", "--retries=0"]);
  assert.equal(ended.code, 3, ended.stderr);
  assert.match(ended.stderr, /a:0\.9\.0 .*left: another image of its repository failed/);
  assert.match(ended.stderr, /1 deleted · 1 left \(failures\)/);
  assert.deepEqual(
    [registry.tags("a")["0.9.0"], registry.tags("b")["0.9.0"]],
    [imageOf("0.9.0").root.digest, undefined],
  );
});

test("a source without tags takes nothing away", async () => {
  await using registry = await startRegistry();
  await registry.put("mirror/app", imageOf("0.9.0"), "0.9.0");
  await using workplace = await rules(`  - { from: ${source.host}/nothing, to: ${registry.host}/mirror/app }\n`);
  const ended = await workplace.slipway(["sync", "--prune", "--yes"]);
  assert.equal(ended.code, 1, ended.stderr);
  assert.deepEqual(await tagsAt(registry), ["0.9.0"]);
});

test("signatures of a pruned image are left", async () => {
  await using registry = await startRegistry();
  await using workplace = await mirroring(registry);
  const { root } = imageOf("0.9.0");
  await publish(registry, "mirror/app", { "0.9.0": imageOf("0.9.0"), [cosignTag(root)]: cosignSignature(root) });
  assert.equal((await workplace.slipway(["sync", "--prune", "--yes"])).code, 0);
  assert.deepEqual(await tagsAt(registry), [...VERSIONS, "latest", cosignTag(root)].sort());
});

/** What is refused before anything is done. */
const REFUSED: readonly (readonly [args: readonly string[], said: RegExp])[] = [
  [["--prune"], /--prune deletes tags, and nobody is here to say yes\n {2}add --yes/],
  [["--prune", "--no-input"], /nobody is here to say yes/],
  [["--yes"], /--yes does nothing without --prune/],
  [["--check", "--prune", "--yes"], /--check does not go with --prune/],
  [["--check", "--force"], /--check does not go with --force/],
];

for (const [args, said] of REFUSED) {
  test(`sync ${args.join(" ")} is refused, and nothing is asked of any registry`, async () => {
    await using registry = await startRegistry();
    await using workplace = await mirroring(registry);
    source.requests.clear();
    const ended = await workplace.slipway(["sync", ...args]);
    assert.equal(ended.code, 2, ended.stderr);
    assert.match(ended.stderr, said);
    assert.equal(registry.requests.length + source.requests.length, 0);
  });
}

/** Runs on a terminal of its own, as util-linux's `script` makes one. */
async function onTerminal(workplace: Workplace, args: string, answer: string): Promise<string> {
  const env = { PATH: "/usr/bin:/bin", HOME: workplace.path("home"), LC_ALL: "C.UTF-8", TERM: "xterm" };
  const command = `${SLIPWAY} ${args}; echo "exit $?"`;
  const child = spawn("script", ["-qec", command, "/dev/null"], { cwd: workplace.path("."), env, timeout: 60_000 });
  const shown = text(child.stdout);
  child.stdout.on("data", (chunk: Buffer) => {
    if (chunk.includes("[y/N]")) child.stdin.write(`${answer}\n`);
  });
  await once(child, "close");
  return shown;
}

for (const [answer, isGone] of [
  ["y", true],
  ["n", false],
  ["", false],
] as const) {
  test(`on a terminal the tags are shown and asked for: "${answer}"`, async () => {
    await using registry = await startRegistry();
    await using workplace = await mirroring(registry);
    await registry.put("mirror/app", imageOf("0.9.0"), "0.9.0");
    const shown = await onTerminal(workplace, "sync --prune", answer);
    assert.match(
      shown,
      /mirror\/app:0\.9\.0[\s\S]*Tags to delete when the images have arrived: 1\. Delete them[\s\S]*exit 0/,
    );
    const kept = isGone ? [] : ["0.9.0"];
    assert.deepEqual(await tagsAt(registry), [...kept, ...VERSIONS, "latest"]);
  });
}

test("with image-syncer's files, and a list of what arrived that has none of what was deleted", async () => {
  await using registry = await startRegistry();
  await registry.put("mirror/app", imageOf("0.9.0"), "0.9.0");
  await using workplace = await Workplace.with({
    "images.yaml": `${source.host}/team/app: ${registry.host}/mirror/app\n`,
  });
  const files = ["--images", "images.yaml", "--output-success-images", "arrived.yaml"];
  assert.equal((await workplace.slipway(["sync", ...files, "--check"])).code, 5);
  const ended = await workplace.slipway(["sync", ...files, "--prune", "--yes"]);
  assert.equal(ended.code, 0, ended.stderr);
  assert.deepEqual(await tagsAt(registry), [...VERSIONS, "latest"]);
  assert.doesNotMatch(await workplace.read("arrived.yaml"), /0\.9\.0/);
});
