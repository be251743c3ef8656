import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import fc from "fast-check";
import { formatReference } from "../../oci/reference.ts";
import { SlipwayError } from "../../words/error.ts";
import { wordsOf } from "../../words/words.ts";
import { problemsOf } from "../reading/problems.ts";
import { Refusal } from "../refusal.ts";
import { findConfig } from "./find-config.ts";
import { type Config, loadConfig, readConfig } from "./load-config.ts";
import { showConfig } from "./show-config.ts";

const folder = mkdtempSync(join(tmpdir(), "slipway-config-"));
after(() => rmSync(folder, { recursive: true }));

const PEM = "-----BEGIN CERTIFICATE-----\nMA==\n-----END CERTIFICATE-----\n";
const VARIABLES: Readonly<Record<string, string>> = { USER: "ann", PASS: "canary-secret", EMPTY: "" };
const FILES: Readonly<Record<string, string>> = { "ca.pem": PEM, "token.txt": "from-file\n", "text.txt": "no pem" };

function read(text: string): Config {
  return readConfig(
    { file: "slipway.yaml", text },
    {
      variable: (name) => VARIABLES[name],
      file: (path) => {
        const content = FILES[path];
        if (content === undefined) throw new Refusal("there is no such file");
        return content;
      },
    },
  );
}

function problems(text: string): readonly SlipwayError[] {
  try {
    read(text);
  } catch (error) {
    if (error instanceof SlipwayError) return problemsOf(error);
    throw error;
  }
  return [];
}

const WHOLE = `version: 1
name: hagicode
registries:
  docker-hub:
    image: docker.io/newbe36524/hagicode
    username: \${USER}
    password: \${PASS}
  aliyun:
    image: \${ALIYUN:-registry.cn-hangzhou.aliyuncs.com}/hagicode/hagicode
  internal:
    image: registry.internal:5000
    username: robot
    password: \${file:token.txt}
mirrors:
  - from: docker-hub
    to: [hagicode.azurecr.io/hagicode, aliyun]
    tags: { semver: ">=1.0.0", include: [latest], exclude: ["*-rc*"], newest: 50 }
  - from: nginx
    to: aliyun
    tags: [1.10, latest]
    platforms: [linux/amd64, linux/arm/v7]
    referrers: false
  - from: busybox:1,2
    to: ['ghcr.io/a/busybox:one,two', ghcr.io/b/busybox]
hosts:
  registry.internal:5000: { tls: false, concurrency: 4, chunkSize: 20MiB, ca: ca.pem, rate: 0.5, kind: harbor }
  index.docker.io: { proxy: none, realm: "https://auth.example.com/token" }
  slow.example: { idleTimeout: 1.5m, minimumRate: 500B/s, keepPulls: 0 }
  stuck.example: { idleTimeout: 500ms, minimumRate: none }
`;

test("the whole of it is read", () => {
  const config = read(WHOLE);
  assert.equal(config.name, "hagicode");
  assert.deepEqual(config.credentials, [
    {
      prefix: "docker.io/newbe36524/hagicode",
      username: "ann",
      password: "canary-secret",
      origin: "slipway.yaml:4 (registries.docker-hub)",
    },
    {
      prefix: "registry.internal:5000",
      username: "robot",
      password: "from-file",
      origin: "slipway.yaml:10 (registries.internal)",
    },
  ]);
  const [first, second, third] = config.rules;
  assert.equal(first && formatReference(first.source), "docker.io/newbe36524/hagicode");
  assert.deepEqual(first?.images, {
    kind: "selection",
    selection: { semver: ">=1.0.0", include: ["latest"], exclude: ["*-rc*"], newest: 50 },
  });
  assert.deepEqual(
    first?.destinations.map(({ repository }) => formatReference(repository)),
    ["hagicode.azurecr.io/hagicode", "registry.cn-hangzhou.aliyuncs.com/hagicode/hagicode"],
  );
  assert.equal(first?.referrers, true);
  assert.deepEqual(first?.place, { file: "slipway.yaml", line: 15, column: 5 });
  assert.deepEqual(second?.images, { kind: "tags", tags: ["1.10", "latest"] });
  assert.deepEqual(second?.platforms, [
    { os: "linux", architecture: "amd64" },
    { os: "linux", architecture: "arm", variant: "v7" },
  ]);
  assert.equal(second?.referrers, false);
  assert.deepEqual(
    third?.destinations.map(({ tags }) => tags),
    [["one", "two"], undefined],
  );
  assert.deepEqual(config.hosts.get("registry.internal:5000"), {
    tls: false,
    concurrency: 4,
    chunkSize: 20 * 1024 * 1024,
    kind: "harbor",
    ca: PEM,
    rate: 0.5,
  });
  assert.deepEqual(config.hosts.get("docker.io"), { proxy: "none", realm: "https://auth.example.com/token" });
  assert.deepEqual(config.hosts.get("slow.example"), { idleTimeout: 90_000, minimumRate: 500, keepPulls: 0 });
  assert.deepEqual(config.hosts.get("stuck.example"), { idleTimeout: 500, minimumRate: 0 });
  assert.deepEqual(config.notices, []);
});

const MIRROR = "version: 1\nmirrors:\n  - from: nginx\n    to: ghcr.io/a/nginx\n";

/** Each fault, with what is said about it: code, place, and a word of the message. */
const BAD: readonly (readonly [name: string, text: string, ...said: readonly (readonly [string, string, RegExp])[]])[] =
  [
    ["no version", "name: x\n", ["CONFIG_KEY_MISSING", "1:1", /version/]],
    ["another version", "version: 2\n", ["CONFIG_VALUE_INVALID", "1:10", /expected 1/]],
    ["a list", "- version: 1\n", ["CONFIG_VALUE_INVALID", "1:1", /expected a mapping, found a list/]],
    ["an unknown key", "version: 1\nmirors: []\n", ["CONFIG_KEY_MISSPELT", "2:1", /mirors.*mirrors/]],
    ["an unknown key in a mirror", `${MIRROR}    tag: x\n`, ["CONFIG_KEY_MISSPELT", "5:5", /tag.*tags/]],
    [
      "two schedules",
      `${MIRROR}    every: 30m\n    cron: "0 0 * * *"\n`,
      ["CONFIG_VALUE_INVALID", "6:11", /do not go together/],
    ],
    ["a time that is none", `${MIRROR}    cron: "0 25 * * *"\n`, ["CONFIG_VALUE_INVALID", "5:11", /five fields/]],
    ["an unknown key in tags", `${MIRROR}    tags: { semvr: "1" }\n`, ["CONFIG_KEY_MISSPELT", "5:13", /semver/]],
    ["an empty section", "version: 1\nmirrors:\n", ["CONFIG_VALUE_INVALID", "2:9", /expected a list, found nothing/]],
    ["a missing to", "version: 1\nmirrors:\n  - from: a\n", ["CONFIG_KEY_MISSING", "3:5", /to is missing/]],
    [
      "a mirror of nothing",
      "version: 1\nmirrors: [{}]\n",
      ["CONFIG_KEY_MISSING", "2:11", /from/],
      ["CONFIG_KEY_MISSING", "2:11", /to/],
    ],
    [
      "no reference",
      "version: 1\nmirrors:\n  - { from: UPPER, to: a }\n",
      ["CONFIG_VALUE_INVALID", "3:13", /lowercase/],
    ],
    ["a bad glob", `${MIRROR}    tags: [ok, "a b"]\n`, ["CONFIG_VALUE_INVALID", "5:16", /neither a tag nor a glob/]],
    ["a bad expression", `${MIRROR}    tags: /(/\n`, ["CONFIG_VALUE_INVALID", "5:11", /regular expression/]],
    ["a bad range", `${MIRROR}    tags: { semver: new }\n`, ["CONFIG_VALUE_INVALID", "5:21", /range of versions/]],
    ["a bad number", `${MIRROR}    tags: { newest: 0 }\n`, ["CONFIG_VALUE_INVALID", "5:21", /whole number from 1/]],
    ["a bad switch", `${MIRROR}    referrers: no\n`, ["CONFIG_VALUE_INVALID", "5:16", /true or false/]],
    ["a bad platform", `${MIRROR}    platforms: [linux]\n`, ["CONFIG_VALUE_INVALID", "5:17", /not a platform/]],
    [
      "tags said twice",
      `${MIRROR.replace("nginx", "nginx:1")}    tags: x\n`,
      ["CONFIG_VALUE_INVALID", "5:11", /already/],
    ],
    [
      "tags that do not pair",
      "version: 1\nmirrors:\n  - from: nginx:1,2\n    to: [a, 'ghcr.io/b:1']\n",
      ["CONFIG_VALUE_INVALID", "4:13", /1 tags cannot pair with the 2/],
    ],
    [
      "a destination's tag without one at the source",
      "version: 1\nmirrors:\n  - { from: nginx, to: 'ghcr.io/b:1' }\n",
      ["CONFIG_VALUE_INVALID", "3:24", /the source does not/],
    ],
    [
      "a registry without repository as source",
      "version: 1\nregistries: { r: { image: ghcr.io } }\nmirrors: [{ from: r, to: a }]\n",
      ["CONFIG_VALUE_INVALID", "3:19", /without a repository/],
    ],
    [
      "no registry",
      "version: 1\nregistries: { r: { image: nginx } }\n",
      ["CONFIG_VALUE_INVALID", "2:27", /begin with/],
    ],
    [
      "half a credential",
      "version: 1\nregistries:\n  r:\n    image: ghcr.io\n    username: x\n",
      ["CONFIG_KEY_MISSING", "4:5", /password/],
    ],
    [
      "a kind of host that is none",
      "version: 1\nhosts: { a.b: { kind: nexus } }\n",
      ["CONFIG_VALUE_INVALID", "2:23", /harbor/],
    ],
    ["a bad time", "version: 1\nhosts: { a.b: { idleTimeout: 30 } }\n", ["CONFIG_VALUE_INVALID", "2:30", /30s/]],
    ["a bad rate", "version: 1\nhosts: { a.b: { minimumRate: slow } }\n", ["CONFIG_VALUE_INVALID", "2:30", /20MB/]],
    ["a bad reserve", "version: 1\nhosts: { a.b: { keepPulls: -1 } }\n", ["CONFIG_VALUE_INVALID", "2:28", /from 0/]],
    ["a bad size", "version: 1\nhosts: { a.b: { chunkSize: big } }\n", ["CONFIG_VALUE_INVALID", "2:28", /20MiB/]],
    ["a bad host", "version: 1\nhosts: { a.b/c: {} }\n", ["CONFIG_VALUE_INVALID", "2:10", /host alone/]],
    ["a bad realm", "version: 1\nhosts: { a.b: { realm: x } }\n", ["CONFIG_VALUE_INVALID", "2:24", /https address/]],
    [
      "a missing file",
      "version: 1\nhosts: { a.b: { ca: nope.pem } }\n",
      ["CONFIG_FILE_UNREADABLE", "2:21", /nope\.pem/],
    ],
    [
      "a file that is no PEM",
      "version: 1\nhosts: { a.b: { ca: text.txt } }\n",
      ["CONFIG_VALUE_INVALID", "2:21", /PEM/],
    ],
    ["a missing variable", "version: 1\nname: ${NOPE}\n", ["CONFIG_VARIABLE_MISSING", "2:7", /NOPE/]],
    ["a needed variable", "version: 1\nname: ${EMPTY:?say it}\n", ["CONFIG_VARIABLE_REQUIRED", "2:7", /say it/]],
    ["no variable", "version: 1\nname: ${{ x }}\n", ["CONFIG_VARIABLE_SYNTAX", "2:7", /a name/]],
    ["a missing secret", "version: 1\nname: ${file:nope}\n", ["CONFIG_FILE_UNREADABLE", "2:7", /nope/]],
    [
      "several at once",
      "version: 1\nnam: x\nmirrors:\n  - from: nginx:1\n    to: 'ghcr.io/b:1,2'\n  - to: a\nhosts: { a.b: { tls: maybe, rate: -1 } }\n",
      ["CONFIG_KEY_MISSPELT", "2:1", /name/],
      ["CONFIG_KEY_MISSING", "6:5", /from/],
      ["CONFIG_VALUE_INVALID", "7:22", /true or false/],
      ["CONFIG_VALUE_INVALID", "7:35", /number from/],
      ["CONFIG_VALUE_INVALID", "5:9", /pair/],
    ],
  ];

for (const [name, text, ...said] of BAD) {
  test(`${name} is said with its line and column, in both languages`, () => {
    const found = problems(text);
    assert.deepEqual(
      found.map(({ code, facts }) => [code, facts.where]).sort(),
      said.map(([code, place]) => [code, `slipway.yaml:${place}`]).sort(),
    );
    for (const [code, place, word] of said) {
      const problem = found.find((one) => {
        return one.code === code && one.facts.where === `slipway.yaml:${place}` && word.test(one.message);
      });
      assert.ok(problem, `${word} in ${found.map(({ message }) => message)}`);
      assert.doesNotMatch(JSON.stringify(wordsOf("zh-CN").error(problem)), /\{\w+\}/);
    }
  });
}

test("S33: __proto__ and merge keys do no harm", () => {
  assert.equal(problems("version: 1\nhosts: { __proto__: { tls: x } }\n")[0]?.code, "CONFIG_SYNTAX");
  const config = read("version: 1\nhosts:\n  a.b: &a { tls: false }\n  c.d: { <<: *a, concurrency: 2 }\n");
  assert.deepEqual(config.hosts.get("c.d"), { tls: false, concurrency: 2 });
  assert.equal(Object.getPrototypeOf({}), Object.prototype);
});

test("empty credentials leave the Docker configuration, and say so", () => {
  const config = read(
    "version: 1\nregistries:\n  r:\n    image: ghcr.io/a\n    username: ''\n    password: ${EMPTY}\n",
  );
  assert.deepEqual(config.credentials, []);
  assert.deepEqual(
    config.notices.map(({ key }) => key),
    ["notice.docker-configuration"],
  );
});

test("no text makes anything but a SlipwayError", () => {
  const lines = fc.constantFrom(...WHOLE.split("\n"), "  - x", "    - ${", "a: *b", "}", "mirrors:", "hosts: {", "\t");
  fc.assert(
    fc.property(fc.array(lines, { maxLength: 12 }), (chosen) => {
      problems(chosen.join("\n"));
    }),
    { seed: 7, numRuns: 300 },
  );
});

test(".env beside the config is read, and the environment wins", () => {
  const file = join(folder, "slipway.yaml");
  writeFileSync(join(folder, ".env"), 'NAME=from-file\nIMAGE="ghcr.io/a/b" # comment\n');
  writeFileSync(join(folder, "secret"), "s3cret\n");
  writeFileSync(
    file,
    "version: 1\nname: ${NAME}\nregistries:\n  r: { image: '${IMAGE}', username: u, password: '${file:secret}' }\n",
  );
  assert.equal(loadConfig(file, {}).name, "from-file");
  const config = loadConfig(file, { NAME: "from-environment" });
  assert.equal(config.name, "from-environment");
  assert.equal(config.credentials[0]?.password, "s3cret");
  assert.equal(config.credentials[0]?.origin, `${file}:4 (registries.r)`);
});

test("S23: what is shown has no secrets in it", () => {
  const file = join(folder, "shown.yaml");
  writeFileSync(join(folder, "canary"), "canary-3\n");
  writeFileSync(
    file,
    [
      "version: 1",
      "name: ${NAME}",
      "registries:",
      "  r: { image: ghcr.io/a, username: ann, password: 'canary-${PASS}' }",
      "hosts:",
      "  a.b: { proxy: 'http://ann:canary-2@proxy:3128', realm: 'https://x/${file:canary}' }",
    ].join("\n"),
  );
  const shown = showConfig(file, { NAME: "shown", PASS: "canary-1" });
  assert.doesNotMatch(shown, /canary/);
  assert.match(shown, /name: shown/);
  assert.match(shown, /username: ann/);
  assert.match(shown, /proxy: http:\/\/\*+@proxy:3128/);
});

test("what is shown has numbers, switches and paths as they are written, and tags stay text", () => {
  const file = join(folder, "typed.yaml");
  const pem = "-----BEGIN PRIVATE KEY-----\\ncanary\\n";
  writeFileSync(
    file,
    [
      "version: 1",
      "mirrors: [{ from: a.io/b, to: c.io/d, tags: { include: [1.10], newest: 2 }, referrers: false }]",
      `hosts: { a.b: { concurrency: 4, rate: 0.5, key: certs/client.key }, c.d: { key: "${pem}" } }`,
    ].join("\n"),
  );
  const shown = showConfig(file, {});
  assert.doesNotMatch(shown, /canary/);
  for (const line of [
    "version: 1",
    '- "1.10"',
    "newest: 2",
    "referrers: false",
    "rate: 0.5",
    "key: certs/client.key",
  ]) {
    assert.ok(shown.includes(line), `${line} in\n${shown}`);
  }
});

test("S23: errors have no secrets in them", () => {
  const found = problems(
    "version: 1\nregistries:\n  r: { image: ghcr.io, username: u, password: [canary] }\n  s: { image: ghcr.io, username: u, password: 'canary${' }\n",
  );
  assert.equal(found.length, 2);
  for (const { message, facts } of found) assert.doesNotMatch(message + JSON.stringify(facts), /canary/);
});

test("the config is found in the folder or above it", () => {
  const project = join(folder, "project");
  mkdirSync(join(project, "a/b"), { recursive: true });
  const config = join(project, "slipway.yaml");
  writeFileSync(config, "version: 1\n");
  assert.equal(findConfig(join(project, "a/b")), config);
  assert.equal(findConfig(project), config);
  assert.equal(findConfig("/proc"), undefined);
});
