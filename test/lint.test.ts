import assert from "node:assert/strict";
import { test } from "node:test";
import { textOfFixture } from "../src/workflows/lint/fixtures.ts";
import { Workplace } from "./support/workplace.ts";

const FINE = textOfFixture("timeout-missing.good.yml");
const WARNED = textOfFixture("timeout-missing.bad.yml");
const FOUNDING = textOfFixture("founding-sync.yml");

test("lint looks at the workflows and the action of the checkout, from anywhere in it", async () => {
  await using workplace = await Workplace.with({
    ".git/HEAD": "ref: refs/heads/main\n",
    ".github/workflows/a.yml": FOUNDING,
    ".github/workflows/b.yaml": FINE,
    ".github/workflows/notes.txt": "a: [",
    "action.yml": "name: x\nruns:\n  using: composite\n  steps:\n    - uses: acme/tool@v1\n",
  });
  const { code, stdout, stderr } = await workplace.slipway(["lint", "--json"]);
  const { files, counts, findings } = JSON.parse(stdout);
  assert.equal(code, 1, stderr);
  assert.deepEqual(files, [".github/workflows/a.yml", ".github/workflows/b.yaml", "action.yml"]);
  assert.deepEqual(counts, { error: 8, warning: 4, info: 2 });
  const { line, column, rule, severity } = findings.at(-1);
  assert.deepEqual([line, column, rule, severity], [5, 13, "unpinned-action", "error"]);
});

const EXITS: readonly (readonly [name: string, text: string, options: readonly string[], code: number])[] = [
  ["nothing wrong", FINE, ["--strict"], 0],
  ["a warning", WARNED, [], 0],
  ["a warning, --strict", WARNED, ["--strict"], 1],
  ["an error", FOUNDING, [], 1],
  ["an error, for code scanning", FOUNDING, ["--format", "sarif"], 1],
  ["--json with another format", FINE, ["--json", "--format", "sarif"], 2],
  ["--rules with a file", FINE, ["--rules"], 2],
];

for (const [name, text, options, code] of EXITS) {
  test(`lint exits with ${code}: ${name}`, async () => {
    await using workplace = await Workplace.with({ "w.yml": text });
    const ended = await workplace.slipway(["lint", "w.yml", ...options]);
    assert.equal(ended.code, code, ended.stderr);
  });
}

test("lint: a file that cannot be read, and no file at all, are errors", async () => {
  await using workplace = await Workplace.with({ ".git/HEAD": "" });
  const missing = await workplace.slipway(["lint", "nowhere.yml"]);
  assert.equal(missing.code, 2);
  assert.match(missing.stderr, /nowhere\.yml cannot be read: there is no such file/);
  const none = await workplace.slipway(["lint"]);
  assert.equal(none.code, 2);
  assert.match(none.stderr, /there is no workflow and no action in /);
});

test("lint --format github: ten annotations with paths from the root, the others as lines", async () => {
  await using workplace = await Workplace.with({ ".git/HEAD": "", ".github/workflows/sync.yml": FOUNDING });
  const { stdout, stderr } = await workplace.slipway(["lint", "--format", "github"]);
  const annotations = stdout.split("\n").filter((line) => line.startsWith("::"));
  assert.equal(annotations.length, 10);
  assert.match(
    annotations.find((line) => line.includes("duplicate-key")) ?? "",
    /^::error file=\.github\/workflows\/sync\.yml,line=44,col=11,title=slipway lint%3A duplicate-key::/,
  );
  assert.match(stdout, /\n3 more findings, not as annotations:\n/);
  assert.match(stderr, /7 errors, 4 warnings and 2 notes in 1 files/);
});

test("lint --rules lists each rule with its reason, also for programs and in Chinese", async () => {
  await using workplace = await Workplace.with();
  const { code, stdout } = await workplace.slipway(["lint", "--rules", "--lang", "zh-CN"]);
  assert.equal(code, 0);
  assert.match(stdout, /release-before-image \(错误\)\n {2}发布不能宣告一个谁也拉取不到的镜像。\n {2}https:/);
  const { rules } = JSON.parse((await workplace.slipway(["lint", "--rules", "--json"])).stdout);
  assert.ok(rules.every(({ rule, reason, link }: Record<string, string>) => rule && reason && link));
});

test("lint compares tags with slipway.yaml's, and knows what Slipway wrote and somebody edited", async () => {
  await using workplace = await Workplace.with({
    ".git/HEAD": "",
    "slipway.yaml": [
      "version: 1",
      "registries:",
      "  ghcr:",
      "    image: ghcr.io/acme/app",
      '    username: "${GHCR_USERNAME}"',
      '    password: "${GHCR_PASSWORD}"',
      "build: { with: docker }",
      'tags: ["{{version}}", latest]',
      "release: { github: acme/app }",
      "workflows:",
      `  slipway: acme/slipway@${"5e".repeat(20)} v1.2.3`,
      "",
    ].join("\n"),
    "tags.yml": textOfFixture("tags-contract.fixed.bad.yml"),
  });
  const rulesOf = async (file: string) => {
    const { stdout, stderr } = await workplace.slipway(["lint", "--json", file]);
    assert.notEqual(stdout, "", stderr);
    return JSON.parse(stdout).findings.map(({ rule }: { rule: string }) => rule);
  };
  assert.deepEqual(await rulesOf("tags.yml"), ["tags-contract"]);

  const written = await workplace.slipway(["workflows", "write"]);
  assert.equal(written.code, 0, written.stderr);
  const release = ".github/workflows/release.yml";
  assert.deepEqual(await rulesOf(release), []);
  await workplace.write(release, (await workplace.read(release)).replace(/timeout-minutes: \d+/, "timeout-minutes: 7"));
  assert.deepEqual(await rulesOf(release), ["slipway-drift"]);
});

test("lint needs no variable of slipway.yaml: what has an address in one is compared by the other images", async () => {
  await using workplace = await Workplace.with({
    "slipway.yaml": [
      "version: 1",
      "registries:",
      '  aliyun: { image: "${ALIYUN}/${NAMESPACE}/app", username: "${ALIYUN_USER}", password: "${ALIYUN_PASSWORD}" }',
      "  ghcr: { image: ghcr.io/acme/app }",
      'tags: ["{{version}}", latest]',
      'mirrors: [{ from: "${UPSTREAM}/acme/app", to: aliyun }]',
      "",
    ].join("\n"),
    "tags.yml": textOfFixture("tags-contract.fixed.bad.yml"),
    "fine.yml": FINE,
  });
  const fine = await workplace.slipway(["lint", "--strict", "fine.yml"]);
  assert.equal(fine.code, 0, fine.stderr);
  const { stdout, stderr } = await workplace.slipway(["lint", "--json", "tags.yml"]);
  assert.notEqual(stdout, "", stderr);
  assert.deepEqual(
    JSON.parse(stdout).findings.map(({ rule }: { rule: string }) => rule),
    ["tags-contract"],
  );
});
