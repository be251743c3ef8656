import assert from "node:assert/strict";
import { test } from "node:test";
import { readConfig } from "../../config/slipway/load-config.ts";
import { siteDataOf } from "../data/site-data.ts";
import { statusOf } from "../sources/in-test.ts";
import { readBuiltPages } from "./built-pages.ts";
import { contentPolicy } from "./policy.ts";
import { textFile } from "./site-file.ts";
import { siteFiles } from "./site-files.ts";

const lookup = { variable: () => undefined, file: () => "" };

function dataOf(site: string) {
  const text = `version: 1
registries:
  hub: { image: docker.io/a/b }
  local: { image: "127.0.0.1:5000/a/b" }
  inside: { image: "10.0.0.1/a/b" }
${site}`;
  return siteDataOf(readConfig({ file: "slipway.yaml", text }, lookup));
}

const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>Slipway</title>
    <script type="module" src="./assets/x.js"></script>
  </head>
</html>
`;
const pages = [
  textFile("index.html", PAGE),
  textFile("sources.html", PAGE),
  textFile("assets/x.js", "<title></title>"),
];

function textOf(files: ReturnType<typeof siteFiles>, path: string): string {
  const file = files.find((one) => one.path === path);
  assert.ok(file !== undefined, path);
  return new TextDecoder().decode(file.bytes);
}

test("a page may ask its own server, the hosts that it measures and the status, and nobody else", () => {
  const policy = contentPolicy(dataOf('site: { status: "https://slipway.example/base/status.json?x=1" }\n'));
  assert.equal(
    policy,
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self' https://registry-1.docker.io http://127.0.0.1:5000 https://slipway.example; base-uri 'none'; form-action 'none'",
  );
  const own = contentPolicy(
    dataOf("site: { status: status.json, sources: { hub: { probe: none }, local: { probe: none } } }\n"),
  );
  assert.match(own, /; connect-src 'self';/);
});

test("the head says what the project is, and what the page may load before it loads anything", () => {
  const data = dataOf("site: { title: { en: 'A <b> & \"c\"', zh-CN: 部署 }, tagline: { en: Pull it, zh-CN: 拉取 } }\n");
  const lines = textOf(siteFiles({ pages, data, address: "https://a.example/x" }), "sources.html").split("\n");
  assert.equal(lines[3], '    <meta charset="utf-8" />');
  assert.match(
    lines[4] ?? "",
    /^ {4}<meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;;[^"<>]*" \/>$/,
  );
  assert.deepEqual(lines.slice(5, 12), [
    '    <meta name="description" content="Pull it · 拉取" />',
    '    <meta property="og:title" content="A &lt;b&gt; &amp; &quot;c&quot;" />',
    '    <link rel="canonical" href="https://a.example/x/sources.html" />',
    '    <link rel="alternate" hreflang="en" href="https://a.example/x/sources.html?lang=en" />',
    '    <link rel="alternate" hreflang="zh-CN" href="https://a.example/x/sources.html?lang=zh-CN" />',
    '    <link rel="alternate" hreflang="x-default" href="https://a.example/x/sources.html" />',
    "    <title>A &lt;b&gt; &amp; &quot;c&quot;</title>",
  ]);
});

test("without an address there is no link to one; the first page is the folder itself", () => {
  const data = dataOf("");
  assert.doesNotMatch(textOf(siteFiles({ pages, data }), "index.html"), /<link/);
  const files = siteFiles({ pages, data, address: "https://a.example/x/" });
  assert.match(textOf(files, "index.html"), /<link rel="canonical" href="https:\/\/a\.example\/x\/" \/>/);
});

test("data and snapshot stand beside the pages, other files are as they were built, and all is the same every time", () => {
  const data = dataOf("");
  const snapshot = statusOf({ local: {} });
  const files = siteFiles({ pages, data, snapshot });
  assert.deepEqual(
    files.map(({ path }) => path),
    ["index.html", "sources.html", "assets/x.js", "site.json", "status.json"],
  );
  assert.deepEqual(JSON.parse(textOf(files, "site.json")), JSON.parse(JSON.stringify(data)));
  assert.deepEqual(JSON.parse(textOf(files, "status.json")), snapshot);
  assert.equal(textOf(files, "assets/x.js"), "<title></title>");
  assert.deepEqual(siteFiles({ pages, data, snapshot }), files);
});

test("pages that are not built are told of", async () => {
  await assert.rejects(readBuiltPages(import.meta.dirname), {
    code: "WEB_NOT_BUILT",
    facts: { folder: import.meta.dirname },
  });
  await assert.rejects(readBuiltPages("/nowhere"), { code: "WEB_NOT_BUILT" });
});
