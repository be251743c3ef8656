import assert from "node:assert/strict";
import { after, test } from "node:test";
import type { Page } from "playwright-core";
import { type Answers, composeFile } from "../src/site/compose/index.ts";
import type { Localized } from "../src/site/model.ts";
import { sampleForm } from "./support/compose-form.ts";
import { sampleSite, sampleSources } from "./support/site-data.ts";
import { SitePages } from "./support/site-visit.ts";

const pages = await SitePages.build();
after(() => pages[Symbol.asyncDispose]());

const LANGUAGES = ["en", "zh-CN"] as const;

/** What has to be answered before there is a file. */
const NEEDED = { workFolder: "/srv/hagicode", apiKey: "sk-secret-1234" };

/** The file that the engine makes of the same answers. */
function fileOf(changes: Partial<Answers> = {}): string {
  const answers: Answers = {
    source: "docker-hub",
    edition: { kind: "tag", tag: "latest" },
    values: NEEDED,
    secrets: "file",
    ...changes,
  };
  const result = composeFile(sampleForm(), answers, sampleSources());
  assert.equal(result.kind, "file");
  return result.kind === "file" ? result.text : "";
}

function shownFile(page: Page): Promise<string | null> {
  return page.locator("#file pre").textContent();
}

async function answerNeeded(page: Page): Promise<void> {
  await page.locator("#field-workFolder").fill(NEEDED.workFolder);
  await page.locator("#field-apiKey").fill(NEEDED.apiKey);
}

/** Presses until the element has the focus, as who has no mouse does. */
async function pressTo(page: Page, key: string, selector: string): Promise<void> {
  for (let presses = 0; presses < 120; presses++) {
    if (await page.evaluate(`document.activeElement?.matches(${JSON.stringify(selector)}) ?? false`)) return;
    await page.keyboard.press(key);
  }
  assert.fail(`${key} never comes to ${selector}`);
}

for (const language of LANGUAGES) {
  test(`each source and each type of field makes the engine's own file (${language})`, async () => {
    await pages.visit({ data: sampleSite(), language }, async ({ page }) => {
      const say = (text: Localized) => text[language];
      await answerNeeded(page);
      for (const source of sampleSources()) {
        await page.getByRole("radio", { name: say(source.name) }).check();
        assert.equal(await shownFile(page), fileOf({ source: source.id }), source.id);
      }
      await page.getByRole("radio", { name: "Docker Hub" }).check();
      const values: Record<string, string | number | boolean> = { ...NEEDED };
      async function expectFile(field: string, value: string | number | boolean): Promise<void> {
        values[field] = value;
        assert.equal(await shownFile(page), fileOf({ values }), field);
      }
      const labelOf = (id: string) =>
        say(sampleForm().fields.find((field) => field.id === id)?.label ?? { en: "", "zh-CN": "" });
      await page.getByLabel(labelOf("httpPort")).fill("8080");
      await expectFile("httpPort", 8080);
      await page.getByLabel(labelOf("containerName")).fill("it-is.mine");
      await expectFile("containerName", "it-is.mine");
      await page.getByLabel(labelOf("workFolder")).fill("/srv/a: b # 'c' \"d\" $e");
      await expectFile("workFolder", "/srv/a: b # 'c' \"d\" $e");
      await page.getByLabel(labelOf("puid")).fill("0");
      await expectFile("puid", 0);
      await page.getByRole("radio", { name: "Windows" }).check();
      await expectFile("os", "windows");
      assert.equal(await page.getByLabel(labelOf("puid")).count(), 0, "it is asked on Linux alone");
      await page.getByLabel(labelOf("timeZone")).selectOption("Europe/Berlin");
      await expectFile("timeZone", "Europe/Berlin");
      await page.getByRole("radio", { name: "PostgreSQL" }).check();
      await page.getByLabel(labelOf("databasePassword"), { exact: true }).fill("${x}$$ \\n 密码");
      values.database = "postgres";
      await expectFile("databasePassword", "${x}$$ \\n 密码");
      await page.getByRole("switch", { name: labelOf("https") }).check();
      await expectFile("https", true);
    });
  });

  test(`invalid values are explained beside the field and in the way of the file (${language})`, async () => {
    const [port, pattern, absolute, needed] =
      language === "en"
        ? ["a port is a whole number from 1 to 65535", "letters, digits, dots and dashes", "the whole path", "needed"]
        : ["端口为 1 到 65535 之间的整数", "只能使用字母、数字、点和连字符", "完整路径", "必填"];
    await pages.visit({ data: sampleSite(), language }, async ({ page }) => {
      for (const [field, value, said] of [
        ["httpPort", "70000", port],
        ["containerName", "-x", pattern],
        ["workFolder", "srv", absolute],
      ] as const) {
        const control = page.locator(`#field-${field}`);
        await control.fill(value);
        assert.equal(await control.getAttribute("aria-invalid"), null, "nobody is told off while typing");
        await control.blur();
        assert.equal(await control.getAttribute("aria-invalid"), "true");
        const description = await page.locator(`#field-${field}-problem`).textContent();
        assert.ok(description?.includes(said), description ?? "");
        assert.ok((await control.getAttribute("aria-describedby"))?.includes(`field-${field}-problem`));
      }
      await page.locator("#file button", { hasText: language === "en" ? /^Copy/ : /^复制/ }).click();
      const summary = page.locator("section[aria-labelledby=problems-title]");
      assert.ok(await summary.evaluate((element) => element.matches(":focus")), "the summary has the focus");
      assert.equal(await summary.getByRole("listitem").count(), 4);
      assert.ok((await page.locator("#field-apiKey-problem").textContent())?.includes(needed));
      await summary.getByRole("button").last().click();
      assert.ok(await page.locator("#field-apiKey").evaluate((element) => element.matches(":focus")));
      assert.equal(await page.evaluate("navigator.clipboard.readText()"), "", "a file with problems is not handed out");
    });
  });
}

test("tags, other tags and digests are chosen, and what is none is explained", async () => {
  await pages.visit({ data: sampleSite() }, async ({ page }) => {
    await answerNeeded(page);
    const choice = page.locator("#edition-choice");
    await choice.selectOption("1.4.2");
    assert.equal(await shownFile(page), fileOf({ edition: { kind: "tag", tag: "1.4.2" } }));
    await choice.selectOption({ label: "Another tag …" });
    await page.locator("#field-tag").fill("nightly");
    assert.equal(await shownFile(page), fileOf({ edition: { kind: "tag", tag: "nightly" } }));
    const digest = `sha256:${"ab".repeat(32)}`;
    await choice.selectOption({ label: "Pin a digest …" });
    await page.locator("#field-digest").fill("sha256:1");
    await page.locator("#field-digest").blur();
    assert.match((await page.locator("#field-digest-problem").textContent()) ?? "", /sha256: and 64/);
    await page.locator("#field-digest").fill(digest);
    assert.equal(await shownFile(page), fileOf({ edition: { kind: "digest", digest } }));
    assert.ok(await page.getByText(`hagicode.azurecr.io/hagicode@${digest}`).isVisible());
  });
});

test("the whole builder by keyboard: the file is in the clipboard", async () => {
  await pages.visit({ data: sampleSite() }, async ({ page }) => {
    await pressTo(page, "Tab", "a[href='#content']");
    await page.keyboard.press("Enter");
    await pressTo(page, "Tab", "input[name=source]");
    await pressTo(page, "ArrowDown", "input[value=aliyun]");
    await pressTo(page, "Tab", "#edition-choice");
    await page.keyboard.press("ArrowDown");
    await pressTo(page, "Tab", "#field-workFolder");
    await page.keyboard.type("/srv/work");
    await pressTo(page, "Tab", "#field-apiKey");
    await page.keyboard.type("sk-1");
    await pressTo(page, "Tab", "input[name=field-database]");
    await page.keyboard.press("ArrowDown");
    await pressTo(page, "Tab", "[aria-label^=Generate]");
    await page.keyboard.press("Enter");
    const databasePassword = await page.locator("#field-databasePassword").inputValue();
    assert.match(databasePassword, /^[A-Za-z0-9]{24}$/);
    await pressTo(page, "Tab", "#field-https");
    await page.keyboard.press("Space");
    await pressTo(page, "Tab", "#file button.bg-accent");
    await page.keyboard.press("Enter");
    await page.getByRole("status").getByText("Copied").waitFor();
    const expected = fileOf({
      source: "aliyun",
      edition: { kind: "tag", tag: "1.4.2" },
      values: { workFolder: "/srv/work", apiKey: "sk-1", database: "postgres", databasePassword, https: true },
    });
    assert.equal(await page.evaluate("navigator.clipboard.readText()"), expected);
    assert.equal(await shownFile(page), expected);
  });
});

test("without HTTPS, the file is copied all the same", async () => {
  await pages.visit({ data: sampleSite(), host: "deploy.test" }, async ({ page }) => {
    assert.equal(await page.evaluate("isSecureContext"), false);
    await answerNeeded(page);
    await page.locator("#file").getByRole("button", { name: "Copy" }).click();
    await page.getByRole("status").getByText("Copied").waitFor();
    await page.getByRole("button", { name: "Open a file" }).click();
    const text = page.getByLabel("Or paste its text");
    await text.focus();
    await page.keyboard.press("Control+V");
    assert.equal(await text.inputValue(), fileOf());
  });
});

test("a download is the file, byte for byte, and the `.env` beside it", async () => {
  await pages.visit({ data: sampleSite() }, async ({ page }) => {
    await answerNeeded(page);
    await page.getByRole("switch", { name: /\.env/ }).check();
    for (const [tab, name, text] of [
      ["docker-compose.yml", "docker-compose.yml", fileOf({ secrets: "env" })],
      [".env", ".env", "SECRET_API_KEY=sk-secret-1234\n"],
    ] as const) {
      await page.getByRole("tab", { name: tab }).click();
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("button", { name: "Download" }).click(),
      ]);
      // Chromium lets no page name a hidden file; its reader gives the dot back.
      assert.equal(download.suggestedFilename().replace(/^_?env$/, ".env"), name);
      const chunks: Buffer[] = [];
      for await (const chunk of await download.createReadStream()) chunks.push(chunk);
      assert.equal(Buffer.concat(chunks).toString(), text);
    }
  });
});

test("a shared link carries every answer but secrets, and the browser keeps none", async () => {
  await pages.visit({ data: sampleSite() }, async ({ page, address, requests }) => {
    await answerNeeded(page);
    await page.getByRole("radio", { name: "Azure" }).check();
    await page.getByRole("radio", { name: "PostgreSQL" }).check();
    await page.getByRole("button", { name: "Generate: Password" }).click();
    const password = await page.locator("#field-databasePassword").inputValue();
    await page.getByRole("button", { name: "Share link" }).click();
    await page.getByText("Link copied").waitFor();
    const link = String(await page.evaluate("navigator.clipboard.readText()"));
    assert.ok(link.startsWith(`${address}#`));
    const kept = await page.evaluate<string>(
      "JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, location.href, history.state])",
    );
    const databases = await page.evaluate<readonly unknown[]>("indexedDB.databases()");
    assert.deepEqual(databases, []);
    for (const secret of [password, NEEDED.apiKey]) {
      for (const place of [link, kept, ...requests]) assert.ok(!place.includes(secret), place);
    }
    await page.goto("about:blank");
    await page.goto(link);
    await page.locator("#field-apiKey").fill(NEEDED.apiKey);
    await page.locator("#field-databasePassword").fill(password);
    const values = { ...NEEDED, database: "postgres", databasePassword: password };
    await page.evaluate("location.hash = 'content'");
    assert.equal(await shownFile(page), fileOf({ source: "azure", values }));
  });
});

test("a file that is opened again makes the same file; with another source, all else stays as it was", async () => {
  const values = { ...NEEDED, httpPort: 8080, database: "postgres", databasePassword: "a'b\"c$d\\e", https: true };
  const text = fileOf({ source: "azure", edition: { kind: "tag", tag: "1.3.0" }, values });
  await pages.visit({ data: sampleSite(), page: "#open" }, async ({ page }) => {
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Or paste its text").fill(`${text}# mine\nx-mine: 1\n`);
    assert.match((await dialog.textContent()) ?? "", /x-mine is nothing that the form knows/);
    assert.ok(!(await dialog.locator("dl").textContent())?.includes(NEEDED.apiKey), "secrets are not shown");
    await dialog.getByRole("tab", { name: "Only change its source" }).click();
    await dialog.getByLabel("New source").selectOption("aliyun");
    const switched = `${text}# mine\nx-mine: 1\n`
      .replace("hagicode.azurecr.io/hagicode:", "registry.cn-hangzhou.aliyuncs.com/hagicode/hagicode:")
      .replace("postgres:17", "registry.cn-hangzhou.aliyuncs.com/hagicode/postgres:17");
    assert.equal(await dialog.locator("pre").textContent(), switched);
    await dialog.locator("input[type=file]").setInputFiles({
      name: "docker-compose.yml",
      mimeType: "text/yaml",
      buffer: Buffer.from(text),
    });
    await dialog.getByRole("tab", { name: "Go on with it" }).click();
    await dialog.getByRole("button", { name: "Use these answers" }).click();
    await dialog.waitFor({ state: "detached" });
    assert.equal(await shownFile(page), text);
    await page.getByRole("button", { name: "Open a file" }).click();
    await dialog.getByLabel("Or paste its text").fill("services: [");
    assert.match((await dialog.textContent()) ?? "", /This file cannot be used/);
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    assert.equal(await shownFile(page), text);
  });
});

test("S29: HTML in names, tags, notes and values is text", async () => {
  const html = "<img src=x onerror=\"document.title='broken'\"><script>document.title='broken'</script>";
  const same = { en: html, "zh-CN": html };
  const [source, ...others] = sampleSources();
  assert.ok(source !== undefined);
  const data = sampleSite({
    title: same,
    tagline: same,
    tags: [html, "latest"],
    sources: [{ ...source, name: same, audience: same, note: same, limits: same }, ...others],
    faq: [{ id: "html", question: same, answer: same }],
  });
  for (const path of ["", "sources.html", "status.html"]) {
    await pages.visit({ data, page: path }, async ({ page }) => {
      if (path === "") await page.locator("#field-workFolder").fill(`/${html}`);
      assert.equal(await page.locator("img[src=x], main script").count(), 0);
      assert.ok((await page.textContent("#page"))?.includes(html));
      assert.ok((await page.title()).endsWith(html));
    });
  }
});
