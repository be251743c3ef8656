import assert from "node:assert/strict";
import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, beforeEach, test } from "node:test";
import { type Folder, temporaryFolder } from "../../testing/index.ts";
import { EXIT } from "../exit.ts";
import { runInTest } from "../run-in-test.ts";

const CONFIG = `version: 1
registries:
  hub: { image: docker.io/team/app, username: "\${HUB_USER}", password: "\${HUB_PASSWORD}" }
  aliyun: { image: registry.example.cn/team/app }
  azure: { image: team.azurecr.io/app }
  quay: { image: quay.io/team/app }
  gone: { image: gone.example/team/app }
site:
  sources:
    hub: { state: paused, reason: { en: moving house, zh-CN: 正在搬迁 } }
    azure: { state: degraded, reason: slow, since: 2026-01-31 }
    quay: { state: retired, reason: closed, successor: aliyun }
    gone: { state: retired, reason: closed }
  tags: ["1.2", latest]
  compose:
    fields:
      - { id: port, type: port, label: { en: Port, zh-CN: 端口 }, default: 45000, required: true }
      - { id: database, type: choice, label: Database, options: [sqlite, postgres] }
      - { id: password, type: secret, label: Password, required: true, generate: 24, when: { database: postgres } }
      - { id: apiKey, type: secret, label: Key, pattern: "[^ ]+" }
      - { id: count, type: number, label: Count, min: 1, max: 9, default: 2 }
      - { id: debug, type: toggle, label: Debug }
    template:
      services:
        app:
          image: "{{image}}"
          ports: ["{{port}}:8080"]
          environment: { KEY: "{{apiKey}}", PASSWORD: "{{password}}", DATABASE: "{{database}}", COUNT: "{{count}}", DEBUG: "{{debug}}" }
`;

let folder: Folder;
before(async () => {
  folder = await temporaryFolder("compose");
});
after(() => folder.remove());

let number = 0;
const at = (name: string) => join(folder.path, name);
beforeEach(async () => {
  number += 1;
  await writeFile(at("slipway.yaml"), CONFIG);
});

const slipway = (...args: string[]) => runInTest(folder.path, {}, ["compose", "--config", at("slipway.yaml"), ...args]);
/** A file's name that no other test has. */
const fresh = (name: string) => at(`${number}-${name}`);

test("compose: without a word the first source that nothing is the matter with, the first tag; no secret is needed", async () => {
  const { exit, out, err } = await slipway();
  assert.deepEqual([exit, err], [EXIT.done, ""]);
  assert.equal(
    out,
    `# Docker Compose 2.20+

services:
  app:
    image: registry.example.cn/team/app:1.2
    ports:
      - "45000:8080"
    environment:
      DATABASE: sqlite
      COUNT: "2"
      DEBUG: "false"
`,
  );
});

const REFUSED: readonly (readonly [args: readonly string[], said: readonly RegExp[]])[] = [
  [
    ["--source", "aliyum"],
    [/there is no source aliyum; did you mean aliyun\?/, /known are hub, aliyun, azure/],
  ],
  [["--source", "nowhere"], [/there is no source nowhere$/m]],
  [
    ["--source", "quay"],
    [/the source quay is retired; aliyun stands in its place/, /--source aliyun/],
  ],
  [
    ["--source", "gone"],
    [/the source gone is retired/, /take another one: hub, aliyun, azure/],
  ],
  [["--set", "prot=1"], [/the form has no field prot; did you mean port\?/]],
  [
    ["--set", "x=1"],
    [/the form has no field x$/m, /known are port, database/],
  ],
  [["--set", "constructor=1"], [/the form has no field constructor/]],
  [["--set", "port"], [/--set needs a field and what it is to be/]],
  [["--set-file", "=x"], [/--set-file needs a field/]],
  [["--set-file", "apiKey=/nowhere/key"], [/\/nowhere\/key/]],
  [["--set", "password=x"], [/password is not asked for: it goes with database=postgres/]],
  [
    ["--set", "port=0", "--set", "count=10", "--set", "debug=maybe", "--set", "database=oracle"],
    [/port: a port is/, /count: at most 9/, /debug: it is either on or off/, /database: choose one/],
  ],
  [["--set", "port="], [/port: this is needed/]],
  [["--tag", "a b"], [/tag: a tag has letters/]],
  [["--digest", "sha256:1"], [/digest: a digest is/]],
  [["--tag", "1", "--digest", `sha256:${"0".repeat(64)}`], [/--tag does not go with --digest/]],
  [["--switch", "x.yml"], [/--switch does nothing without --source/]],
  [["--switch", "x.yml", "--source", "hub", "--set", "port=1"], [/--switch does not go with --set/]],
  [["--switch", "x.yml", "--source", "hub", "--list"], [/--switch does not go with --list/]],
  [["--switch", "/nowhere.yml", "--source", "aliyun"], [/\/nowhere\.yml/]],
  [["--from", "/nowhere.yml"], [/\/nowhere\.yml/]],
];
for (const [args, said] of REFUSED) {
  test(`compose ${args.join(" ").slice(0, 70)}: refused, and why`, async () => {
    const { exit, out, err } = await slipway(...args);
    assert.deepEqual([exit, out], [EXIT.usage, ""]);
    for (const line of said) assert.match(err, line);
  });
}

test("compose: an answer that does not hold is explained in the person's language, without the secret", async () => {
  const { exit, err } = await slipway("--lang", "zh-CN", "--set", "port=0", "--set", "apiKey=canary with blanks");
  assert.equal(exit, EXIT.usage);
  assert.match(err, /port：端口为 1 到 65535 之间的整数/);
  assert.match(err, /apiKey：格式不符合/);
  assert.ok(!err.includes("canary"));
});

test("compose: a paused source is taken where it is named, and the reason told; so with one that has a problem", async () => {
  const paused = await slipway("--source", "hub", "--lang", "zh-CN");
  assert.equal(paused.exit, EXIT.done);
  assert.match(paused.err, /hub 已暂停：正在搬迁/);
  assert.match(paused.out, /image: docker\.io\/team\/app:1\.2/);
  const degraded = await slipway("--source", "azure");
  assert.match(degraded.err, /azure has a problem: slow/);
});

test("compose: where all are paused, one has to be named", async () => {
  const all = CONFIG.replace("sources:", "sources:\n    aliyun: { state: paused, reason: closed }").replace(
    "degraded",
    "paused",
  );
  await writeFile(at("slipway.yaml"), all);
  const { exit, err } = await slipway();
  assert.equal(exit, EXIT.usage);
  assert.match(err, /every source is paused: hub, aliyun, azure/);
});

test("compose: without a form it says what is missing; the source of a file can be switched all the same", async () => {
  await writeFile(at("slipway.yaml"), CONFIG.slice(0, CONFIG.indexOf("  compose:")));
  const { exit, err } = await slipway();
  assert.equal(exit, EXIT.usage);
  assert.match(err, /has no `site\.compose`/);
  await writeFile(fresh("old.yml"), "services: {a: {image: team/app:3}} # mine\n");
  const switched = await slipway("--switch", fresh("old.yml"), "--source", "aliyun");
  assert.deepEqual(
    [switched.exit, switched.out],
    [0, "services: {a: {image: registry.example.cn/team/app:3}} # mine\n"],
  );
});

test("compose: a secret that is needed is made, told of without its value, and kept with --from", async () => {
  const [file, env] = [fresh("compose.yml"), fresh("env")];
  const made = await slipway("--set", "database=postgres", "-o", file, "--secrets-file", env);
  assert.equal(made.exit, 0, made.err);
  const secrets = await readFile(env, "utf8");
  const [, password = ""] = /^SECRET_PASSWORD=([A-Za-z0-9]{24})\n$/.exec(secrets) ?? [];
  assert.notEqual(password, "");
  assert.match(made.err, /password is a secret that was made just now/);
  assert.ok(!`${made.err}${made.out}${await readFile(file, "utf8")}`.includes(password));
  assert.equal((await stat(env)).mode & 0o777, 0o600);

  const again = await slipway("--from", file, "--secrets-file", env, "-o", file);
  assert.deepEqual([again.exit, again.out], [0, ""]);
  assert.equal(again.err.match(/is as it should be/g)?.length, 2);

  const changed = await slipway("--from", file, "--secrets-file", env, "-o", file, "--set", "port=1");
  assert.equal(changed.exit, EXIT.usage);
  assert.match(changed.err, /exists/);
  const forced = await slipway("--from", file, "--secrets-file", env, "-o", file, "--set", "port=1", "--force");
  assert.equal(forced.exit, 0, forced.err);
  assert.match(await readFile(file, "utf8"), /"1:8080"/);
  assert.equal(await readFile(env, "utf8"), secrets);
});

test("compose: of two files, neither is written where one may not be", async () => {
  const [file, env] = [fresh("compose.yml"), fresh("env")];
  await writeFile(file, "mine\n");
  const { exit, err } = await slipway("--set", "apiKey=k", "-o", file, "--secrets-file", env);
  assert.equal(exit, EXIT.usage);
  assert.match(err, /exists/);
  await assert.rejects(readFile(env), { code: "ENOENT" });
  assert.equal(await readFile(file, "utf8"), "mine\n");
});

test("compose: a secret comes from a file without its last line break", async () => {
  await writeFile(fresh("key"), "a=b,c'd\"e\n");
  const { out } = await slipway("--set-file", `apiKey=${fresh("key")}`);
  assert.match(out, /^ {6}KEY: "a=b,c'd\\"e"$/m);
});

test("compose: --from tells what the form cannot say, and begins with the file's source and tag", async () => {
  const file = fresh("old.yml");
  await writeFile(
    file,
    "services:\n  app:\n    image: team.azurecr.io/app:9\n    privileged: true\n    ports: ['80:8080']\n",
  );
  const { exit, out, err } = await slipway("--from", file);
  assert.equal(exit, 0, err);
  assert.match(err, /services\.app\.privileged/);
  assert.match(out, /image: team\.azurecr\.io\/app:9\n {4}ports:\n {6}- "80:8080"/);
  await writeFile(file, "not: compose\n");
  const unfit = await slipway("--from", file);
  assert.equal(unfit.exit, EXIT.usage);
  assert.match(unfit.err, /cannot be read as a compose file: this is no compose file/);
});

test("compose: --switch changes a file in place, tells each image, and knows the addresses of retired sources", async () => {
  const file = fresh("old.yml");
  await writeFile(file, "# mine\nservices:\n  a: { image: quay.io/team/app:1 } # old\n  b:\n    image: nginx:1\n");
  const { exit, err, out } = await slipway("--switch", file, "--source", "aliyun", "-o", file);
  assert.deepEqual([exit, out], [0, ""]);
  assert.match(err, /quay\.io\/team\/app:1 → registry\.example\.cn\/team\/app:1/);
  assert.match(err, /nginx:1 stays/);
  const text = await readFile(file, "utf8");
  assert.equal(
    text,
    "# mine\nservices:\n  a: { image: registry.example.cn/team/app:1 } # old\n  b:\n    image: nginx:1\n",
  );
  const again = await slipway("--switch", file, "--source", "aliyun", "-o", file);
  assert.equal(again.exit, 0);
  assert.match(again.err, /registry\.example\.cn\/team\/app:1 comes from aliyun already/);
  assert.match(again.err, /is as it should be/);
  await writeFile(file, "services: { b: { image: nginx:1 } }\n");
  const idle = await slipway("--switch", file, "--source", "aliyun");
  assert.equal(idle.exit, EXIT.usage);
  assert.match(idle.err, /has no image that could move to aliyun: nginx:1/);
});

test("compose: --list tells sources with their state and fields with what they take, to people and to programs", async () => {
  const { exit, out } = await slipway("--list");
  assert.equal(exit, 0);
  assert.match(out, /^ {2}hub +docker\.io\/team\/app .*paused: moving house$/m);
  assert.match(out, /^ {2}port +1\.\.65535 +45000 +Port$/m);
  assert.match(out, /^ {2}password +secret +Password +with database=postgres$/m);
  assert.ok(!out.includes("quay"));
  const json = JSON.parse((await slipway("--list", "--json")).out);
  assert.deepEqual(
    json.sources.map(({ id }: { id: string }) => id),
    ["hub", "aliyun", "azure"],
  );
  assert.equal(json.fields.length, 6);
});

test("compose: --json has the text where no file does; a report never has", async () => {
  const [file, report] = [fresh("compose.yml"), fresh("report.json")];
  const shown = await slipway("--json", "--report", report, "--set", "apiKey=canary");
  const { text, ...told } = JSON.parse(shown.out);
  assert.match(text, /KEY: canary/);
  assert.deepEqual(told, {
    version: 1,
    command: "compose",
    ok: true,
    source: "aliyun",
    image: "registry.example.cn/team/app:1.2",
    generated: [],
  });
  assert.deepEqual(JSON.parse(await readFile(report, "utf8")), told);
  const written = await slipway("--json", "-o", file, "--set", "apiKey=canary");
  assert.deepEqual(JSON.parse(written.out), { ...told, file });
});

test("compose: with --json an error is one for programs", async () => {
  const { exit, out } = await slipway("--json", "--set", "port=0");
  assert.equal(exit, EXIT.usage);
  assert.equal(JSON.parse(out).errors[0].code, "COMPOSE_ANSWER_INVALID");
});
