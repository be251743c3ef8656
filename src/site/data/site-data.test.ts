import assert from "node:assert/strict";
import { test } from "node:test";
import { readConfig } from "../../config/slipway/load-config.ts";
import { SlipwayError } from "../../words/error.ts";
import { proseOf } from "../prose.ts";
import { siteDataOf } from "./site-data.ts";

function dataOf(text: string, status?: string) {
  const lookup = { variable: () => undefined, file: () => "" };
  return siteDataOf(readConfig({ file: "slipway.yaml", text: `version: 1\n${text}` }, lookup), status);
}

const THREE = `name: hagicode
registries:
  docker-hub: { image: docker.io/newbe36524/hagicode }
  aliyun: { image: registry.cn-hangzhou.aliyuncs.com/hagicode/hagicode, adapt: true }
  azure: { image: hagicode.azurecr.io/hagicode }
  login: { image: "registry.example:5000" }
mirrors:
  - { from: docker-hub, to: [azure, aliyun], every: 30m }
`;

test("without a word about the site: the registries, by what is known of their hosts", () => {
  const { sources, faq, ...rest } = dataOf(THREE);
  const both = (text: string) => ({ en: text, "zh-CN": text });
  assert.deepEqual(rest, { version: 1, name: "hagicode", title: both("hagicode"), links: [], tags: ["latest"] });
  assert.deepEqual(sources, [
    {
      id: "docker-hub",
      name: both("Docker Hub"),
      image: "docker.io/newbe36524/hagicode",
      audience: { en: "users outside mainland China", "zh-CN": "海外用户" },
      page: "https://hub.docker.com/r/newbe36524/hagicode",
      isOrigin: true,
      limits: {
        en: "100 pulls in 6 hours without an account, 200 with a free one",
        "zh-CN": "未登录时每 6 小时 100 次拉取，免费账号登录后 200 次",
      },
      hints: { timeZones: [], languages: [] },
      probe: "https://registry-1.docker.io/v2/",
      state: { kind: "active" },
    },
    {
      id: "aliyun",
      name: { en: "Alibaba Cloud Container Registry (ACR)", "zh-CN": "阿里云容器镜像服务（ACR）" },
      image: "registry.cn-hangzhou.aliyuncs.com/hagicode/hagicode",
      audience: { en: "users in mainland China", "zh-CN": "国内用户" },
      page: "https://cr.console.aliyun.com/images/cn-hangzhou/hagicode/hagicode/detail",
      every: 1_800_000,
      isOrigin: false,
      hints: { timeZones: ["Asia/Shanghai", "Asia/Urumqi"], languages: ["zh"] },
      probe: "https://registry.cn-hangzhou.aliyuncs.com/v2/",
      state: { kind: "active" },
    },
    {
      id: "azure",
      name: both("Azure Container Registry"),
      image: "hagicode.azurecr.io/hagicode",
      audience: { en: "anybody", "zh-CN": "所有用户" },
      every: 1_800_000,
      isOrigin: false,
      hints: { timeZones: [], languages: [] },
      probe: "https://hagicode.azurecr.io/v2/",
      state: { kind: "active" },
    },
  ]);
  assert.deepEqual(
    faq.map(({ id }) => id),
    ["choose", "late", "switch", "verify", "digests", "limits"],
  );
});

test("what the configuration says goes before what is usual", () => {
  const { sources, links, title } = dataOf(`${THREE}site:
  title: { en: Deploy, zh-CN: 部署 }
  links: [{ label: Docs, url: "https://docs.example" }]
  sources:
    azure: { origin: true, name: Azure, page: "https://portal.example", probe: none, speed: 4, limits: none known }
    aliyun: { state: paused, reason: moving, since: 2026-01-31, every: 1d, hints: { timeZones: Asia/Tokyo } }
    docker-hub: { page: none, note: "the first", state: degraded, reason: slow }
`);
  const [hub, aliyun, azure] = sources;
  const both = (text: string) => ({ en: text, "zh-CN": text });
  assert.deepEqual(
    [title.en, links[0]?.label.en, hub?.page, hub?.isOrigin, hub?.note?.en],
    ["Deploy", "Docs", undefined, false, "the first"],
  );
  assert.deepEqual(hub?.state, { kind: "degraded", reason: both("slow") });
  assert.deepEqual(aliyun?.state, { kind: "paused", reason: both("moving"), since: "2026-01-31" });
  assert.deepEqual([aliyun?.every, aliyun?.hints], [86_400_000, { timeZones: ["Asia/Tokyo"], languages: ["zh"] }]);
  const { isOrigin, every, name, page, probe, speed, limits } = azure ?? {};
  assert.deepEqual(
    { isOrigin, every, name, page, probe, speed, limits },
    {
      isOrigin: true,
      every: undefined,
      name: both("Azure"),
      page: "https://portal.example",
      probe: undefined,
      speed: 4,
      limits: both("none known"),
    },
  );
});

test("a retired source is nowhere but at its successor, for those who come with its address", () => {
  const data = dataOf(`${THREE}site:
  sources:
    azure: { state: retired, successor: aliyun, since: 2026-01-31, reason: costs }
`);
  assert.deepEqual(
    data.sources.map(({ id }) => id),
    ["docker-hub", "aliyun"],
  );
  assert.deepEqual(data.sources[1]?.replaces, [
    { image: "hagicode.azurecr.io/hagicode", since: "2026-01-31", reason: { en: "costs", "zh-CN": "costs" } },
  ]);
  const answers = data.faq.filter(({ answer }) => answer.en.includes("azurecr.io"));
  assert.deepEqual(
    answers.map(({ id }) => id),
    ["switch"],
  );
});

test("retired without a successor, or not offered: nowhere at all", () => {
  const data = dataOf(`${THREE}site: { sources: { azure: { state: retired }, docker-hub: { offered: false } } }\n`);
  assert.doesNotMatch(JSON.stringify(data), /azure|docker\.io|docker-hub/);
});

test("nothing to offer is an error", () => {
  for (const text of [
    "registries: { a: { image: registry.example } }\n",
    "name: none\n",
    "registries: { a: { image: registry.example/a } }\nsite: { sources: { a: { state: retired } } }\n",
  ]) {
    assert.throws(
      () => dataOf(text),
      (thrown) => thrown instanceof SlipwayError && thrown.code === "SITE_WITHOUT_SOURCES",
      text,
    );
  }
});

const hosts: readonly (readonly [image: string, name: string, page: string | undefined, probe: string | undefined])[] =
  [
    ["docker.io/library/nginx", "Docker Hub", "https://hub.docker.com/_/nginx", "https://registry-1.docker.io/v2/"],
    ["ghcr.io/a/b", "GitHub Container Registry", "https://ghcr.io/a/b", "https://ghcr.io/v2/"],
    ["quay.io/a/b", "Quay.io", "https://quay.io/repository/a/b", "https://quay.io/v2/"],
    ["a.azurecr.cn/b", "Azure Container Registry", undefined, "https://a.azurecr.cn/v2/"],
    ["harbor.example/a/b", "Harbor (harbor.example)", undefined, "https://harbor.example/v2/"],
    ["registry.example/a/b", "registry.example", undefined, "https://registry.example/v2/"],
    ["plain.example/a/b", "plain.example", undefined, "http://plain.example/v2/"],
    ["127.0.0.1:5000/a/b", "127.0.0.1:5000", undefined, "http://127.0.0.1:5000/v2/"],
    ["10.1.2.3:5000/a/b", "10.1.2.3:5000", undefined, undefined],
    ["172.20.1.1/a/b", "172.20.1.1", undefined, undefined],
    ["registry.internal:5000/a/b", "registry.internal:5000", undefined, undefined],
    ["registry:5000/a/b", "registry:5000", undefined, undefined],
  ];

for (const [image, name, page, probe] of hosts) {
  test(`known by its host: ${image}`, () => {
    const [source] = dataOf(`registries: { one: { image: "${image}" } }
hosts: { harbor.example: { kind: harbor }, plain.example: { tls: false } }
`).sources;
    assert.deepEqual([source?.name.en, source?.page, source?.probe], [name, page, probe]);
  });
}

const regions = [
  ["registry.cn-hangzhou.aliyuncs.com", "国内用户"],
  ["crpi-0123456789abcdef.cn-beijing.personal.cr.aliyuncs.com", "国内用户"],
  ["acme-registry.cn-shanghai.cr.aliyuncs.com", "国内用户"],
  ["registry.cn-hongkong.aliyuncs.com", "所有用户"],
  ["registry.ap-southeast-1.aliyuncs.com", "所有用户"],
];

for (const [host, audience] of regions) {
  test(`a region says for whom it is: ${host}`, () => {
    const [source] = dataOf(`registries: { one: { image: ${host}/a/b } }\n`).sources;
    assert.deepEqual([source?.name["zh-CN"], source?.audience["zh-CN"]], ["阿里云容器镜像服务（ACR）", audience]);
  });
}

test("two registries of one name are told apart by their hosts", () => {
  const { sources } = dataOf(`registries:
  one: { image: a.azurecr.io/x }
  two: { image: b.azurecr.io/x }
`);
  assert.deepEqual(
    sources.map(({ name }) => name["zh-CN"]),
    ["Azure Container Registry – a.azurecr.io", "Azure Container Registry – b.azurecr.io"],
  );
});

const intervals = [
  ["{ from: a.example/x, to: b.example/x, every: 30m }", 1_800_000],
  ['{ from: a.example/x, to: b.example/x, cron: "0 0 * * *" }', 86_400_000],
  ['{ from: a.example/x, to: b.example/x, cron: "0 9 * * 1-5" }', 3 * 86_400_000],
  ["{ from: a.example/x, to: b.example/x }", undefined],
  ["{ from: a.example/x, to: b.example/y, every: 30m }", undefined],
  [
    "{ from: a.example/x:1, to: b.example/x, every: 30m }, { from: a.example/x:2, to: b.example/x, every: 2h }",
    7_200_000,
  ],
] as const;

for (const [mirrors, every] of intervals) {
  test(`how often it is brought in step is what mirrors say: ${mirrors}`, () => {
    const { sources } = dataOf(`registries: { a: { image: a.example/x }, b: { image: b.example/x } }
mirrors: [${mirrors}]
`);
    assert.deepEqual([sources[0]?.every, sources[1]?.every], [undefined, every]);
  });
}

const statuses = [
  ["", undefined, undefined],
  ["serve: { url: https://slipway.example/base/ }", undefined, "https://slipway.example/base/status.json"],
  ["serve: { url: https://slipway.example, private: true }", undefined, undefined],
  ["serve: { url: https://slipway.example }\nsite: { status: none }", undefined, undefined],
  ["serve: { url: https://slipway.example }\nsite: { status: here/status.json }", undefined, "here/status.json"],
  ["site: { status: none }", "status.json", "status.json"],
] as const;

for (const [text, given, expected] of statuses) {
  test(`where the status is: ${JSON.stringify(text)}, given ${given}`, () => {
    assert.equal(dataOf(`${THREE}${text}\n`, given).status, expected);
  });
}

test("own questions are added, stand in the place of usual ones, or take them away", () => {
  const { faq } = dataOf(`${THREE}site:
  faq:
    cost: { question: Cost?, answer: Nothing. }
    late: { question: Late?, answer: Wait. }
    digests: false
`);
  assert.deepEqual(
    faq.map(({ id, question }) => [id, question.en]),
    [
      ["choose", "Which source should I choose?"],
      ["late", "Late?"],
      ["switch", "How do I switch to another source?"],
      ["verify", "How do I verify that an image is the right one?"],
      ["limits", "How much may I pull?"],
      ["cost", "Cost?"],
    ],
  );
});

test("the usual answers name the sources, and commands stand by themselves", () => {
  const { faq } = dataOf(`${THREE}site: { tags: ["1.2", latest] }\n`);
  const blocks = (id: string) => proseOf(faq.find((one) => one.id === id)?.answer.en ?? "");
  assert.deepEqual(blocks("switch")[1], {
    kind: "code",
    text: [
      "image: docker.io/newbe36524/hagicode:1.2",
      "image: registry.cn-hangzhou.aliyuncs.com/hagicode/hagicode:1.2",
      "image: hagicode.azurecr.io/hagicode:1.2",
    ].join("\n"),
  });
  const [, commands] = blocks("verify");
  assert.equal(
    commands?.kind === "code" ? commands.text.split("\n")[2] : undefined,
    "docker buildx imagetools inspect --format '{{.Manifest.Digest}}' hagicode.azurecr.io/hagicode:1.2",
  );
  const answer = (id: string) => faq.find((one) => one.id === id)?.answer["zh-CN"] ?? "";
  assert.match(answer("choose"), /海外用户：Docker Hub。国内用户：阿里云容器镜像服务（ACR）。/);
  assert.match(answer("late"), /阿里云容器镜像服务（ACR） 每 30 分钟同步一次。/);
  assert.match(answer("limits"), /^Docker Hub：未登录时每 6 小时 100 次拉取/);
  assert.match(answer("digests"), /阿里云容器镜像服务（ACR） 不接受某些形式的镜像/);
});
