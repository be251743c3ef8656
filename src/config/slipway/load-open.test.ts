import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { SlipwayError } from "../../words/error.ts";
import { loadOpenConfig, secretsLeftOut } from "./load-open.ts";
import { showConfig } from "./show-config.ts";

const folder = mkdtempSync(join(tmpdir(), "slipway-open-"));
after(() => rmSync(folder, { recursive: true }));

const CANARY = "canary-secret";
const CONFIG = `version: 1
registries:
  one: { image: "\${HOST:-one.example}/a", username: "\${USER}", password: "\${PASS}" }
  two: { image: two.example/a, username: bob, password: "\${file:secret.txt}" }
source: { azureBlob: "\${SAS}", package: x.zip }
labels: { by: "\${USER}", what: "\${file:plain.txt}" }
hosts:
  one.example: { ca: gone/ca.pem, cert: gone/client.pem, key: gone/client.key }
`;

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const config = file("slipway.yaml", CONFIG);
file("secret.txt", CANARY);
file("plain.txt", "open text\n");

test("what is no secret has its value, and secrets are not read even where they are there", () => {
  const environment = { USER: "ann", PASS: CANARY, SAS: `https://x.example/?sig=${CANARY}`, HOST: "other.example" };
  const opened = loadOpenConfig(config, environment, secretsLeftOut);
  assert.equal(opened.config.registries[0]?.image, "other.example/a");
  assert.deepEqual(opened.config.publishing.labels, { by: "ann", what: "open text" });
  assert.ok(!JSON.stringify([opened, ...opened.config.hosts]).includes(CANARY));
});

test("nothing is missed where there are neither secrets nor files of keys", () => {
  const { config: read, uses } = loadOpenConfig(config, { USER: "" }, secretsLeftOut);
  assert.equal(read.registries[0]?.image, "one.example/a");
  assert.deepEqual(read.publishing.source?.origin.kind, "azure-blob");
  assert.deepEqual(
    uses.map(({ name }) => name),
    ["HOST", "USER", "PASS", "secret.txt", "SAS", "USER", "plain.txt"],
  );
});

test("a caller's secret is one: neither needed, nor read, nor shown", () => {
  const called = file(
    "called.yaml",
    'version: 1\nserve: { webhooks: { hub: { kind: generic, secret: "${CALLER}" } } }\n',
  );
  for (const environment of [{}, { CALLER: CANARY }]) {
    const { config: read, uses } = loadOpenConfig(called, environment, secretsLeftOut);
    assert.deepEqual([read.serve?.webhooks[0]?.name, uses[0]?.secret], ["hub", true]);
    assert.ok(!JSON.stringify(read).includes(CANARY));
  }
  assert.match(showConfig(called, { CALLER: CANARY }), /secret: "?\*{8}"?/);
});

test("a stand-in gets all uses of a variable", () => {
  const seen = new Map<string, readonly string[]>();
  const opened = loadOpenConfig(config, {}, (uses) => {
    const [first] = uses;
    if (first !== undefined)
      seen.set(
        first.name,
        uses.map(({ path }) => path),
      );
    return first?.name === "USER" ? "something" : undefined;
  });
  assert.deepEqual(seen.get("USER"), ["registries.one.username", "labels.by"]);
  assert.equal(opened.config.publishing.labels?.by, "something");
});

test("what is wrong with the configuration itself is said", () => {
  const bad = file("bad.yaml", "version: 1\nlables: {}\n");
  assert.throws(
    () => loadOpenConfig(bad, {}, secretsLeftOut),
    (error) => error instanceof SlipwayError && error.code === "CONFIG_KEY_MISSPELT",
  );
});
