import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { readConfig } from "../../config/slipway/load-config.ts";
import { SlipwayError } from "../../words/error.ts";
import { siteDataOf } from "../data/site-data.ts";
import { statusOf } from "../sources/in-test.ts";
import { siteWords } from "../words.ts";
import { fillBlocks, GENERATORS, navigationFor, newPage, sourcesJson } from "./index.ts";

const lookup = { variable: () => undefined, file: () => "" };
const text = `version: 1
name: hagicode
registries:
  hub: { image: docker.io/newbe36524/hagicode }
  aliyun: { image: registry.cn-hangzhou.aliyuncs.com/hagicode/hagicode }
  azure: { image: hagicode.azurecr.io/hagicode }
  old: { image: quay.io/hagicode/hagicode }
site:
  links: [{ label: { en: Docs, zh-CN: 文档 }, url: "https://docs.example" }]
  sources:
    hub: { speed: 3, stability: 5 }
    aliyun: { speed: 5, every: 30m, page: "https://aliyun.example/", note: "<b>fast</b>" }
    azure: { state: paused, reason: { en: "moving | soon", zh-CN: 迁移中 }, since: 2026-01-31 }
    old: { state: retired }
`;
const data = siteDataOf(readConfig({ file: "slipway.yaml", text }, lookup));
const destination = { repository: "registry.cn-hangzhou.aliyuncs.com/hagicode/hagicode", lag_seconds: 240 };
const status = statusOf({ aliyun: { ...destination, last_update_ts: Date.UTC(2026, 1, 1, 11, 58) / 1000 } });

const block = (name: string, facts: Parameters<typeof fillBlocks>[1], lang = "en") => {
  const page = fillBlocks(`<!-- slipway:${name} lang=${lang} -->\n<!-- /slipway:${name} -->`, facts, {
    file: "page.md",
    usual: "en",
  });
  return page?.split("\n").slice(2, -2).join("\n");
};

test("the table: stars and plans where nothing was measured", () => {
  assert.equal(
    block("sources", { data }),
    `| Source | Address | For whom | Speed | Lag | Stability | Limits | State |
|---|---|---|---|---|---|---|---|
| **[Docker Hub](https://hub.docker.com/r/newbe36524/hagicode)** | \`docker.io/newbe36524/hagicode\` | users outside mainland China | ★★★☆☆ | – | ★★★★★ | 100 pulls in 6 hours without an account, 200 with a free one | active |
| **[Alibaba Cloud Container Registry (ACR)](https://aliyun.example/)** | \`registry.cn-hangzhou.aliyuncs.com/hagicode/hagicode\` | users in mainland China | ★★★★★ | up to 30 min | – | – | active |
| **Azure Container Registry** | \`hagicode.azurecr.io/hagicode\` | anybody | – | – | – | – | paused since 2026-01-31: moving \\| soon |

- **Alibaba Cloud Container Registry (ACR)**: &#60;b&#62;fast&#60;/b&#62;

Stars are the maintainer's judgement; the lag is what is planned.`,
  );
});

test("the table: in step, lag and time as they were measured, in Chinese as well", () => {
  const lines = block("sources", { data, status }, "zh-CN")?.split("\n") ?? [];
  assert.equal(lines[0], "| 镜像源 | 地址 | 适用人群 | 速度 | 一致性 | 同步延迟 | 最近一致 | 稳定性 | 限制 | 状态 |");
  assert.equal(
    lines[3],
    "| **[阿里云容器镜像服务（ACR）](https://aliyun.example/)** | `registry.cn-hangzhou.aliyuncs.com/hagicode/hagicode` | 国内用户 | ★★★★★ | 10 / 10 一致 | 4 分钟 | 2026-02-01 11:58 UTC | – | – | 正常 |",
  );
  assert.equal(lines.at(-1), "一致性与同步延迟按摘要测量，时间：2026-02-01 12:00 UTC。");
});

test("which one to choose: for whom each is, why one is not to be had, and where to measure", () => {
  assert.equal(
    block("recommendation", { data, address: "https://hagicode.example/builder" }),
    `- For users outside mainland China: Docker Hub, \`docker.io/newbe36524/hagicode\`
- For users in mainland China: Alibaba Cloud Container Registry (ACR), \`registry.cn-hangzhou.aliyuncs.com/hagicode/hagicode\`
- Azure Container Registry: paused since 2026-01-31: moving \\| soon

[Measure which one is the fastest for you](https://hagicode.example/builder/sources.html)`,
  );
});

test("a retired source is nowhere", () => {
  const everything = [newPage({ data, status }, siteWords("en")), sourcesJson({ data, status })];
  for (const generator of GENERATORS) everything.push(JSON.stringify(navigationFor(generator, data, "en")));
  assert.deepEqual(
    everything.filter((one) => one.includes("quay")),
    [],
  );
});

test("a new page has every part, in both languages, and stays as it is", () => {
  for (const language of ["en", "zh-CN"] as const) {
    const page = newPage({ data }, siteWords(language));
    const marks = page.match(/<!-- slipway:\w+ lang=[\w-]+ -->/g);
    assert.deepEqual(
      marks,
      ["sources", "recommendation", "switch", "verify", "faq"].map(
        (name) => `<!-- slipway:${name} lang=${language} -->`,
      ),
    );
    assert.equal(fillBlocks(page, { data }, { file: "sources.md", usual: "en" }), page);
  }
});

test("a generator's page has its title where the generator looks for it", () => {
  const firstLines = (generator?: (typeof GENERATORS)[number]) =>
    newPage({ data }, siteWords("en"), generator).split("\n").slice(0, 5).join("\n");
  const front = '---\ntitle: "Image sources of hagicode"\n---\n\n';
  assert.ok(firstLines("docusaurus").startsWith(`${front}<!--`));
  assert.ok(firstLines("starlight").startsWith(`${front}<!--`));
  assert.ok(firstLines("vitepress").startsWith(`${front}# Image sources of hagicode`));
  assert.ok(firstLines().startsWith("# Image sources of hagicode\n\n<!--"));
});

test("the navigation leads to the project's links and to every registry that can be chosen", () => {
  const hub = "https://hub.docker.com/r/newbe36524/hagicode";
  const aliyun = "https://aliyun.example/";
  const name = "Alibaba Cloud Container Registry (ACR)";
  assert.deepEqual(navigationFor("docusaurus", data, "zh-CN"), {
    navbar: [
      { label: "文档", href: "https://docs.example", position: "right" },
      { label: "Docker Hub", href: hub, position: "right" },
      { label: "阿里云容器镜像服务（ACR）", href: aliyun, position: "right" },
    ],
    footer: {
      title: "镜像源",
      items: [
        { label: "Docker Hub", href: hub },
        { label: "阿里云容器镜像服务（ACR）", href: aliyun },
      ],
    },
  });
  assert.deepEqual(navigationFor("vitepress", data, "en"), {
    nav: [
      { text: "Docs", link: "https://docs.example" },
      {
        text: "Image sources",
        items: [
          { text: "Docker Hub", link: hub },
          { text: name, link: aliyun },
        ],
      },
    ],
    footer: { message: `<a href="${hub}">Docker Hub</a> · <a href="${aliyun}">${name}</a>` },
  });
  assert.deepEqual(navigationFor("starlight", data, "en"), {
    sidebar: {
      label: "Image sources",
      translations: { "zh-CN": "镜像源" },
      items: [
        { label: "Docs", translations: { "zh-CN": "文档" }, link: "https://docs.example" },
        { label: "Docker Hub", link: hub },
        { label: name, translations: { "zh-CN": "阿里云容器镜像服务（ACR）" }, link: aliyun },
      ],
    },
  });
});

test("S29: a name is text in VitePress's footer, too", () => {
  const sources = data.sources.slice(0, 1).map((source) => ({ ...source, name: { en: "<b>", "zh-CN": "<b>" } }));
  const { footer } = JSON.parse(JSON.stringify(navigationFor("vitepress", { ...data, sources }, "en")));
  assert.equal(footer.message, '<a href="https://hub.docker.com/r/newbe36524/hagicode">&lt;b&gt;</a>');
});

test("JSON: the sources, and what was measured of them", () => {
  const plain = JSON.parse(sourcesJson({ data }));
  assert.deepEqual(plain.sources, JSON.parse(JSON.stringify(data.sources)));
  const measured = JSON.parse(sourcesJson({ data, status }));
  assert.deepEqual([measured.measured, measured.sources[1].freshness.kind], [status.generated, "in-step"]);
});

test("a hand-written page keeps its words, in its own line ends and kind of comment", () => {
  const page = "# Mine\r\n\r\n{/* slipway:switch */}\r\nold\r\n{/* /slipway:switch */}\r\n\r\nMore of mine.";
  const filled = fillBlocks(page, { data }, { file: "a.mdx", usual: "zh-CN" }) ?? "";
  assert.ok(filled.startsWith("# Mine\r\n\r\n{/* slipway:switch */}\r\n\r\n在 compose 文件的"));
  assert.ok(filled.endsWith("\r\n\r\n{/* /slipway:switch */}\r\n\r\nMore of mine."));
  assert.equal(filled.replaceAll("\r\n", "").includes("\n"), false);
});

test("marks in code blocks are only shown, and a page without marks is nobody's", () => {
  const place = { file: "a.md", usual: "en" } as const;
  assert.equal(fillBlocks("```html\n<!-- slipway:sources -->\n```\n", { data }, place), undefined);
  assert.equal(fillBlocks("no `<!-- slipway:sources -->` here", { data }, place), undefined);
});

const broken = [
  ["<!-- slipway:sources -->\na", "SITE_BLOCK_BROKEN", 1],
  ["a\n<!-- /slipway:sources -->", "SITE_BLOCK_BROKEN", 2],
  ["<!-- slipway:sources -->\n<!-- slipway:faq -->\n<!-- /slipway:faq -->", "SITE_BLOCK_BROKEN", 1],
  ["<!-- slipway:sources -->\n<!-- /slipway:faq -->", "SITE_BLOCK_BROKEN", 1],
  ["a\n\n<!-- slipway:prices -->\n<!-- /slipway:prices -->", "SITE_BLOCK_UNKNOWN", 3],
] as const;

for (const [page, code, line] of broken) {
  test(`${code} tells the line: ${JSON.stringify(page)}`, () => {
    assert.throws(
      () => fillBlocks(page, { data }, { file: "a.md", usual: "en" }),
      (thrown) => thrown instanceof SlipwayError && thrown.code === code && thrown.facts.line === line,
    );
  });
}

test("whatever a page holds: what is outside of marks stays, and filling twice is filling once", () => {
  const mark = fc
    .constantFrom("sources", "faq")
    .map((name) => `<!-- slipway:${name} -->\nold\n<!-- /slipway:${name} -->`);
  const piece = fc.oneof(mark, fc.constantFrom("text", "", "```", "~~~~", "# title", "  - x", "<!-- else -->"));
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      const page = pieces.join("\n");
      const once = filledOrNothing(page);
      if (once === undefined) return;
      assert.equal(filledOrNothing(once), once);
      const outside = (filled: string) => filled.replace(/<!-- slipway:(\w+) -->[\s\S]*?<!-- \/slipway:\1 -->/g, "");
      assert.equal(outside(once), outside(page));
    }),
    { seed: 6, numRuns: 300 },
  );
});

/** A fence that stands open turns marks into text. */
function filledOrNothing(page: string): string | undefined {
  return fillBlocks(page, { data }, { file: "a.md", usual: "en" });
}
