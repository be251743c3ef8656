import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import axe from "axe-core";
import type { Page } from "playwright-core";
import { buildWebApp } from "../scripts/support/web-app.ts";
import { sampleInForce } from "../src/daemon/alarms/sample-daemon.ts";
import { startNotifyReceiver, temporaryFolder } from "../src/testing/index.ts";
import { failure } from "../src/words/error.ts";
import { startBrowser } from "./support/browser.ts";
import { DashboardDaemon, logLine, TOKENS } from "./support/dashboard-daemon.ts";
import { digestOf, fillDaemon, HTML, REFUSED, sameEverywhere, sampleConfiguration } from "./support/dashboard-data.ts";
import { type DashboardVisit, visitDashboard } from "./support/dashboard-visit.ts";

const stack = new AsyncDisposableStack();
after(() => stack.disposeAsync());
const folder = stack.use(await temporaryFolder("dashboard"));
const receiver = stack.use(await startNotifyReceiver.webhook());
const [browser] = await Promise.all([startBrowser(), buildWebApp("dashboard", folder.path)]);
stack.defer(() => browser.close());
const yaml = sampleConfiguration({ channel: receiver.url });
const daemon = stack.use(await DashboardDaemon.start({ yaml, environment: {}, webRoot: folder.path }));
await fillDaemon(daemon, 20);

const LANGUAGES = ["en", "zh-CN"] as const;
const REFUSED_LOGIN = /status of 401/;

function visit(options: DashboardVisit, use: (page: Page) => Promise<void>): Promise<void> {
  return visitDashboard(browser, daemon, options, use);
}

const copied = (page: Page) => page.evaluate("navigator.clipboard.readText()");
const rowOf = (page: Page, name: string) =>
  page.getByRole("row").filter({ has: page.getByRole("rowheader", { name }) });

/** Presses until the element has the focus, as who has no mouse does. */
async function pressTo(page: Page, key: string, selector: string): Promise<void> {
  for (let presses = 0; presses < 80; presses++) {
    if (await page.evaluate(`document.activeElement?.matches(${JSON.stringify(selector)}) ?? false`)) return;
    await page.keyboard.press(key);
  }
  assert.fail(`${key} never comes to ${selector}`);
}

test("who has no token sees the door alone; a wrong one is explained, and the right one leads to the page that was wanted", async () => {
  await visit({ role: null, hash: "#/mirrors/behind", mayComplain: REFUSED_LOGIN }, async (page) => {
    assert.equal(await page.title(), "Sign in · Slipway");
    assert.equal(await page.getByText("docker.io").count(), 0);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.locator("#token-problem", { hasText: "Enter a token" }).waitFor();
    await page.getByLabel("Token").fill("slipway_wrong");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.locator("#token-problem", { hasText: "this token is not known here" }).waitFor();
    await page.getByLabel("Token").fill(TOKENS.operator);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "behind" }).waitFor();
    const kept = "JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, location.href])";
    assert.ok(!(await page.evaluate<string>(kept)).includes(TOKENS.operator), "the browser keeps no token");
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("heading", { level: 1, name: "Sign in to Slipway" }).waitFor();
  });
});

test("mirrors are counted by what their digests say, and narrowed by state, search and order; the address keeps it", async () => {
  await visit({}, async (page) => {
    const shows = async (names: readonly string[]) => {
      const first = `[...document.querySelectorAll("tbody th a")].map((link) => link.textContent).slice(0, 3).join()`;
      assert.equal(await settled(page, first, names.join()), names.join());
    };
    for (const [state, count, only] of [
      ["Behind", 1, ["behind"]],
      ["Failing", 1, ["failing"]],
      ["Silent", 1, ["silent"]],
      ["Unknown", 2, ["unknown", "live"]],
    ] as const) {
      await page.getByRole("button", { name: `${count} ${state}` }).click();
      await shows(only);
    }
    await page.reload();
    await page.getByRole("button", { name: "2 Unknown", pressed: true }).waitFor();
    await shows(["unknown", "live"]);
    await page.getByRole("searchbox").fill("nothing like this");
    await page.getByText("No mirror is like this.").waitFor();
    await page.getByRole("button", { name: "Show all" }).click();
    await page.getByRole("combobox", { name: "Order" }).selectOption("Trouble first");
    await shows(["failing", "silent", "behind"]);
    const row = rowOf(page, "behind");
    assert.match((await row.textContent()) ?? "", /10 of 12 in step2 behind.*143 of 200/);
    await row.click();
    await page.getByRole("heading", { level: 1, name: "behind" }).waitFor();
  });
});

test("tags stand beside each other by digest; the one that differs is shown, copied, filtered and synced alone", async () => {
  await visit({ hash: "#/mirrors/behind" }, async (page) => {
    const row = rowOf(page, "1.5");
    await row.waitFor();
    const cells = await row.getByRole("cell").allTextContents();
    const [same, older] = [digestOf("behind:1.5"), digestOf("an older one")].map((digest) => digest.slice(7, 19));
    assert.deepEqual([cells[0], cells[1]], [same, `same${same}`]);
    assert.match(cells[2] ?? "", new RegExp(`^behind${older}since 9\\d minutes ago`));
    await row.getByRole("button", { name: older }).click();
    await page.getByRole("status").getByText("Copied").waitFor();
    assert.equal(await copied(page), digestOf("an older one"));
    assert.match((await rowOf(page, "1.6").textContent()) ?? "", /behindnot there/);
    await page.getByRole("combobox", { name: "Which tags" }).selectOption("Behind somewhere");
    await rowOf(page, "1.0").waitFor({ state: "detached" });
    await page.getByRole("searchbox").fill("1.6");
    await rowOf(page, "1.5").waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Sync this tag: 1.6" }).click();
    await page.getByRole("status").getByText("behind: a run is queued").waitFor();
    const [queued] = await daemon.store.runs.list({ mirror: "behind", states: ["queued"], limit: 2 });
    assert.deepEqual([queued?.tags, queued?.by], [["1.6"], "operator"]);
    await page.getByRole("link", { name: "queued" }).waitFor();
    await (await daemon.beginRun("behind")).end();
    await page.getByRole("link", { name: "queued" }).waitFor({ state: "detached" });
  });
});

test("targets are held against what was measured; charts are drawn, and say the same in numbers", async () => {
  await visit({ hash: "#/mirrors/hagicode" }, async (page) => {
    await page.locator("canvas").nth(1).waitFor();
    const text = (await page.locator("main").textContent()) ?? "";
    assert.match(text, /Successful runs, seven days100 %mettarget ≥ 99 %/);
    assert.match(text, /Greatest lag, seven days4 minutesmettarget ≤ 30 minutes/);
    await page.getByText("As a table, by day").click();
    const days = page.getByRole("table", { name: "Seven days" }).getByRole("row");
    assert.ok((await days.count()) >= 7);
    assert.match((await page.getByRole("img").first().getAttribute("aria-label")) ?? "", /At most .* min/);
    await page.locator(".u-over").last().hover();
    await page.locator("figure").last().getByText(/MB/).waitFor();
    await page.getByRole("button", { name: "Next" }).last().click();
    await page.getByText("Page 2").waitFor();
  });
});

test("sync now leads to its run, which is seen live to its end; its log is followed, held, copied and downloaded", async () => {
  await visit({ hash: "#/mirrors/live" }, async (page) => {
    await page.getByText("No tag has been looked at yet.").waitFor();
    await page.getByRole("button", { name: "Sync now: live" }).click();
    await page.getByRole("heading", { level: 1, name: "Run of live" }).waitFor();
    const main = page.locator("main");
    await main.getByText("queued", { exact: true }).waitFor();
    const run = await daemon.beginRun("live");
    assert.ok(page.url().endsWith(`#/runs/${run.id}`));
    await main.getByText("running", { exact: true }).waitFor();
    const log = page.getByRole("log");
    await run.say([logLine("daemon.log.listed", { images: 3 })]);
    await log.getByText("images that are meant: 3").waitFor();
    await run.split(2);
    await page.getByText("Parts ended: 1 of 3").waitFor();
    await page.getByRole("button", { name: "Pause" }).click();
    const many = Array.from({ length: 300 }, (_, number) => logLine("daemon.log.in-step", { images: number }));
    await run.say(many, { copied: 7, bytesWritten: 12_300_000 });
    await page.getByRole("button", { name: "Go on (300 new)" }).click();
    await log.getByText("images in step already: 299").waitFor();
    const distance =
      "document.querySelector('[role=log]').scrollHeight - document.querySelector('[role=log]').scrollTop";
    assert.ok((await page.evaluate<number>(distance)) < 700, "the end is in sight");
    await main.getByText("12.3 MB").waitFor();
    const failed = logLine("daemon.log.failed", { source: "a", destination: "b" }, { level: "error", error: REFUSED });
    await run.end({ lines: [failed], tags: sameEverywhere("live", "1.0"), counts: { copied: 7, failed: 1 } });
    await page.getByRole("status").getByText("The run has ended: in part").waitFor();
    await log.getByText("the account needs the right to do this here").waitFor();
    await page.getByRole("button", { name: "Copy log" }).click();
    await page.getByRole("status").getByText("Copied").waitFor();
    const text = String(await copied(page));
    assert.equal(
      text
        .trim()
        .split("\n")
        .filter((line) => /^20.*Z (info|error) /.test(line)).length,
      302,
    );
    assert.match(text, /error a → b failed\n {2}DENIED: .*\n {2}the account/);
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Download" }).click(),
    ]);
    assert.equal(download.suggestedFilename(), `live-${run.id}.log`);
    await page.getByRole("button", { name: "Copy link" }).click();
    await page.getByRole("button", { name: "Copy link" }).locator("svg path[d^='M3 8.5']").waitFor();
    assert.equal(await copied(page), `${daemon.url}/#/runs/${run.id}`);
  });
});

test("a run is cancelled; whoever does its work is told", async () => {
  const run = await daemon.beginRun("live");
  await visit({ hash: `#/runs/${run.id}` }, async (page) => {
    await page.getByRole("button", { name: "Cancel the run" }).click();
    await page.getByRole("button", { name: "Cancel the run", disabled: false }).waitFor();
    assert.equal(await run.say([]), "cancelled");
    await run.end();
    await page.locator("main").getByText("cancelled", { exact: true }).waitFor();
    assert.equal(await page.getByRole("button", { name: "Cancel the run" }).count(), 0);
    await page.goto(`${daemon.url}/#/runs/nowhere`);
    await page.getByText("there is no run nowhere").waitFor();
  }).catch(onlyMissing);
});

/** The browser itself tells of what is not there. */
function onlyMissing(error: unknown): void {
  const { actual } = error as assert.AssertionError;
  const expected = ["Failed to load resource: the server responded with a status of 404 (Not Found)"];
  assert.deepEqual([...new Set(actual as readonly string[])], expected, String(error));
}

test("a change elsewhere is seen without a reload, and nothing else moves", async () => {
  await visit({ hash: "#/?search=redis-10" }, async (page) => {
    const row = rowOf(page, "redis-10");
    await row.getByText("6 of 6 in step").waitFor();
    await page.evaluate("window.marked = document.querySelector('tbody tr')");
    const run = await daemon.beginRun("redis-10");
    await row.getByRole("link", { name: "running" }).waitFor();
    await run.end({ tags: sameEverywhere("redis-10", "3.19", { state: "behind", behindSince: Date.now() }) });
    await row.getByText("4 of 6 in step").waitFor();
    assert.equal(await page.evaluate("window.marked === document.querySelector('tbody tr')"), true);
    await daemon.endRun("redis-10", { at: Date.now(), tags: sameEverywhere("redis-10", "3.19") });
    await row.getByText("6 of 6 in step").waitFor();
  });
});

test("a channel is tested: delivered, or not and why; what was sent to people is told with what became of it", async () => {
  await daemon.store.outbox.put(
    ["First", "Second"].map((title) => ({
      id: title,
      channel: "ops",
      message: JSON.stringify({ title: `${title} ${HTML}` }),
      createdAt: Date.now(),
      nextAt: Date.now() + 60_000,
    })),
  );
  await daemon.store.outbox.record({ id: "First", channel: "ops", state: "given-up", nextAt: 0, error: REFUSED });
  await visit({ hash: "#/deliveries" }, async (page) => {
    await page.getByRole("button", { name: "Send a test: ops" }).click();
    await page.getByText("Delivered.").waitFor();
    assert.equal(receiver.taken.length, 1);
    await page.getByRole("button", { name: "Send a test: nobody" }).click();
    await page.getByText("Not delivered").waitFor();
    await page.getByText("NOTIFY_UNREACHABLE").waitFor();
    assert.match((await rowOf(page, "First").textContent()) ?? "", /given up/);
    assert.match((await rowOf(page, "Second").textContent()) ?? "", /waiting.*next try in/);
  });
});

test("the configuration is loaded again; one that is refused is told here and above the mirrors", async () => {
  await visit({ hash: "#/settings" }, async (page) => {
    await page.getByRole("button", { name: "Load again" }).click();
    await page.getByRole("status").getByText("The configuration was loaded").waitFor();
    daemon.refused = failure("CONFIG_UNREADABLE", { file: "/srv/shop/slipway.yaml", reason: "EACCES" });
    await page.getByRole("button", { name: "Load again" }).click();
    await page.getByText("CONFIG_UNREADABLE").waitFor();
    await page.getByRole("link", { name: "Mirrors" }).click();
    await page.getByText("the configuration before it counts on").first().waitFor();
    daemon.refused = undefined;
    const { refused: _, ...counts } = daemon.inForce;
    daemon.inForce = counts;
  });
});

test("a token is made and shown once, works, and is removed; readers are offered nothing that they may not do", async () => {
  await visit({ hash: "#/settings" }, async (page) => {
    await page.getByLabel("Name").fill("no spaces please");
    await page.getByRole("button", { name: "Make a token" }).click();
    await page.getByText("Use 1 to 64 letters").waitFor();
    await page.getByLabel("Name").fill("grafana");
    await page.getByRole("button", { name: "Make a token" }).click();
    const dialog = page.getByRole("dialog");
    const token = (await dialog.locator("pre").textContent()) ?? "";
    const answer = await page.request.get(`${daemon.url}/api/v1/session`, {
      headers: { authorization: `Bearer ${token}` },
    });
    assert.deepEqual(await answer.json(), { name: "grafana", role: "reader" });
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    assert.ok(!(await page.content()).includes(token));
    await page.getByRole("button", { name: "Remove: grafana" }).click();
    await dialog.getByRole("button", { name: "Remove" }).click();
    await rowOf(page, "grafana").waitFor({ state: "detached" });
  });
  await visit({ hash: "#/settings", role: "reader" }, async (page) => {
    await page.getByText("Tokens are shown to operators.").waitFor();
    assert.equal(await page.getByRole("button", { name: /Load again|Make a token/ }).count(), 0);
    for (const name of ["Mirrors", "Deliveries"]) {
      await page.getByRole("link", { name }).click();
      await page.getByRole("heading", { level: 1, name }).waitFor();
      assert.equal(await page.getByRole("button", { name: /Sync|Send a test/ }).count(), 0);
    }
  });
});

test("without a mouse: in, to what fails, to its tags, and a run begun", async () => {
  await visit({ role: null, mayComplain: REFUSED_LOGIN }, async (page) => {
    await pressTo(page, "Tab", "#token");
    await page.keyboard.type(TOKENS.operator);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "Mirrors" }).waitFor();
    await page.getByRole("button", { name: "1 Failing" }).waitFor();
    await pressTo(page, "Tab", "fieldset button:nth-of-type(4)");
    await page.keyboard.press("Enter");
    await pressTo(page, "Tab", "tbody th a");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "failing" }).waitFor();
    assert.equal(await page.evaluate("document.activeElement?.tagName"), "MAIN", "the page has the focus");
    await pressTo(page, "Tab", "main button.bg-accent");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "Run of failing" }).waitFor();
    await pressTo(page, "Tab", "button.bg-bad-soft");
    await page.keyboard.press("Enter");
    await page.locator("main").getByText("cancelled", { exact: true }).waitFor();
  });
});

test("S29: HTML in tags, logs and titles is text", async () => {
  const [run] = await daemon.store.runs.list({ mirror: "html", limit: 1 });
  for (const hash of ["#/mirrors/html", `#/runs/${run?.id}`, "#/deliveries"]) {
    await visit({ hash }, async (page) => {
      await page.locator("main").getByText(HTML).first().waitFor();
      assert.equal(await page.locator("img[src=x]").count(), 0);
    });
  }
});

test("a daemon that is away is told, over the page; when it is back, one signs in and is where one was", async () => {
  await visit({ hash: "#/mirrors/silent", mayComplain: /status of 401|ERR_/ }, async (page) => {
    await page.getByText("2 of 2 in step").waitFor();
    const address = new URL(daemon.url).host;
    await daemon.hide();
    await page.getByRole("alert").getByText("No answer from the daemon.").waitFor();
    await page.getByText("2 of 2 in step").waitFor();
    await daemon.listen(address);
    await page.getByText("You have been signed out").waitFor();
    await page.getByLabel("Token").fill(TOKENS.reader);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "silent" }).waitFor();
  });
});

test("a thousand mirrors are drawn a page at a time, and narrowed while one types", async () => {
  const before = daemon.inForce;
  daemon.inForce = sampleInForce(sampleConfiguration({ channel: receiver.url, mirrors: 1000 }), Date.now());
  await visit({}, async (page) => {
    await page.getByRole("button", { name: "1,000 All" }).waitFor();
    assert.equal(await page.locator("tbody tr").count(), 50);
    await page.getByRole("button", { name: "Next" }).click();
    await page.getByText("51–100 of 1000").waitFor();
    const took = await page.evaluate<number>(`(async () => {
      const field = document.querySelector("[type=search]");
      const began = performance.now();
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(field, "-99");
      field.dispatchEvent(new Event("input", { bubbles: true }));
      while (document.querySelectorAll("tbody tr").length !== 11) await new Promise(requestAnimationFrame);
      return performance.now() - began;
    })()`);
    assert.ok(took < 500, `${took} ms`);
  });
  daemon.inForce = before;
});

test("every page, in each language, light and dark, passes axe and is no wider than a phone", async () => {
  const [run] = await daemon.store.runs.list({ mirror: "hagicode", limit: 1 });
  // Few rows of each: a thousand of the same are no worse.
  const pages = [
    "#/?search=i",
    "#/mirrors/hagicode?search=1.1.",
    "#/mirrors/failing",
    `#/runs/${run?.id}`,
    "#/deliveries",
    "#/settings",
  ];
  await visit({ role: null, mayComplain: REFUSED_LOGIN }, (page) => isFit(page, "door"));
  await visit({}, async (page) => {
    for (const hash of pages) {
      await page.goto(`${daemon.url}/${hash}`);
      if (hash.includes("hagicode")) await page.locator("canvas").nth(1).waitFor();
      await isFit(page, hash);
    }
  });
});

async function isFit(page: Page, name: string): Promise<void> {
  await page.evaluate(axe.source);
  for (const language of LANGUAGES) {
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.locator("select").first().selectOption(language);
    await page.locator("main h1").waitFor();
    await page.emulateMedia({ colorScheme: "light" });
    assert.deepEqual(await seriousFindings(page, ALL), [], `${name} ${language} light`);
    await page.emulateMedia({ colorScheme: "dark" });
    assert.deepEqual(await seriousFindings(page, COLOURS), [], `${name} ${language} dark`);
    await page.setViewportSize({ width: 360, height: 740 });
    assert.equal(await tooWide(page, 360), "", `${name} ${language}`);
  }
  assert.deepEqual(await seriousFindings(page, ALL), [], `${name} narrow`);
}

/** What of a page is beyond its window, a moment after that became so narrow: tables are drawn anew for it. */
function tooWide(page: Page, width: number): Promise<unknown> {
  const beyond = `document.documentElement.scrollWidth === ${width} ? "" : [
    document.documentElement.scrollWidth,
    ...[...document.querySelectorAll("body *")]
      .filter((element) => element.getBoundingClientRect().right > ${width})
      .map((element) => element.tagName + "." + element.className + " " + element.textContent.slice(0, 80)),
  ].join("\\n")`;
  return settled(page, beyond, "");
}

/** What an expression is as soon as it is as wanted, or after some seconds. Waiting inside of the page would evaluate text there. */
async function settled(page: Page, expression: string, wanted: string): Promise<unknown> {
  for (let look = 0; look < 50; look += 1) {
    if ((await page.evaluate(expression)) === wanted) break;
    await sleep(100);
  }
  return page.evaluate(expression);
}

const ALL = "{ resultTypes: ['violations'] }";
/** What a theme can break. */
const COLOURS =
  "{ resultTypes: ['violations'], runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } }";

async function seriousFindings(page: Page, options: string): Promise<readonly string[]> {
  const { violations } = await page.evaluate<axe.AxeResults>(`axe.run(${options})`);
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html}: ${failureSummary}`));
}

test("language and theme are chosen, and kept", async () => {
  await visit({ language: "zh-CN" }, async (page) => {
    const state = () =>
      page.evaluate("[document.documentElement.lang, document.title, document.documentElement.dataset.theme ?? null]");
    await page.getByRole("heading", { level: 1, name: "镜像任务" }).waitFor();
    await page.getByRole("combobox", { name: "配色" }).selectOption("深色");
    assert.deepEqual(await state(), ["zh-CN", "镜像任务 · Slipway", "dark"]);
    await page.getByRole("combobox", { name: "语言" }).selectOption("English");
    await page.reload();
    await page.getByRole("heading", { level: 1, name: "Mirrors" }).waitFor();
    assert.deepEqual(await state(), ["en", "Mirrors · Slipway", "dark"]);
  });
});

test("what is loaded first has at most 150 KiB of JavaScript, compressed; charts come when they are drawn", async () => {
  const index = await readFile(join(folder.path, "index.html"), "utf8");
  const files = (await readdir(join(folder.path, "assets"))).filter((name) => name.endsWith(".js"));
  const sizes = await Promise.all(
    files.map(async (name) => ({ name, size: gzipSync(await readFile(join(folder.path, "assets", name))).length })),
  );
  const first = sizes.filter(({ name }) => index.includes(name));
  assert.ok(first.length > 0 && first.length < sizes.length);
  assert.ok(first.reduce((sum, { size }) => sum + size, 0) <= 150 * 1024);
});
