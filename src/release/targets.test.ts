import assert from "node:assert/strict";
import { test } from "node:test";
import { remarkText } from "./remark.ts";
import { builderOf, type GraphFacts, publishTargets, withoutSecrets } from "./targets.ts";
import { targetsMermaid } from "./targets-mermaid.ts";

const HUB = { name: "hub", repository: "docker.io/o/app", required: true };
const ALIYUN = { name: "aliyun", repository: "registry.example/o/app", required: false };
const PACKAGE = { kind: "azure-blob", url: "https://secret.example/?sig=1", package: "app-{{version}}.zip" } as const;

const GRAPHS: readonly (readonly [what: string, facts: GraphFacts, lines: readonly string[]])[] = [
  ["nothing but a Dockerfile", { outlets: [], floating: [] }, ["build: with Dockerfile"]],
  [
    "a release without a registry ends with the build",
    { outlets: [], floating: ["latest"], release: {} },
    ["build: with Dockerfile"],
  ],
  [
    "one registry",
    { outlets: [HUB], floating: [] },
    [
      "build: with Dockerfile",
      "push hub < build: docker.io/o/app (primary)",
      "push < push hub: the same digest everywhere",
      "release < push: there are no floating tags",
    ],
  ],
  [
    "everything",
    {
      source: { origin: PACKAGE, unpack: "build/app" },
      build: { with: "docker", platforms: [{ os: "linux", architecture: "arm", variant: "v7" }] },
      release: { github: "o/releases" },
      outlets: [HUB, ALIYUN],
      floating: ["{{major}}", "latest"],
    },
    [
      "download: from Azure Blob Storage: app-{{version}}.zip",
      "unpack < download: into build/app",
      "build < unpack: with docker, linux/arm/v7",
      "push hub < build: docker.io/o/app (primary)",
      "push aliyun < build: registry.example/o/app (optional) ?",
      "push < push hub, push aliyun: the same digest everywhere",
      "github-release < push: o/releases: draft, assets, publish",
      "release < github-release: {{major}}, latest: last, and only forward",
    ],
  ],
  [
    "a package that is not unpacked, an optional primary, a release somewhere",
    {
      source: { origin: { kind: "local", path: "app.tar" } },
      release: {},
      outlets: [ALIYUN],
      floating: [],
    },
    [
      "download: from app.tar",
      "build < download: with Dockerfile",
      "push aliyun < build: registry.example/o/app (primary, optional) ?",
      "push < push aliyun: the same digest everywhere",
      "github-release < push: the repository on GitHub: draft, assets, publish",
      "release < github-release: there are no floating tags",
    ],
  ],
];

for (const [what, facts, lines] of GRAPHS) {
  test(`targets: ${what}`, () => {
    const said = publishTargets(facts).map(({ name, needs, command, required, note }) => {
      assert.equal(command, `slipway ${name}`);
      const before = needs.length === 0 ? "" : ` < ${needs.join(", ")}`;
      return `${name}${before}: ${remarkText(note, "en")}${required ? "" : " ?"}`;
    });
    assert.deepEqual(said, lines);
  });
}

const ADDRESSES: readonly (readonly [url: string, shown: string])[] = [
  ["https://x.example/a.zip", "https://x.example/a.zip"],
  ["https://x.example/a.zip?sig=s#t", "https://x.example/a.zip"],
  ["https://me:pass@x.example/a@b.zip", "https://x.example/a@b.zip"],
  ["https://me:p@ss@x.example/", "https://x.example/"],
  ["${BASE}/a.zip", "${BASE}/a.zip"],
];

for (const [url, shown] of ADDRESSES) {
  test(`${url} is shown as ${shown}`, () => assert.equal(withoutSecrets(url), shown));
}

test("a builder is told by its Dockerfile where any may build it", () => {
  assert.equal(builderOf({ with: "auto", dockerfile: "Dockerfile.web" }), "Dockerfile.web");
  assert.equal(builderOf({ with: "layers", layers: [{ folder: "a", to: "/a" }] }), "layers");
});

test("mermaid: optional ones are dotted, and no name is markup", () => {
  const odd = { name: `a"]<b>`, repository: "x.example/a", required: true };
  assert.equal(
    targetsMermaid(publishTargets({ outlets: [odd, ALIYUN], floating: [] })),
    `flowchart LR
  t0["build"]
  t1["push a#34;]#60;b#62;"]
  t2["push aliyun"]
  t3["push"]
  t4["release"]
  t0 --> t1
  t0 -.-> t2
  t1 --> t3
  t2 -.-> t3
  t3 --> t4
`,
  );
});
