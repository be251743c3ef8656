import assert from "node:assert/strict";
import { test } from "node:test";
import { SlipwayError } from "../../words/error.ts";
import { problemsOf } from "../reading/problems.ts";
import { readConfig } from "./load-config.ts";

const REGISTRIES = `version: 1
registries:
  hub: { image: docker.io/newbe36524/hagicode }
  aliyun: { image: registry.cn-hangzhou.aliyuncs.com/hagicode/hagicode }
  login: { image: "registry.example:5000" }
`;

function read(site: string) {
  const lookup = { variable: () => undefined, file: () => "canary" };
  return readConfig({ file: "slipway.yaml", text: `${REGISTRIES}site:\n${site}\n` }, lookup).site;
}

test("the whole of it is read; a text is for both languages, and one language stands in for the other", () => {
  const site = read(`  title: { en: Hagicode, zh-CN: 哈吉码 }
  tagline: { zh-CN: 部署 }
  url: https://hagicode.example/builder/
  links: [{ label: Docs, url: "https://docs.example" }]
  tags: [latest, 1.10]
  status: data/status.json
  faq:
    limits: false
    cost: { question: What does it cost?, answer: "Nothing. See [this](https://a.example)." }
  sources:
    aliyun:
      name: 阿里云
      speed: 5
      every: 1d
      hints: { timeZones: Asia/Shanghai, languages: [zh] }
      probe: none
      state: paused
      reason: { en: moving, zh-CN: 迁移中 }
      since: 2026-01-31`);
  const both = (text: string) => ({ en: text, "zh-CN": text });
  assert.deepEqual(site, {
    title: { en: "Hagicode", "zh-CN": "哈吉码" },
    tagline: both("部署"),
    url: "https://hagicode.example/builder/",
    links: [{ label: both("Docs"), url: "https://docs.example" }],
    tags: ["latest", "1.10"],
    status: "data/status.json",
    faq: {
      limits: false,
      cost: { question: both("What does it cost?"), answer: both("Nothing. See [this](https://a.example).") },
    },
    sources: {
      aliyun: {
        name: both("阿里云"),
        speed: 5,
        every: 86_400_000,
        hints: { timeZones: ["Asia/Shanghai"], languages: ["zh"] },
        probe: "none",
        state: "paused",
        reason: { en: "moving", "zh-CN": "迁移中" },
        since: "2026-01-31",
      },
    },
  });
});

const misfits: readonly (readonly [site: string, key: string, reason: RegExp])[] = [
  ["  title: {}", "site.title", /^expected en, zh-CN or both$/],
  ["  title: [a]", "site.title", /^expected a text, or a mapping with en and zh-CN$/],
  ["  url: ftp://a.example", "site.url", /^expected an http or https address$/],
  ["  url: https://ann:canary@a.example", "site.url", /^a user name or password has no place in it$/],
  ["  status: https://:canary@a.example/status.json", "site.status", /^a user name or password has no place in it$/],
  ["  status: file:///etc/passwd", "site.status", /^expected an http or https address$/],
  ["  links: [{ label: a, url: 'javascript:alert(1)' }]", "site.links[0].url", /^expected an http or https address$/],
  ["  tagline: ${file:token.txt}", "site.tagline", /^what comes from a file is secret/],
  ["  tags: [a b]", "site.tags[0]", /^expected a tag$/],
  ["  faq: { a: true }", "site.faq.a", /^expected `question` and `answer`, or false$/],
  ["  faq: { A b: false }", "site.faq.A b", /^expected small letters/],
  ["  sources: { alyun: {} }", "site.sources.alyun", /no alyun; did you mean aliyun\?$/],
  ["  sources: { login: {} }", "site.sources.login", /without a repository$/],
  ["  sources: { hub: { speed: 6 } }", "site.sources.hub.speed", /^expected 1 to 5$/],
  ["  sources: { hub: { page: nowhere } }", "site.sources.hub.page", /^expected an http or https address, or none$/],
  ["  sources: { hub: { state: paused } }", "site.sources.hub.state", /^paused needs `reason`/],
  ["  sources: { hub: { reason: a } }", "site.sources.hub.reason", /^it goes with another `state` than active$/],
  ["  sources: { hub: { since: 2026-01-31 } }", "site.sources.hub.since", /^it goes with another `state`/],
  ["  sources: { hub: { state: retired, since: 2026-02-30 } }", "site.sources.hub.since", /^expected a day/],
  ["  sources: { hub: { successor: aliyun } }", "site.sources.hub.successor", /^it goes with `state: retired`$/],
  ["  sources: { hub: { state: retired, successor: b } }", "site.sources.hub.successor", /has no b$/],
  [
    "  sources: { hub: { state: retired, successor: aliyun }, aliyun: { offered: false } }",
    "site.sources.hub.successor",
    /^aliyun is not offered either$/,
  ],
  [
    "  sources: { hub: { origin: true }, aliyun: { origin: true } }",
    "site.sources.aliyun.origin",
    /^hub is the origin already$/,
  ],
];

for (const [site, key, reason] of misfits) {
  test(`refused at its place: ${site.trim()}`, () => {
    const problem = problemIn(site);
    assert.equal(problem.code, "CONFIG_VALUE_INVALID");
    assert.equal(problem.facts.key, key);
    assert.match(String(problem.facts.reason), reason);
    assert.match(String(problem.facts.where), /^slipway\.yaml:7:\d+$/);
    assert.ok(!JSON.stringify(problem.facts).includes("canary"));
  });
}

function problemIn(site: string): SlipwayError {
  try {
    read(site);
  } catch (thrown) {
    if (!(thrown instanceof SlipwayError)) throw thrown;
    const [problem, ...more] = problemsOf(thrown);
    assert.deepEqual(more, []);
    if (problem !== undefined) return problem;
  }
  throw new Error("it was taken");
}
