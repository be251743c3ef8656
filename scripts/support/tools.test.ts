import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, mock, test } from "node:test";
import { toolsSection } from "./tools.ts";

/** A machine whose commands are those of one folder; servers elsewhere may be there or not. */
let folder: string;
const path = process.env.PATH;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "slipway-tools-"));
  symlinkSync("/bin/sh", join(folder, "sh"));
  process.env.PATH = folder;
  mock.method(console, "log", () => {});
});

afterEach(() => {
  process.env.PATH = path;
  mock.restoreAll();
  rmSync(folder, { recursive: true });
});

function command(name: string, script: string): void {
  writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, name), 0o755);
}

const allButSkopeo = [
  "docker-registry",
  "buildah",
  "dockerd",
  "nginx",
  "htpasswd",
  "openssl",
  "tinyproxy",
  "git",
  "chromium",
  "docker-compose",
  "initdb",
  "systemd-analyze",
];

async function problem(isRoot: boolean): Promise<string | undefined> {
  return (await toolsSection(isRoot).run()).failures[0]?.detail;
}

test("nothing is installed when everything is there", async () => {
  for (const name of [...allButSkopeo, "skopeo"]) command(name, "");
  command("apt-get", "exit 1");
  assert.equal(await problem(true), undefined);
});

test("root gets what is missing, and only that", async () => {
  for (const name of allButSkopeo) command(name, "");
  command(
    "apt-get",
    `echo "$*" >>${folder}/calls; case $1 in install) : >${folder}/skopeo; /bin/chmod +x ${folder}/skopeo; esac`,
  );
  assert.equal(await problem(true), undefined);
  assert.equal(
    readFileSync(join(folder, "calls"), "utf8"),
    "update -qq\ninstall -y -qq --no-install-recommends skopeo\n",
  );
});

test("a failed installation shows what apt-get said", async () => {
  for (const name of allButSkopeo) command(name, "");
  command("apt-get", "echo 'Unable to locate package' >&2; exit 100");
  assert.match(
    (await problem(true)) ?? "",
    /^this did not bring skopeo: apt-get update [\s\S]*Unable to locate package/,
  );
});

test("anybody else is told the command", async () => {
  for (const name of allButSkopeo) command(name, "");
  command("apt-get", "exit 1");
  assert.match((await problem(false)) ?? "", /^only root .*\nsudo sh -c 'apt-get update .* skopeo'$/);
});

test("without apt-get, the packages are named", async () => {
  for (const name of allButSkopeo) command(name, "");
  assert.equal(await problem(true), "this is not Debian; install what it calls skopeo");
});
