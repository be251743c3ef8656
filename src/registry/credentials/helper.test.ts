import assert from "node:assert/strict";
import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { SlipwayError } from "../../words/error.ts";
import { CredentialHelpers } from "./helper.ts";

let folder = "";
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "slipway-helper-"));
});
after(() => rm(folder, { recursive: true }));

/** Puts `docker-credential-<name>` on the path; `$server` is what it was given. */
async function install(name: string, script: string): Promise<void> {
  const file = join(folder, `docker-credential-${name}`);
  await writeFile(file, `#!/bin/sh\n[ "$1" = get ] || exit 9\nserver=$(cat)\n${script}\n`);
  await chmod(file, 0o755);
}

const helpers = (timeout = 5_000) => new CredentialHelpers({ env: { PATH: `${folder}:/usr/bin:/bin` }, timeout });
const ANSWER = `printf '{"ServerURL":"%s","Username":"%s","Secret":"for %s"}' "$server" "$user" "$server"`;

test("a helper answers with user and secret", async () => {
  await install("good", `user=robot\n${ANSWER}`);
  assert.deepEqual(await helpers().get("good", "ghcr.io", "credHelpers"), {
    kind: "basic",
    username: "robot",
    password: "for ghcr.io",
    origin: "docker-credential-good (credHelpers)",
  });
});

test("Docker Hub has its own key, and <token> means a refresh token", async () => {
  await install("token", `user='<token>'\n${ANSWER}`);
  assert.deepEqual(await helpers().get("token", "docker.io", "credsStore"), {
    kind: "refresh",
    token: "for https://index.docker.io/v1/",
    origin: "docker-credential-token (credsStore)",
  });
});

test("a helper that knows nothing is not a failure", async () => {
  await install("empty", "echo 'credentials not found in native keychain'; exit 1");
  await install("blank", `printf '{"ServerURL":"","Username":"","Secret":""}'`);
  assert.equal(await helpers().get("empty", "ghcr.io", "credsStore"), undefined);
  assert.equal(await helpers().get("blank", "ghcr.io", "credsStore"), undefined);
});

test("answers are kept until they are forgotten, failures are not", async () => {
  const log = join(folder, "log");
  await writeFile(log, "");
  await install("counted", `echo "$server" >> ${log}\nuser=robot\n${ANSWER}`);
  const known = helpers();
  await Promise.all([known.get("counted", "a.io", "credsStore"), known.get("counted", "a.io", "credsStore")]);
  await known.get("counted", "b.io", "credsStore");
  assert.equal(await readFile(log, "utf8"), "a.io\nb.io\n");
  known.forget("a.io");
  await known.get("counted", "a.io", "credsStore");
  assert.equal(await readFile(log, "utf8"), "a.io\nb.io\na.io\n");

  await assert.rejects(known.get("late", "a.io", "credsStore"));
  await install("late", `user=robot\n${ANSWER}`);
  assert.equal((await known.get("late", "a.io", "credsStore"))?.kind, "basic");
});

test("S21: a helper that is missing or fails is named, with the reason and without secrets", async () => {
  await install("refuses", "echo 'the vault is locked'; exit 1");
  await install("complains", "echo 'error: no session' >&2; exit 3");
  await install("leaks", `printf '{"Username":"u","Secret":"canary"}'; exit 1`);
  await install("nonsense", "echo canary");
  await install("half", `printf '{"Username":"canary"}'`);
  await install("endless", "while :; do echo canarycanarycanarycanarycanarycanarycanary; done");
  await install("plain", "");
  await chmod(join(folder, "docker-credential-plain"), 0o644);
  const table: readonly (readonly [name: string, reason: string])[] = [
    ["absent", "it is not on PATH"],
    ["refuses", "exit code 1: the vault is locked"],
    ["complains", "exit code 3: error: no session"],
    ["leaks", "exit code 1"],
    ["nonsense", "its answer is not {ServerURL, Username, Secret}"],
    ["half", "its answer is not {ServerURL, Username, Secret}"],
    ["endless", "its answer is too long"],
    ["plain", "it is not executable"],
    ["../evil", "its name is not a plain file name"],
    ["x; touch owned", "its name is not a plain file name"],
  ];
  for (const [name, reason] of table) {
    await assert.rejects(helpers().get(name, "ghcr.io", "credHelpers"), (error) => {
      assert.ok(error instanceof SlipwayError, name);
      assert.equal(error.code, "CREDENTIAL_HELPER_FAILED");
      assert.deepEqual(error.facts, { helper: `docker-credential-${name}`, host: "ghcr.io", reason });
      assert.doesNotMatch(error.message, /canary/);
      return true;
    });
  }
});

test("a helper that hangs is ended", async () => {
  await install("slow", "exec sleep 30");
  await assert.rejects(helpers(200).get("slow", "ghcr.io", "credHelpers"), { message: /no answer within 0\.2 s/ });
});
