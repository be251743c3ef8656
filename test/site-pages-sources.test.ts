import assert from "node:assert/strict";
import { after, test } from "node:test";
import { gzipSync } from "node:zlib";
import axe from "axe-core";
import type { Page } from "playwright-core";
import { ProbeTarget } from "./support/probe-target.ts";
import { sampleSite, sampleSources, sampleStatus } from "./support/site-data.ts";
import { SitePages } from "./support/site-visit.ts";

const pages = await SitePages.build();
after(() => pages[Symbol.asyncDispose]());

const FILES = ["index.html", "sources.html", "status.html"] as const;
const LANGUAGES = ["en", "zh-CN"] as const;
const FIRST_LOAD_BYTES = 150 * 1024;
/** More than any answer of this machine takes. */
const SLOW_MILLISECONDS = 500;

/** A source that is paused, one with a problem, and one as it should be. */
const ailing = sampleSources().map((source) => {
  if (source.id === "azure") {
    const reason = { en: "its quota is used up", "zh-CN": "本月流量已用完" };
    return { ...source, state: { kind: "paused", reason, since: "2026-02-20" } as const };
  }
  if (source.id !== "docker-hub") return source;
  return { ...source, state: { kind: "degraded", reason: { en: "slow at night", "zh-CN": "夜间较慢" } } as const };
});

test("a first load is at most 150 KiB of JavaScript, gzipped", () => {
  const sizes = new Map(pages.files.map(({ path, bytes }) => [path, gzipSync(bytes).length]));
  for (const file of FILES) {
    const html = new TextDecoder().decode(pages.files.find(({ path }) => path === file)?.bytes);
    const loaded = [...html.matchAll(/(?:src|href)="\.\/([^"]+\.js)"/g)].map(([, path = ""]) => path);
    assert.ok(loaded.length >= 3, `${file} loads ${loaded}`);
    const total = loaded.reduce((sum, path) => sum + (sizes.get(path) ?? Number.NaN), 0);
    assert.ok(total <= FIRST_LOAD_BYTES, `${file}: ${total} bytes`);
  }
});

async function recommended(page: Page): Promise<string> {
  await page.getByText("Measured from your browser at").waitFor();
  return (await page.locator("[aria-busy=false] strong").textContent()) ?? "";
}

test("the recommendation follows what the browser measures, and says why and when", async () => {
  await using hub = await ProbeTarget.start();
  await using aliyun = await ProbeTarget.start(SLOW_MILLISECONDS);
  const azure = await ProbeTarget.start();
  await azure[Symbol.asyncDispose]();
  const sources = sampleSources({ "docker-hub": hub.url, aliyun: aliyun.url, azure: azure.url });
  await pages.visit(
    { data: sampleSite({ sources }), timeZone: "Asia/Shanghai" },
    async ({ page, requests, address }) => {
      assert.equal(await recommended(page), "Docker Hub");
      const panel = page.locator("section[aria-busy]");
      assert.match((await panel.textContent()) ?? "", /fastest from where you are, in \d+ ms/);
      assert.match((await panel.textContent()) ?? "", /Measured from your browser at \d+:\d\d/);
      assert.ok(await page.getByRole("radio", { name: "Docker Hub" }).isChecked(), "nobody chose: it is chosen");
      assert.match((await page.getByRole("radio", { name: "Azure" }).locator("..").textContent()) ?? "", /no answer/);
      [hub.delay, aliyun.delay] = [SLOW_MILLISECONDS, 0];
      await page.getByRole("radio", { name: "Azure" }).check();
      await page.getByRole("button", { name: "Measure again" }).click();
      await page.locator("[aria-busy=true]").waitFor();
      assert.match(await recommended(page), /Alibaba/);
      assert.ok(await page.getByRole("radio", { name: "Azure" }).isChecked(), "a choice stays");
      const own = [address, hub.url, aliyun.url, azure.url];
      assert.deepEqual(
        requests.filter((url) => !own.some((start) => url.startsWith(start))),
        [],
      );
      for (const { headers } of [...hub.asked, ...aliyun.asked]) {
        assert.deepEqual([headers.cookie, headers.referer, headers.authorization], [undefined, undefined, undefined]);
      }
    },
  );
});

test("where no way can be measured, time zone and language are what the recommendation goes by", async () => {
  for (const [timeZone, name] of [
    ["Asia/Shanghai", "Alibaba"],
    ["Europe/Berlin", "Docker Hub"],
  ] as const) {
    await pages.visit({ data: sampleSite(), timeZone }, async ({ page, requests, address }) => {
      await page.getByText("could not measure").waitFor();
      assert.match((await page.locator("section[aria-busy]").textContent()) ?? "", new RegExp(`time zone.*${name}`));
      assert.deepEqual(
        requests.filter((url) => !url.startsWith(address)),
        [],
      );
    });
  }
});

test("a paused source is shown with its reason, cannot be chosen, and is asked nothing; a degraded one can", async () => {
  await using azure = await ProbeTarget.start();
  const sources = ailing.map((source) => (source.id === "azure" ? { ...source, probe: azure.url } : source));
  await pages.visit({ data: sampleSite({ sources }), language: "zh-CN" }, async ({ page, address }) => {
    await page.getByText("您的浏览器无法测量").waitFor();
    const paused = page.getByRole("radio", { name: "Azure" });
    assert.ok(await paused.isDisabled());
    assert.match((await paused.locator("..").textContent()) ?? "", /自 2026-02-20 起暂停：本月流量已用完/);
    assert.equal(await page.getByRole("link", { name: "Azure" }).count(), 0);
    await page.getByRole("radio", { name: "Docker Hub" }).check();
    assert.match((await page.locator("#file pre").textContent()) ?? "", /newbe36524\/hagicode:latest/);
    await page.goto(`${address}#v=1&source=azure`);
    assert.ok(await page.getByRole("radio", { name: "阿里云" }).isChecked(), "a link to it leads to another");
    await page.goto(`${address}sources.html`);
    await page.getByText("夜间较慢").first().waitFor();
    assert.ok(!(await page.locator("#verify").textContent())?.includes("azurecr.io"));
    assert.deepEqual(azure.asked, []);
  });
});

test("the sources side by side, with what was measured, and how to change and to verify", async () => {
  const data = sampleSite({ status: "status.json" });
  await pages.visit({ data, snapshot: sampleStatus(Date.now()), page: "sources.html" }, async ({ page }) => {
    const rows = page.getByRole("row");
    assert.equal(await rows.count(), 4);
    await page.getByText("48 of 48").waitFor();
    const aliyun = (await rows.filter({ hasText: "Alibaba" }).textContent()) ?? "";
    for (const part of ["registry.cn-hangzhou.aliyuncs.com/hagicode/hagicode", "48 of 48", "4 min", "8 minutes ago"]) {
      assert.ok(aliyun.includes(part), `${part}: ${aliyun}`);
    }
    await page.locator("#switch").getByRole("tab", { name: "Alibaba" }).click();
    await page.keyboard.press("ArrowRight");
    assert.match(
      (await page.locator("#switch pre").first().textContent()) ?? "",
      /^image: hagicode\.azurecr\.io\/hagicode:latest$/,
    );
    await page.locator("#verify").getByRole("button").nth(1).click();
    assert.equal(
      await page.evaluate("navigator.clipboard.readText()"),
      sampleSources()
        .map(({ image }) => `skopeo inspect --no-tags --format '{{.Digest}}' docker://${image}:latest`)
        .join("\n"),
    );
    await page.getByText("Is the image the same everywhere?").click();
    assert.equal(
      await page.getByRole("link", { name: "how to verify it" }).getAttribute("href"),
      "https://docs.hagicode.com/",
    );
    for (const place of ["header", "footer"]) {
      const links = await page.locator(`${place} a`).evaluateAll((all) => all.map((link) => link.getAttribute("href")));
      for (const { page: registry } of sampleSources()) assert.ok(links.includes(registry ?? ""), `${place}: ${links}`);
    }
    await page.getByRole("link", { name: "let the builder change your file" }).click();
    await page.getByRole("dialog", { name: "Open a compose file" }).waitFor();
  });
});

test("the status is what the daemon tells, again every minute, and nothing where it tells nothing", async () => {
  const data = sampleSite({ status: "status.json" });
  await pages
    .visit({ data, page: "status.html" }, async ({ page, site }) => {
      await page.getByText("The status cannot be read at the moment.").waitFor();
      site.replace("/docs/deploy/status.json", JSON.stringify(sampleStatus(Date.now())));
      await page.clock.install();
      await page.reload();
      const azure = page.getByRole("row").filter({ hasText: "azurecr.io" });
      assert.match((await azure.textContent()) ?? "", /Failed.*45 of 48 tags.*2 behind · 1 failed.*3 hours/);
      assert.match((await page.locator("main").textContent()) ?? "", /in 22 minutes/);
      const mended = JSON.stringify(sampleStatus(Date.now())).replace(
        '"in_step":45,"behind":2,"failed":1',
        '"in_step":48,"behind":0,"failed":0',
      );
      site.replace("/docs/deploy/status.json", mended);
      await page.clock.runFor(61_000);
      await azure.getByText("48 of 48 tags").waitFor();
      site.replace("/docs/deploy/status.json", '{"version":2}');
      await page.reload();
      await page.getByText("Nothing is claimed until it can be: version: 1").waitFor();
      site.replace("/docs/deploy/site.json", "{");
      await page.reload();
      await page.getByText("The page's data, site.json, could not be read.").waitFor();
    })
    .catch(isOnlyMissingStatus);
  await pages.visit({ data: sampleSite(), page: "status.html", language: "zh-CN" }, async ({ page }) => {
    await page.getByText("本站没有实测的同步状态").waitFor();
  });
});

/** The browser itself tells of a file that is not there. */
function isOnlyMissingStatus(error: unknown): void {
  const { actual } = error as assert.AssertionError;
  assert.deepEqual(
    actual,
    ["Failed to load resource: the server responded with a status of 404 (Not Found)"],
    String(error),
  );
}

test("the language is that of the address, of the reader's choice, or of the browser; the theme is chosen, too", async () => {
  await pages.visit({ data: sampleSite(), language: "zh-CN" }, async ({ page, address }) => {
    const state = () =>
      page.evaluate("[document.documentElement.lang, document.title, document.documentElement.dataset.theme ?? null]");
    assert.deepEqual(await state(), ["zh-CN", "Compose 生成器 · HagiCode 部署", null]);
    await page.getByRole("combobox", { name: "语言" }).selectOption("English");
    await page.getByRole("combobox", { name: "Colours" }).selectOption("Dark");
    assert.deepEqual(await state(), ["en", "Compose Builder · HagiCode deployment", "dark"]);
    assert.equal(await page.evaluate("getComputedStyle(document.documentElement).colorScheme"), "dark");
    await page.getByRole("link", { name: "Status" }).first().click();
    await page.getByRole("heading", { level: 1, name: "Status" }).waitFor();
    assert.deepEqual(await state(), ["en", "Status · HagiCode deployment", "dark"]);
    await page.goto(`${address}sources.html?lang=zh-CN`);
    await page.getByRole("heading", { level: 1, name: "镜像源" }).waitFor();
    await page.getByRole("link", { name: "同步状态" }).first().click();
    await page.getByRole("heading", { level: 1, name: "同步状态" }).waitFor();
    assert.ok(page.url().endsWith("status.html?lang=zh-CN"));
  });
});

test("a site without a form begins with its sources", async () => {
  const { compose: _, ...data } = sampleSite();
  await pages.visit({ data }, async ({ page }) => {
    await page.getByRole("heading", { level: 1, name: "Image sources" }).waitFor();
    assert.equal(await page.getByRole("link", { name: /Builder/ }).count(), 0);
  });
});

test("every page, in each language, light and dark, passes axe without a serious finding", async () => {
  const data = sampleSite({ sources: ailing, status: "status.json" });
  for (const file of FILES) {
    await pages.visit({ data, snapshot: sampleStatus(Date.now()), page: file }, async ({ page }) => {
      await page.evaluate(axe.source);
      for (const language of LANGUAGES) {
        await page.locator("header select").first().selectOption(language);
        for (const colorScheme of ["light", "dark"] as const) {
          await page.emulateMedia({ colorScheme });
          assert.deepEqual(await seriousFindings(page), [], `${file} ${language} ${colorScheme}`);
        }
      }
      if (file !== "index.html") return;
      await page.locator("#file button.bg-accent").click();
      assert.deepEqual(await seriousFindings(page), [], "problems");
      await page.locator("main button").first().click();
      await page.getByRole("dialog").locator("textarea").first().fill("services:\n  a:\n    image: redis\n");
      assert.deepEqual(await seriousFindings(page), [], "dialog");
    });
  }
});

test("nothing is wider than a phone, in each language", async () => {
  const data = sampleSite({ sources: ailing, status: "status.json" });
  for (const file of FILES) {
    await pages.visit({ data, snapshot: sampleStatus(Date.now()), page: file, width: 360 }, async ({ page }) => {
      await page.locator("header button").click();
      if (file === "index.html") {
        await page.locator("#edition-choice").selectOption("digest:");
        await page.locator("#field-digest").fill(`sha256:${"ab".repeat(32)}`);
      }
      for (const language of LANGUAGES) {
        await page.locator("header select").first().selectOption(language);
        assert.equal(await page.evaluate("document.documentElement.scrollWidth"), 360, `${file} ${language}`);
      }
    });
  }
});

async function seriousFindings(page: Page): Promise<readonly string[]> {
  const { violations } = await page.evaluate<axe.AxeResults>("axe.run({ resultTypes: ['violations'] })");
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html}: ${failureSummary}`));
}
