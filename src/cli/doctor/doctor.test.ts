import assert from "node:assert/strict";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { wordsOf } from "../../words/words.ts";
import { checkHelpers } from "./helpers.ts";
import { checkCache, checkNode, checkProject } from "./machine.ts";

const words = wordsOf("en");
let folder = "";
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "slipway-doctor-"));
});
after(() => rm(folder, { recursive: true }));

test("doctor: an old Node is told what is needed", () => {
  assert.deepEqual(checkNode("24.15.0", words), { check: "node", level: "ok", text: "24.15.0" });
  const old = checkNode("20.19.0", words);
  assert.equal(old.level, "failed");
  assert.match(old.text, /20\.19\.0, but >=24\.15 is needed/);
});

test("doctor: the cache may be a folder that is not there yet", async () => {
  const { text } = await checkCache(join(folder, "not", "yet"), words);
  assert.match(text, /free in .*not\/yet$/);
});

test("doctor: a folder that cannot be made is no place for a project", async () => {
  const file = join(folder, "a-file");
  await writeFile(file, "");
  const { level, code, text } = await checkProject(join(file, ".slipway"), words);
  assert.deepEqual([level, code], ["failed", "FILE_UNWRITABLE"]);
  assert.match(text, /a-file\/\.slipway/);
});

test("doctor: helpers that the Docker configuration names have to be on PATH", async () => {
  const helper = join(folder, "docker-credential-here");
  await writeFile(helper, "#!/bin/sh\n");
  await chmod(helper, 0o755);
  const config = join(folder, "config.json");
  const credHelpers = { "a.example": "here", "b.example": "gone", "c.example": "gone", "d.example": "" };
  await writeFile(config, JSON.stringify({ credsStore: "here", credHelpers }));
  const findings = await checkHelpers([config, join(folder, "none.json")], { PATH: folder }, words);
  assert.deepEqual(
    findings.map(({ level, text }) => [level, text]),
    [
      ["ok", "docker-credential-here (a.example, *)"],
      ["failed", `docker-credential-gone, named for b.example, c.example in ${config}, is not on PATH`],
    ],
  );
});

test("doctor: a broken Docker configuration is named, and nothing of it is shown", async () => {
  const config = join(folder, "broken.json");
  await writeFile(config, `{"auths": {"a.example": {"auth": "c2VjcmV0"`);
  const [finding] = await checkHelpers([config], {}, words);
  assert.equal(finding?.level, "failed");
  assert.ok(finding?.text.includes(config));
  assert.ok(!finding?.text.includes("c2VjcmV0"));
});
