import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { formatReference } from "../../oci/reference.ts";
import { SlipwayError } from "../../words/error.ts";
import { problemsOf } from "../reading/problems.ts";
import type { Settings } from "../settings.ts";
import type { Environment } from "../variables/lookup.ts";
import { expandVariables } from "./expand.ts";
import { loadImageSyncer } from "./load.ts";
import { platformsFromFlags } from "./platforms.ts";
import { formatSuccessImages } from "./success-images.ts";

const folder = mkdtempSync(join(tmpdir(), "slipway-syncer-"));
after(() => rmSync(folder, { recursive: true }));

function write(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

const AUTH = `hagicode.azurecr.io:
  username: "\${{ secrets.AZURE_ACR_USERNAME }}"
  password: "\${{ secrets.AZURE_ACR_PASSWORD }}"
registry.cn-hangzhou.aliyuncs.com:
  username: "\${{ secrets.ALIYUN_ACR_USERNAME }}"
  password: "\${{ secrets.ALIYUN_ACR_PASSWORD }}"
`;
const IMAGES = `docker.io/newbe36524/hagicode: hagicode.azurecr.io/hagicode
docker.io/newbe36524/hagicode: registry.cn-hangzhou.aliyuncs.com/hagicode/hagicode
`;

function images(text: string, name = "images.yaml"): Settings {
  return loadImageSyncer({ images: write(name, text) }, {});
}

function auth(text: string, environment: Environment = {}): Settings {
  return loadImageSyncer({ images: write("images.yaml", IMAGES), auth: write("auth.yaml", text) }, environment);
}

/** Rules as `source images → destinations`. */
function shown({ rules }: Settings): readonly string[] {
  return rules.map(({ source, images, destinations }) => {
    const what = images.kind === "tags" ? images.tags : images.kind === "digest" ? images.digest : images.selection;
    const where = destinations.map(({ repository, tags = [] }) => [formatReference(repository), ...tags].join(" "));
    return `${formatReference(source)} ${JSON.stringify(what)} → ${where.join(" | ")}`;
  });
}

function problems(work: () => unknown): readonly string[] {
  try {
    work();
  } catch (error) {
    if (!(error instanceof SlipwayError)) throw error;
    return problemsOf(error).map(({ code, facts }) => `${code} ${String(facts.where).replace(`${folder}/`, "")}`);
  }
  return [];
}

test("M2: the founding document's files: two lines with one source reach both registries", () => {
  const settings = auth(AUTH);
  assert.deepEqual(shown(settings), [
    "docker.io/newbe36524/hagicode {} → hagicode.azurecr.io/hagicode | registry.cn-hangzhou.aliyuncs.com/hagicode/hagicode",
  ]);
  assert.deepEqual(settings.notices, [
    {
      key: "notice.keys-joined",
      facts: { where: `${folder}/images.yaml:2:1`, key: "docker.io/newbe36524/hagicode", first: 1 },
    },
  ]);
  assert.deepEqual(
    settings.credentials.map(({ prefix, origin }) => [prefix, origin]),
    [
      ["hagicode.azurecr.io", `${folder}/auth.yaml:1`],
      ["registry.cn-hangzhou.aliyuncs.com", `${folder}/auth.yaml:4`],
    ],
  );
});

test("JSON does the same, repeated keys and all", () => {
  const json = '{\n\t"nginx": "a.io/x",\n\t"nginx": ["b.io/x", "c.io/x"]\n}\n';
  assert.deepEqual(shown(images(json, "images.json")), ["docker.io/library/nginx {} → a.io/x | b.io/x | c.io/x"]);
});

const digest = `sha256:${"b".repeat(64)}`;
const GRAMMAR: readonly (readonly [line: string, rule: string])[] = [
  ["nginx: foo/bar", "docker.io/library/nginx {} → docker.io/foo/bar"],
  ["foo/bar:1: q.io/x", 'docker.io/foo/bar ["1"] → q.io/x'],
  ["nginx:v1,v2: q.io/x", 'docker.io/library/nginx ["v1","v2"] → q.io/x'],
  ["nginx:v1,v2: ['q.io/x:a,b', q.io/y]", 'docker.io/library/nginx ["v1","v2"] → q.io/x a b | q.io/y'],
  ["nginx:/^v1/: q.io/x", 'docker.io/library/nginx {"match":["/^v1/"]} → q.io/x'],
  [`nginx@${digest}: q.io/x`, `docker.io/library/nginx "${digest}" → q.io/x`],
  [`nginx@${digest}: 'q.io/x:1'`, `docker.io/library/nginx "${digest}" → q.io/x 1`],
];

for (const [line, rule] of GRAMMAR) {
  test(`images: ${line}`, () => assert.deepEqual(shown(images(line)), [rule]));
}

const BAD_IMAGES: readonly (readonly [name: string, text: string, problems: readonly string[]])[] = [
  ["an empty file", "", ["CONFIG_EMPTY images.yaml:1:1"]],
  ["a list", "- nginx\n", ["CONFIG_VALUE_INVALID images.yaml:1:1"]],
  ["a tab", "nginx:\n\t- q.io/x\n", ["CONFIG_SYNTAX images.yaml:2:1"]],
  ["a line without destination", "nginx:\nredis: q.io/x\n", ["CONFIG_VALUE_INVALID images.yaml:1:7"]],
  ["tags that do not pair", "nginx:1,2:\n  - q.io/y\n  - q.io/x:1\n", ["CONFIG_VALUE_INVALID images.yaml:3:5"]],
  ["all tags to one", "nginx: q.io/x:1\n", ["CONFIG_VALUE_INVALID images.yaml:1:8"]],
  ["a digest as destination", `nginx: q.io/x@${digest}\n`, ["CONFIG_VALUE_INVALID images.yaml:1:8"]],
  ["a mapping as destination", "nginx: { a: b }\n", ["CONFIG_VALUE_INVALID images.yaml:1:8"]],
  [
    "several at once",
    "UPPER: q.io/x\nnginx:/(/: q.io/x\nredis: 'a b'\n",
    [
      "CONFIG_VALUE_INVALID images.yaml:1:1",
      "CONFIG_VALUE_INVALID images.yaml:2:1",
      "CONFIG_VALUE_INVALID images.yaml:3:8",
    ],
  ],
];

for (const [name, text, wanted] of BAD_IMAGES) {
  test(`images: ${name} is said with its place`, () =>
    assert.deepEqual(
      problems(() => images(text)),
      wanted,
    ));
}

test("auth: prefixes, variables, insecure hosts", () => {
  const text = [
    "docker.io/team: { username: $oauthtoken, password: $PASS }",
    "https://index.docker.io/v1/: { username: '${USER}', password: 'a$$b' }",
    "127.0.0.1:5000: { insecure: true }",
  ].join("\n");
  const settings = auth(text, { PASS: "p", USER: "u" });
  assert.deepEqual(
    settings.credentials.map(({ prefix, username, password }) => [prefix, username, password]),
    [
      ["docker.io/team", "$oauthtoken", "p"],
      ["docker.io", "u", "a$b"],
    ],
  );
  assert.deepEqual([...settings.hosts], [["127.0.0.1:5000", { insecure: true }]]);
  assert.deepEqual(
    settings.notices.map(({ key, facts }) => [key, facts.prefix]),
    [
      ["notice.docker-configuration", "127.0.0.1:5000"],
      ["notice.keys-joined", undefined],
    ],
  );
});

test("auth: what is unset, unknown or repeated is said", () => {
  const text =
    "ghcr.io: { username: '${NOPE}', password: x, token: y }\nghcr.io: { username: b, password: c }\nq.io: { username: '${NOPE}' }\n";
  const settings = auth(text);
  assert.deepEqual(
    settings.credentials.map(({ prefix, username }) => [prefix, username]),
    [["ghcr.io", "b"]],
  );
  assert.deepEqual(
    settings.notices.map(({ key }) => key),
    ["notice.last-key-counts", "notice.variable-unset", "notice.docker-configuration", "notice.keys-joined"],
  );
});

const BAD_AUTH: readonly (readonly [name: string, text: string, problems: readonly string[]])[] = [
  ["a registry that is none", "'a b': { username: u }\n", ["CONFIG_VALUE_INVALID auth.yaml:1:1"]],
  ["text for a credential", "ghcr.io: secret\n", ["CONFIG_VALUE_INVALID auth.yaml:1:10"]],
  ["a list for a password", "ghcr.io: { password: [secret] }\n", ["CONFIG_VALUE_INVALID auth.yaml:1:22"]],
  ["a bad switch", "ghcr.io: { insecure: yes }\n", ["CONFIG_VALUE_INVALID auth.yaml:1:12"]],
];

for (const [name, text, wanted] of BAD_AUTH) {
  test(`auth: ${name} is said with its place`, () =>
    assert.deepEqual(
      problems(() => auth(text)),
      wanted,
    ));
}

test("the problems of both files are given together", () => {
  const files = { auth: write("a.yaml", "ghcr.io: x\n"), images: write("i.yaml", "nginx: {}\n") };
  assert.deepEqual(
    problems(() => loadImageSyncer(files, {})),
    ["CONFIG_VALUE_INVALID a.yaml:1:10", "CONFIG_VALUE_INVALID i.yaml:1:8"],
  );
});

test("--config holds both", () => {
  const text =
    '{ "auth": { "q.io": { "username": "u", "password": "p" } }, "images": { "nginx": "q.io/x" }, "proc": 5 }';
  const settings = loadImageSyncer({ config: write("config.json", text) }, {});
  assert.deepEqual(shown(settings), ["docker.io/library/nginx {} → q.io/x"]);
  assert.equal(settings.credentials[0]?.prefix, "q.io");
  assert.deepEqual(
    settings.notices.map(({ key, facts }) => [key, facts.key]),
    [["notice.key-ignored", "proc"]],
  );
  assert.deepEqual(
    problems(() => loadImageSyncer({ config: write("c.yaml", "auth: {}\n") }, {})),
    ["CONFIG_KEY_MISSING c.yaml:1:1"],
  );
});

const EXPANDED: readonly (readonly [text: string, expanded: string, unset: readonly string[]])[] = [
  ["plain", "plain", []],
  ["$A-${A}", "a-a", []],
  ["$oauthtoken", "$oauthtoken", []],
  ["x$$A", "x$A", []],
  ["${NOPE}", "", ["NOPE"]],
  ["${{ secrets.A }}", "${{ secrets.A }}", []],
  ["$", "$", []],
  ["$1", "$1", []],
];

for (const [text, expanded, unset] of EXPANDED) {
  test(`${text} expands to ${expanded}`, () =>
    assert.deepEqual(expandVariables(text, { A: "a" }), { text: expanded, unset }));
}

test("--os and --arch ask for every pair of both", () => {
  assert.equal(platformsFromFlags([], []), undefined);
  assert.deepEqual(platformsFromFlags(["linux"], ["amd64,arm:v7"]), [
    { os: "linux", architecture: "amd64" },
    { os: "linux", architecture: "arm", variant: "v7" },
  ]);
  assert.deepEqual(platformsFromFlags(["windows:10.0.17763", "linux"], []), [
    { os: "windows", osVersion: "10.0.17763" },
    { os: "linux" },
  ]);
  assert.throws(() => platformsFromFlags(["linux/amd64"], []), { code: "PLATFORM_INVALID" });
});

test("what was delivered is written as source → destinations", () => {
  const delivered = [
    { source: "docker.io/a/b:1", destination: "q.io/b:1" },
    { source: "docker.io/a/b:2", destination: "q.io/b:2" },
    { source: "docker.io/a/b:1", destination: "r.io/b:1" },
    { source: "docker.io/a/b:1", destination: "q.io/b:1" },
  ];
  assert.equal(
    formatSuccessImages(delivered, "yaml"),
    "docker.io/a/b:1:\n  - q.io/b:1\n  - r.io/b:1\ndocker.io/a/b:2:\n  - q.io/b:2\n",
  );
  assert.deepEqual(JSON.parse(formatSuccessImages(delivered, "json")), {
    "docker.io/a/b:1": ["q.io/b:1", "r.io/b:1"],
    "docker.io/a/b:2": ["q.io/b:2"],
  });
});
