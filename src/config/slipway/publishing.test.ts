import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { SlipwayError } from "../../words/error.ts";
import { wordsOf } from "../../words/words.ts";
import { problemsOf } from "../reading/problems.ts";
import { Refusal } from "../refusal.ts";
import type { Absent } from "../variables/interpolate.ts";
import { type Config, readConfig } from "./load-config.ts";
import { showConfig } from "./show-config.ts";

const folder = mkdtempSync(join(tmpdir(), "slipway-publishing-"));
after(() => rmSync(folder, { recursive: true }));

function read(text: string, variables: Readonly<Record<string, string>> = {}, absent?: Absent): Config {
  const lookup = {
    variable: (name: string) => variables[name],
    file: () => {
      throw new Refusal("there is no such file");
    },
  };
  return readConfig({ file: "slipway.yaml", text: `version: 1\n${text}` }, lookup, absent);
}

const WHOLE = `name: app
registries:
  hub: { image: docker.io/acme/app }
  aliyun: { image: registry.cn-hangzhou.aliyuncs.com/acme/app, required: false, adapt: true }
source:
  azureBlob: \${SAS}
  package: app-{{version}}.zip
  checksum: sha256:${"0a".repeat(32)}
  unpack: build/app
build:
  from: mcr.microsoft.com/dotnet/aspnet:9.0
  layers: [{ folder: build/app, to: /app }, { file: run.sh, to: /app/ }]
  config: { entrypoint: [dotnet, app.dll], env: { PORT: 8080 }, ports: 8080, healthcheck: { test: curl, retries: 3 } }
  platforms: [linux/amd64, linux/arm64]
  paths: ["src/**", { "added|modified": "docs/**" }]
  pathsMatch: some
tags: ["{{version}}", 1.10, "type=sha"]
flavor: latest=false
labels: { org.opencontainers.image.title: "App {{version}}" }
release:
  github: acme/app
  tag: app-v{{version}}
  assets: dist/*-{{ version }}.zip
  notes: docs/{{major}}.{{minor}}.md
  latest: auto
contract: docs/contract.md
`;

test("what is published is read", () => {
  const { publishing, registries } = read(WHOLE, { SAS: "https://acct.blob.core.windows.net/c?sig=x" });
  assert.deepEqual(
    registries.map(({ name, required, adapt }) => [name, required, adapt]),
    [
      ["hub", true, undefined],
      ["aliyun", false, true],
    ],
  );
  assert.deepEqual(publishing.source, {
    origin: {
      kind: "azure-blob",
      url: "https://acct.blob.core.windows.net/c?sig=x",
      package: "app-{{version}}.zip",
    },
    checksum: `sha256:${"0a".repeat(32)}`,
    unpack: "build/app",
  });
  const { build } = publishing;
  assert.equal(build?.with, "layers");
  assert.deepEqual(build?.with === "layers" ? build.layers : [], [
    { folder: "build/app", to: "/app" },
    { file: "run.sh", to: "/app/" },
  ]);
  assert.deepEqual(build?.paths, ["src/**", { "added|modified": ["docs/**"] }]);
  assert.deepEqual(
    publishing.tags?.map(({ text, type }) => [text, type]),
    [
      ["{{version}}", "semver"],
      ["1.10", "raw"],
      ["type=sha", "sha"],
    ],
  );
  assert.deepEqual(publishing.release, {
    github: "acme/app",
    tag: "app-v{{version}}",
    assets: ["dist/*-{{ version }}.zip"],
    notes: "docs/{{major}}.{{minor}}.md",
    latest: "auto",
  });
  assert.equal(publishing.contract, "docs/contract.md");
});

test("a builder is docker or buildah, layers, or whichever there is", () => {
  for (const [build, expected] of [
    ["{}", "auto"],
    ["{ with: buildah }", "buildah"],
    ["{ with: docker, sbom: true }", "docker"],
    ["{ layers: [{ file: a, to: /a }] }", "layers"],
  ] as const) {
    assert.equal(read(`build: ${build}\n`).publishing.build?.with, expected);
  }
});

/** Each mistake with what is said about it: code, place, and words of the message. */
const BAD: readonly (readonly [what: string, text: string, code: string, place: string, words: RegExp])[] = [
  ["source: a misspelt key", "source: { azureBlop: x }", "CONFIG_KEY_MISSPELT", "2:11", /azureBlop.*azureBlob/],
  ["source: an unknown key", "source: { url: 'https://a/b', mirror: x }", "CONFIG_KEY_UNKNOWN", "2:31", /mirror/],
  ["build: a misspelt key", "build: { dockerFile: x }", "CONFIG_KEY_MISSPELT", "2:10", /dockerFile.*dockerfile/],
  ["build: an unknown key", "build: { squash: true }", "CONFIG_KEY_UNKNOWN", "2:10", /squash/],
  [
    "build: a misspelt key of the image",
    "build: { layers: [{ file: a, to: /a }], config: { entrypont: x } }",
    "CONFIG_KEY_MISSPELT",
    "2:51",
    /entrypont.*entrypoint/,
  ],
  ["release: a misspelt key", "release: { asset: x }", "CONFIG_KEY_MISSPELT", "2:12", /asset.*assets/],
  [
    "registries: a misspelt key",
    "registries: { a: { image: ghcr.io/a/b, require: no } }",
    "CONFIG_KEY_MISSPELT",
    "2:40",
    /required/,
  ],
  ["flavor: a misspelt key", "flavor: lates=false", "CONFIG_VALUE_INVALID", "2:9", /lates/],
  ["flavor: a wrong line of several", "flavor: [latest=false, prefex=v]", "CONFIG_VALUE_INVALID", "2:24", /prefex/],
  ["two origins", "source: { url: 'https://a/b', path: x }", "CONFIG_VALUE_INVALID", "2:9", /only one/],
  ["no origin", "source: { unpack: x }", "CONFIG_VALUE_INVALID", "2:9", /one of azureBlob, url and path/],
  ["a blob's name without a blob", "source: { path: x, package: y }", "CONFIG_VALUE_INVALID", "2:9", /azureBlob/],
  ["no address", "source: { url: example.com/x.zip }", "CONFIG_VALUE_INVALID", "2:16", /http or https address/],
  [
    "a checksum too short",
    "source: { path: x, checksum: sha256:ab }",
    "CONFIG_VALUE_INVALID",
    "2:30",
    /64 lowercase hex/,
  ],
  [
    "a checksum of another kind",
    `source: { path: x, checksum: "md5:${"0".repeat(32)}" }`,
    "CONFIG_VALUE_INVALID",
    "2:30",
    /sha256:/,
  ],
  [
    "a slot that is none",
    "source: { path: 'a-{{verison}}.zip' }",
    "CONFIG_VALUE_INVALID",
    "2:17",
    /\{\{verison\}\} stands for nothing/,
  ],
  [
    "a slot of a tag rule in a file's name",
    "release: { notes: '{{sha}}.md' }",
    "CONFIG_VALUE_INVALID",
    "2:19",
    /\{\{sha\}\}/,
  ],
  [
    "a slot that is none in an asset",
    "release: { assets: [a, '{{vers}}.zip'] }",
    "CONFIG_VALUE_INVALID",
    "2:24",
    /\{\{vers\}\}/,
  ],
  [
    "a slot that is none in an argument",
    "build: { args: { V: '{{tag}}' } }",
    "CONFIG_VALUE_INVALID",
    "2:21",
    /\{\{tag\}\}/,
  ],
  ["a label of nothing", "labels: { a: '{{what}}' }", "CONFIG_VALUE_INVALID", "2:14", /\{\{what\}\} is not known/],
  [
    "one git tag for all versions",
    "release: { tag: stable }",
    "CONFIG_VALUE_INVALID",
    "2:17",
    /same for every version/,
  ],
  ["no repository at GitHub", "release: { github: app }", "CONFIG_VALUE_INVALID", "2:20", /OWNER\/NAME/],
  ["a latest that is none", "release: { latest: newest }", "CONFIG_VALUE_INVALID", "2:20", /auto, true, false/],
  ["no such builder", "build: { with: kaniko }", "CONFIG_VALUE_INVALID", "2:16", /docker, buildah, layers/],
  ["layers without layers", "build: { with: layers }", "CONFIG_VALUE_INVALID", "2:8", /needs layers/],
  [
    "layers without `with`, and a Dockerfile",
    "build: { layers: [{ file: a, to: /a }], dockerfile: D }",
    "CONFIG_VALUE_INVALID",
    "2:41",
    /with: layers/,
  ],
  [
    "docker with layers",
    "build: { with: docker, layers: [{ file: a, to: /a }] }",
    "CONFIG_VALUE_INVALID",
    "2:24",
    /with: docker/,
  ],
  ["a base image without layers", "build: { from: alpine }", "CONFIG_VALUE_INVALID", "2:10", /with: docker/],
  ["no layers", "build: { layers: [] }", "CONFIG_VALUE_INVALID", "2:18", /empty/],
  ["a layer without a place", "build: { layers: [{ file: a }] }", "CONFIG_KEY_MISSING", "2:19", /to is missing/],
  [
    "a relative place",
    "build:\n  layers:\n    - { file: a, to: /a }\n    - { file: b, to: app/b }",
    "CONFIG_VALUE_INVALID",
    "5:22",
    /layers\[1\]\.to.*begins with a slash/,
  ],
  [
    "a layer of two things",
    "build: { layers: [{ file: a, folder: b, to: /a }] }",
    "CONFIG_VALUE_INVALID",
    "2:19",
    /layers\[0\].*folder or a file/,
  ],
  ["no platform", "build: { platforms: [linux] }", "CONFIG_VALUE_INVALID", "2:22", /not a platform/],
  ["a kind of change that is none", "build: { paths: [{ renmed: 'a/**' }] }", "CONFIG_VALUE_INVALID", "2:17", /renmed/],
  ["no globs", "build: { paths: [] }", "CONFIG_VALUE_INVALID", "2:17", /empty/],
  ["a bad switch", "build: { sbom: yes }", "CONFIG_VALUE_INVALID", "2:16", /true or false/],
  [
    "a time without unit",
    "build: { layers: [{ file: a, to: /a }], config: { healthcheck: { test: a, interval: 30 } } }",
    "CONFIG_VALUE_INVALID",
    "2:85",
    /30s/,
  ],
  ["a rule of no type", "tags: [latest, 'type=semvr,pattern=x']", "CONFIG_VALUE_INVALID", "2:16", /type is "semvr"/],
  ["a rule with a foreign key", "tags: ['type=sha,pattern=x']", "CONFIG_VALUE_INVALID", "2:8", /unknown key "pattern"/],
  [
    "a rule of an unknown word",
    "tags:\n  - '{{version}}'\n  - '{{verison}}'",
    "CONFIG_VALUE_INVALID",
    "4:5",
    /\{\{verison\}\} is not known here/,
  ],
  ["a rule without its pattern", "tags: 'type=semver'", "CONFIG_VALUE_INVALID", "2:7", /pattern is missing/],
  ["no tags", "tags: []", "CONFIG_VALUE_INVALID", "2:7", /empty/],
  ["an empty contract", "contract: ''", "CONFIG_VALUE_INVALID", "2:11", /empty/],
];

for (const [what, text, code, place, said] of BAD) {
  test(`${what} is refused, with its line and column`, () => {
    assert.throws(
      () => read(`${text}\n`),
      (thrown) => {
        assert.ok(thrown instanceof SlipwayError);
        const [problem, ...more] = problemsOf(thrown);
        assert.deepEqual(
          [problem?.code, problem?.facts.where, more.length],
          [code, `slipway.yaml:${place}`, 0],
          thrown.message,
        );
        assert.match(thrown.message, said);
        assert.doesNotMatch(JSON.stringify(wordsOf("zh-CN").error(thrown)), /[^{]\{\w+\}[^}]/);
        return true;
      },
    );
  });
}

test("all mistakes are told at once", () => {
  assert.throws(
    () => read("source: { pth: x }\nbuild: { layers: [{ file: a, to: a }, { to: b }] }\ntags: ['{{x}}']\n"),
    (thrown) => {
      assert.ok(thrown instanceof SlipwayError);
      const places = problemsOf(thrown).map(({ facts }) => facts.where);
      assert.deepEqual(places, ["slipway.yaml:2:11", "slipway.yaml:4:8"], "what is read first");
      return true;
    },
  );
});

test("S23: what is told of a mistake holds no secret", () => {
  for (const text of ["source: { azureBlob: canary, url: 'https://x/canary' }\n", "source: { url: canary }\n"]) {
    assert.throws(
      () => read(text),
      (thrown) => thrown instanceof SlipwayError && !/canary/.test(thrown.message + JSON.stringify(thrown.facts)),
    );
  }
});

const LENIENT = `registries:
  hub: { image: docker.io/acme/app, username: ann, password: "\${PASSWORD}" }
  file: { image: ghcr.io/acme/app, username: "\${USER}", password: "\${file:nowhere}" }
  whole: { image: quay.io/acme/app, username: bob, password: open }
source: { azureBlob: "\${SAS}", package: "app-{{version}}.zip" }
`;

test("work that logs in nowhere needs no secrets, and takes those that are there", () => {
  const logins = ({ credentials }: Config) => credentials.map(({ prefix, username }) => [prefix, username]);
  const strict = (variables: Readonly<Record<string, string>>, absent?: Absent) => {
    try {
      read(LENIENT, variables, absent);
    } catch (thrown) {
      assert.ok(thrown instanceof SlipwayError);
      return problemsOf(thrown).map(({ code, facts }) => [code, facts.where]);
    }
    return [];
  };
  assert.deepEqual(strict({}), [
    ["CONFIG_VARIABLE_MISSING", "slipway.yaml:3:62"],
    ["CONFIG_VARIABLE_MISSING", "slipway.yaml:4:46"],
    ["CONFIG_FILE_UNREADABLE", "slipway.yaml:4:67"],
    ["CONFIG_VARIABLE_MISSING", "slipway.yaml:6:22"],
  ]);
  // The package is fetched with the SAS URL: only logins can be left out.
  assert.deepEqual(strict({}, "no-logins"), [["CONFIG_VARIABLE_MISSING", "slipway.yaml:6:22"]]);
  const building = read(LENIENT, { SAS: "https://a/b" }, "no-logins");
  assert.deepEqual(logins(building), [["quay.io/acme/app", "bob"]]);
  assert.deepEqual(building.publishing.source?.origin, {
    kind: "azure-blob",
    url: "https://a/b",
    package: "app-{{version}}.zip",
  });
  const looking = read(LENIENT, {}, "unwritten");
  assert.deepEqual(logins(looking), [["quay.io/acme/app", "bob"]]);
  assert.deepEqual(looking.publishing.source?.origin, {
    kind: "azure-blob",
    url: "${SAS}",
    package: "app-{{version}}.zip",
  });
  assert.deepEqual(logins(read(LENIENT, { PASSWORD: "x" }, "unwritten")), [
    ["docker.io/acme/app", "ann"],
    ["quay.io/acme/app", "bob"],
  ]);
});

test("lenient reading forgives secrets that are missing, and nothing else", () => {
  for (const absent of ["no-logins", "unwritten"] as const) {
    for (const [text, code] of [
      ["name: ${NAME}\n", "CONFIG_VARIABLE_MISSING"],
      ["source: { path: '${file:nowhere}' }\n", "CONFIG_FILE_UNREADABLE"],
      ["source: { azureBlob: '${1}' }\n", "CONFIG_VARIABLE_SYNTAX"],
      ["registries: { a: { image: ghcr.io/a, username: x } }\n", "CONFIG_KEY_MISSING"],
      ["build: { with: kaniko }\n", "CONFIG_VALUE_INVALID"],
    ] as const) {
      assert.throws(() => read(text, {}, absent), { code }, `${absent} ${text}`);
    }
  }
});

test("S23: what is shown has no signature, no login of a cache, and no password in it", () => {
  const file = join(folder, "shown.yaml");
  writeFileSync(
    file,
    `version: 1
registries: { hub: { image: docker.io/acme/app, username: ann, password: canary-1, required: false } }
source: { azureBlob: "https://acct.blob.core.windows.net/c?sig=canary-2" }
build:
  cacheFrom: type=s3,region=eu,secret_access_key=canary-3,access_key_id=canary-4
  cacheTo: ["type=gha,token=canary-5,mode=max"]
  sbom: true
`,
  );
  const shown = showConfig(file, {});
  assert.doesNotMatch(shown, /canary/);
  for (const part of ['azureBlob: "********"', "type=s3,region=eu,", ",mode=max", "required: false", "sbom: true"]) {
    assert.ok(shown.includes(part), `${part} in\n${shown}`);
  }
  writeFileSync(file, 'version: 1\nsource: { url: "https://ann:canary@host/app-{{version}}.zip?sig=canary" }\n');
  const url = showConfig(file, {});
  assert.doesNotMatch(url, /canary/);
  assert.match(url, /host\/app-\{\{version\}\}\.zip\?\*+/);
});
