import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import * as z from "zod";
import { run } from "../src/cli/run.ts";
import { type Ran, runInTest } from "../src/cli/run-in-test.ts";

const siteTitle = z.object({ title: z.object({ en: z.string() }) });

const home = mkdtempSync(join(tmpdir(), "slipway-site-build-"));
after(() => rmSync(home, { recursive: true }));

/** Secrets that are there, in each place that a configuration has for them; none may come out again. */
const CANARIES: Readonly<Record<string, string>> = {
  HUB_USER: "canary-user",
  HUB_TOKEN: "canary-token",
  SAS: "https://canary.blob.core.windows.net/a?sig=canary-sas",
  FEISHU: "https://open.feishu.cn/open-apis/bot/v2/hook/canary-hook",
  SIGNATURE: "canary-signature",
  CALLER: "canary-caller",
};

const CONFIG = `version: 1
name: hagicode
registries:
  hub: { image: docker.io/newbe36524/hagicode, username: "\${HUB_USER}", password: "\${HUB_TOKEN}" }
  aliyun: { image: registry.cn-hangzhou.aliyuncs.com/hagicode/hagicode, password: "\${file:token.txt}", username: canary-robot }
source: { azureBlob: "\${SAS}" }
notify: [{ feishu: "\${FEISHU}", secret: "\${SIGNATURE}" }]
serve: { url: https://slipway.example, webhooks: { hub: { kind: generic, secret: "\${CALLER}" } } }
mirrors: [{ from: hub, to: aliyun, every: 30m }]
site:
  title: { en: Hagicode, zh-CN: 哈吉码 }
  compose:
    fields: [{ id: httpPort, type: port, label: Port, default: 45000 }]
    template: { services: { hagicode: { image: "{{image}}", ports: ["{{httpPort}}:8080"] } } }
`;

const STATUS = {
  version: 1,
  generated: "2026-02-01T12:00:00Z",
  generated_ts: Date.UTC(2026, 1, 1, 12) / 1000,
  secret: "canary-extra",
  mirrors: [
    {
      name: "hagicode",
      upstream: "docker.io/newbe36524/hagicode",
      status: "success",
      destinations: [
        {
          repository: "registry.cn-hangzhou.aliyuncs.com/hagicode/hagicode",
          status: "success",
          tags: { total: 48, in_step: 48, behind: 0, failed: 0 },
          lag_seconds: 240,
          last_update: "2026-02-01T11:58:00Z",
          last_update_ts: Date.UTC(2026, 1, 1, 11, 58) / 1000,
        },
      ],
    },
  ],
};

let count = 0;
/** A project's folder with its configuration; what stands in `token.txt` is a secret, too. */
function project(config = CONFIG): string {
  count += 1;
  const folder = mkdtempSync(join(home, `project-${count}-`));
  writeFileSync(join(folder, "slipway.yaml"), config);
  writeFileSync(join(folder, "token.txt"), "canary-file");
  writeFileSync(join(folder, "status.json"), JSON.stringify(STATUS));
  return folder;
}

function slipway(folder: string, ...argv: readonly string[]): Promise<Ran> {
  return runInTest(home, CANARIES, ["site", ...argv, "--config", join(folder, "slipway.yaml")]);
}

function filesOf(folder: string): ReadonlyMap<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    entries
      .map((entry) => join(entry.parentPath, entry.name))
      .map((file) => [file.slice(folder.length + 1), readFileSync(file, "utf8")]),
  );
}

function jsonOf(text: string | undefined) {
  return JSON.parse(text ?? "null");
}

test("a site is built once, stays as it is, and changes where the configuration does", async () => {
  const folder = project();
  const out = join(folder, "site");
  const first = await slipway(folder, "build", "--out", out, "--json");
  assert.equal(first.exit, 0, first.err);
  const written: readonly string[] = jsonOf(first.out).written;
  for (const path of ["index.html", "sources.html", "status.html", "site.json"])
    assert.ok(written.includes(path), path);
  const before = statSync(join(out, "index.html")).mtimeMs;

  const second = await slipway(folder, "build", "--out", out);
  assert.equal(second.err, `✓ ${out}: 0 files written, ${written.length} as they were, 0 removed\n`);
  assert.equal(statSync(join(out, "index.html")).mtimeMs, before);

  writeFileSync(join(folder, "slipway.yaml"), CONFIG.replace("default: 45000", "default: 45001"));
  const third = jsonOf((await slipway(folder, "build", "--out", out, "--json")).out);
  assert.deepEqual([third.written, third.removed], [["site.json"], []]);
  const data = jsonOf(filesOf(out).get("site.json"));
  assert.deepEqual([data.title["zh-CN"], data.compose.fields[0].default], ["哈吉码", 45001]);
  assert.equal(data.status, "https://slipway.example/status.json");
});

test("nothing secret comes out of it, whether the secrets are there or not", async () => {
  for (const environment of [CANARIES, {}]) {
    const folder = project();
    const out = join(folder, "site");
    const docs = join(folder, "docs");
    const argv = (...more: readonly string[]) => ["site", ...more, "--config", join(folder, "slipway.yaml")];
    const status = ["--status", join(folder, "status.json")];
    const built = await runInTest(home, environment, argv("build", "--out", out, ...status));
    const marked = await runInTest(home, environment, argv("markdown", "--out", docs, "--for", "vitepress", ...status));
    assert.deepEqual([built.exit, marked.exit], [0, 0], built.err + marked.err);
    const all = [...filesOf(out), ...filesOf(docs), ["output", JSON.stringify([built, marked])] as const];
    for (const [path, text] of all) assert.doesNotMatch(text, /canary|secret\.invalid/, path);
  }
});

test("every address in a page is relative or the project's own, so that any folder of any server will do", async () => {
  const folder = project();
  const out = join(folder, "site");
  await slipway(folder, "build", "--out", out);
  const pages = [...filesOf(out)].filter(([path]) => path.endsWith(".html"));
  assert.equal(pages.length, 3);
  for (const [path, html] of pages) {
    const addresses = [...html.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, address = ""]) => address);
    assert.notEqual(addresses.length, 0);
    for (const address of addresses) assert.match(address, /^\.\//, path);
    for (const address of addresses) assert.ok(filesOf(out).has(address.slice(2)), `${path}: ${address}`);
    assert.match(
      html,
      /connect-src &#39;self&#39; https:\/\/registry-1\.docker\.io https:\/\/registry\.cn-hangzhou\.aliyuncs\.com https:\/\/slipway\.example;/,
    );
  }
});

test("a status in a file becomes part of the site, one with an address is asked there", async () => {
  const folder = project();
  const out = join(folder, "site");
  await slipway(folder, "build", "--out", out, "--status", join(folder, "status.json"));
  const files = filesOf(out);
  assert.equal(jsonOf(files.get("site.json")).status, "status.json");
  assert.equal(jsonOf(files.get("status.json")).mirrors[0].destinations[0].tags.in_step, 48);
  assert.doesNotMatch(files.get("index.html") ?? "", /slipway\.example/);

  const changed = await slipway(
    folder,
    "build",
    "--out",
    out,
    "--status",
    "https://other.example/status.json",
    "--json",
  );
  assert.deepEqual(jsonOf(changed.out).removed, ["status.json"]);
  assert.equal(jsonOf(filesOf(out).get("site.json")).status, "https://other.example/status.json");
  assert.match(filesOf(out).get("index.html") ?? "", /connect-src [^"]*https:\/\/other\.example;/);
});

test("what cannot be is refused, and nothing is written", async () => {
  const folder = project();
  writeFileSync(join(folder, "bad.json"), '{ "version": 1 }');
  const out = join(folder, "site");
  const refusals = [
    { argv: ["build", "--out", folder], exit: 2, says: /holds slipway\.yaml|holds \S+, which no site/ },
    {
      argv: ["build", "--out", out, "--status", join(folder, "nothing.json")],
      exit: 1,
      says: /nothing\.json cannot be read: ENOENT/,
    },
    { argv: ["build", "--out", out, "--status", join(folder, "bad.json")], exit: 1, says: /generated: expected text/ },
    { argv: ["markdown", "--check"], exit: 2, says: /--check does nothing without --out/ },
    { argv: ["preview", "--listen", "everywhere"], exit: 2, says: /everywhere/ },
  ];
  const before = [...filesOf(folder)];
  for (const { argv, exit, says } of refusals) {
    const ran = await slipway(folder, ...argv);
    assert.equal(ran.exit, exit, `${argv.join(" ")}: ${ran.err}`);
    assert.match(ran.err, says);
  }
  assert.deepEqual([...filesOf(folder)], before);
  const empty = project("version: 1\nregistries: { a: { image: registry.example } }\n");
  const ran = await slipway(empty, "build", "--out", join(empty, "site"));
  assert.equal(ran.exit, 2);
  assert.match(ran.err, /no source of an image is offered/);
});

test("a preview shows what was just written, keeps the last good one, and says what is wrong", async () => {
  const folder = project();
  const file = join(folder, "slipway.yaml");
  const interruption = new AbortController();
  let err = "";
  const heard = Promise.withResolvers<string>();
  const ended = run(["site", "preview", "--listen", "127.0.0.1:0", "--config", file], {
    environment: { HOME: home, PATH: "", LANG: "C" },
    out: { write: () => undefined },
    err: {
      write: (text) => {
        err += String(text);
        const [url] = /http:\S+\//.exec(err) ?? [];
        if (url !== undefined) heard.resolve(url);
      },
    },
    signal: interruption.signal,
    version: "1.2.3",
  });
  const url = await Promise.race([heard.promise, ended.then(() => assert.fail(err))]);
  const get = (path: string, options?: RequestInit) => fetch(new URL(path, url), options);
  const title = async () => siteTitle.parse(await (await get("site.json")).json()).title.en;

  const page = await get("");
  assert.equal(page.headers.get("content-type"), "text/html; charset=utf-8");
  assert.match(page.headers.get("content-security-policy") ?? "", /^default-src 'none'; .*; frame-ancestors 'none'$/);
  const html = await page.text();
  const [, script = ""] = /src="\.\/(assets\/[^"]+\.js)"/.exec(html) ?? [];
  assert.equal((await get(script)).headers.get("content-type"), "text/javascript; charset=utf-8");
  const others = await Promise.all([get("nothing"), get("..%2fslipway.yaml"), get("", { method: "POST" })]);
  assert.deepEqual(
    others.map(({ status }) => status),
    [404, 404, 405],
  );
  assert.equal((await get("", { method: "HEAD" })).status, 200);

  assert.equal(await title(), "Hagicode");
  writeFileSync(file, CONFIG.replace("en: Hagicode", "en: Other"));
  assert.equal(await title(), "Other");
  writeFileSync(file, CONFIG.replace("site:", "sight:"));
  assert.deepEqual([await title(), await title()], ["Other", "Other"]);
  assert.equal(err.match(/sight/g)?.length, 1);
  writeFileSync(file, CONFIG);
  assert.equal(await title(), "Hagicode");

  const second = await slipway(folder, "preview", "--listen", new URL(url).host);
  assert.equal(second.exit, 1);
  assert.match(second.err, /cannot listen on/);
  interruption.abort();
  assert.equal(await ended, 0);
});

test("Markdown: a page to begin with, kept in step from then on", async () => {
  const folder = project();
  const docs = join(folder, "docs");
  const to = ["--out", docs, "--for", "docusaurus"];
  const first = await slipway(folder, "markdown", ...to, "--lang", "zh-CN", "--json");
  assert.deepEqual(
    jsonOf(first.out).files.map(({ file, state }: { file: string; state: string }) => [
      file.slice(docs.length + 1),
      state,
    ]),
    [
      ["sources.md", "new"],
      ["sources.json", "new"],
      ["sources-nav.json", "new"],
    ],
  );
  const page = filesOf(docs).get("sources.md") ?? "";
  writeFileSync(join(docs, "sources.md"), `${page}\n## 我的\n`);
  // On a machine that speaks English, and with something of its own: still in step.
  assert.equal((await slipway(folder, "markdown", ...to, "--check")).exit, 0);

  writeFileSync(join(folder, "slipway.yaml"), CONFIG.replace("every: 30m", "every: 2h"));
  const before = [...filesOf(docs)];
  const drift = await slipway(folder, "markdown", ...to, "--check");
  assert.equal(drift.exit, 5);
  assert.match(drift.out, /sources\.md, line \d+:\n- .*最长 30 分钟.*\n\+ .*最长 2 小时/);
  assert.deepEqual([...filesOf(docs)], before);
  assert.equal((await slipway(folder, "markdown", ...to)).exit, 0);
  assert.match(filesOf(docs).get("sources.md") ?? "", /最长 2 小时[\s\S]*## 我的\n$/);
  assert.equal((await slipway(folder, "markdown", ...to, "--check")).exit, 0);
});

test("Markdown: a block within a page that somebody wrote", async () => {
  const folder = project();
  const page = join(folder, "install.md");
  writeFileSync(page, "# Install\n\n<!-- slipway:sources -->\n<!-- /slipway:sources -->\n\nMine.\n");
  assert.equal((await slipway(folder, "markdown", page, "--check")).exit, 5);
  assert.equal((await slipway(folder, "markdown", page)).err, `✓ ${page} written\n`);
  assert.match(readFileSync(page, "utf8"), /\| Source \| Address \|[\s\S]*<!-- \/slipway:sources -->\n\nMine\.\n$/);
  assert.equal((await slipway(folder, "markdown", page)).err, `= ${page} is in step\n`);
  writeFileSync(page, "# Install\n");
  const ran = await slipway(folder, "markdown", page);
  assert.equal(ran.exit, 2);
  assert.match(ran.err, /has no block of it/);
});

test("Markdown: measured columns from a daemon's address; without a folder, the page is printed", async () => {
  await using server = await serve(JSON.stringify(STATUS));
  const folder = project();
  const ran = await slipway(folder, "markdown", "--status", `${server.url}status.json`);
  assert.equal(ran.exit, 0, ran.err);
  assert.match(ran.out, /\| 48 of 48 \| 4 min \| 2026-02-01 11:58 UTC \|/);
  assert.match(ran.out, /measured by digest, 2026-02-01 12:00 UTC/);
  const gone = await slipway(folder, "markdown", "--status", `${server.url}nothing?token=canary`);
  assert.equal(gone.exit, 1);
  assert.match(gone.err, /\/nothing cannot be read: HTTP 404/);
  assert.doesNotMatch(gone.err, /canary/);
});

async function serve(status: string): Promise<AsyncDisposable & { readonly url: string }> {
  const server = createServer((request, response) => {
    if (request.url !== "/status.json") response.statusCode = 404;
    response.end(status);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  return {
    url: `http://127.0.0.1:${port}/`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
