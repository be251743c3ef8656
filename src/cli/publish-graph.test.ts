import assert from "node:assert/strict";
import { test } from "node:test";
import { type GraphFacts, publishTargets } from "../release/targets.ts";
import { type Language, wordsOf } from "../words/words.ts";
import { plainPaint } from "./output/color.ts";
import { displayWidth } from "./output/width.ts";
import { type GraphStyle, graphLines } from "./publish-graph.ts";

const outlets = [
  { name: "docker-hub", repository: "docker.io/newbe36524/hagicode", required: true },
  { name: "aliyun", repository: "registry.cn-hangzhou.aliyuncs.com/hagicode/hagicode", required: false },
  { name: "azure", repository: "hagicode.azurecr.io/hagicode", required: true },
] as const;
const [hub] = outlets;
const build = { with: "docker", platforms: [{ os: "linux", architecture: "amd64" }] } as const;
const origin = { kind: "azure-blob", url: "x", package: "hagicode-{{version}}.zip" } as const;
const release = { github: "HagiCode-org/releases" };
const floating = ["{{major}}.{{minor}}", "latest"];

type Case = readonly [what: string, facts: GraphFacts, language: Language, drawing: string];

const DRAWINGS: readonly Case[] = [
  ["a Dockerfile alone", { outlets: [], floating: [] }, "en", "●  build  with Dockerfile"],
  [
    "one registry, no release",
    { outlets: [hub], floating },
    "en",
    `
●  build            with Dockerfile
│
●  push docker-hub  docker.io/newbe36524/hagicode (primary)
│
●  push             the same digest everywhere
│
●  release          {{major}}.{{minor}}, latest: last, and only forward`,
  ],
  [
    "two registries, a package as it is",
    { source: { origin }, build, outlets: outlets.slice(0, 2), floating: [] },
    "en",
    `
●    download         from Azure Blob Storage: hagicode-{{version}}.zip
│
●    build            with docker, linux/amd64
├─╮
● │  push docker-hub  docker.io/newbe36524/hagicode (primary)
│ ○  push aliyun      registry.cn-hangzhou.aliyuncs.com/hagicode/hagicode (optional)
├─╯
●    push             the same digest everywhere
│
●    release          there are no floating tags`,
  ],
  [
    "three registries side by side",
    { source: { origin, unpack: "build/app" }, build, release, outlets, floating },
    "en",
    `
●      download         from Azure Blob Storage: hagicode-{{version}}.zip
│
●      unpack           into build/app
│
●      build            with docker, linux/amd64
├─┬─╮
● │ │  push docker-hub  docker.io/newbe36524/hagicode (primary)
│ ○ │  push aliyun      registry.cn-hangzhou.aliyuncs.com/hagicode/hagicode (optional)
│ │ ●  push azure       hagicode.azurecr.io/hagicode
├─┴─╯
●      push             the same digest everywhere
│
●      github-release   HagiCode-org/releases: draft, assets, publish
│
●      release          {{major}}.{{minor}}, latest: last, and only forward`,
  ],
  [
    "wide names and notes",
    {
      release: {},
      outlets: [
        { name: "阿里云", repository: "registry.example/甲", required: true },
        { name: "az", repository: "az.example/a", required: false },
        { name: "café", repository: "c.example/a", required: true },
        { name: "last", repository: "l.example/a", required: true },
      ],
      floating: ["latest"],
    },
    "zh-CN",
    `
●        build           使用 Dockerfile
├─┬─┬─╮
● │ │ │  push 阿里云     registry.example/甲（主仓库）
│ ○ │ │  push az         az.example/a（可选）
│ │ ● │  push café       c.example/a
│ │ │ ●  push last       l.example/a
├─┴─┴─╯
●        push            处处摘要一致
│
●        github-release  GitHub 上的仓库：草稿、附件、发布
│
●        release         latest：最后移动，只进不退`,
  ],
];

function draw(facts: GraphFacts, style: Partial<GraphStyle> = {}): readonly string[] {
  return graphLines(publishTargets(facts), { words: wordsOf("en"), paint: plainPaint, ...style });
}

for (const [what, facts, language, drawing] of DRAWINGS) {
  test(`graph: ${what}`, () => {
    assert.equal(draw(facts, { words: wordsOf(language) }).join("\n"), drawing.trimStart());
  });
}

test("graph: other names have a column of their own", () => {
  const lines = draw(
    { outlets: [hub], floating: [] },
    { alias: ({ name }) => (name === "build" ? "DockerBuild" : "") },
  );
  assert.deepEqual(
    [lines[0], lines[2]],
    [
      "●  build            DockerBuild  with Dockerfile",
      "●  push docker-hub               docker.io/newbe36524/hagicode (primary)",
    ],
  );
});

test("graph: no line is wider than the terminal, and the note keeps both of its ends", () => {
  const lines = draw({ outlets, floating }, { columns: 60 });
  assert.ok(lines.every((line) => displayWidth(line) <= 60));
  assert.equal(lines[3], "│ ○ │  push aliyun      registry.cn-hangz…agicode (optional)");
});

test("graph: what is said elsewhere cannot steer the terminal", () => {
  const evil = { name: "a\u001b[2J", repository: "x.example/a", required: true };
  assert.ok(draw({ outlets: [evil], floating: [] }).every((line) => !line.includes("\u001b")));
});

test("graph: colours take no room", () => {
  const painted = draw({ outlets, floating }, { paint: (style, text) => `<${style}>${text}</>` });
  const plain = painted.map((line) => line.replace(/<\w*>|<\/>/g, "").trimEnd());
  assert.deepEqual(plain, draw({ outlets, floating }));
  assert.ok(painted.some((line) => line.startsWith("<dim>│</> <yellow>○</> <dim>│</>")));
});
