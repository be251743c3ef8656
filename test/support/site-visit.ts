import assert from "node:assert/strict";
import type { Browser, Page } from "playwright-core";
import { buildWebApp } from "../../scripts/support/web-app.ts";
import { readBuiltPages } from "../../src/site/build/built-pages.ts";
import type { SiteFile } from "../../src/site/build/site-file.ts";
import { siteFiles } from "../../src/site/build/site-files.ts";
import type { SiteData } from "../../src/site/model.ts";
import type { StatusFile } from "../../src/site/sources/index.ts";
import { temporaryFolder } from "../../src/testing/index.ts";
import { startBrowser } from "./browser.ts";
import { StaticSite } from "./static-site.ts";

/** Where the site is on its server: never at the root. */
const FOLDER = "/docs/deploy/";

export interface VisitOptions {
  readonly data: SiteData;
  readonly snapshot?: StatusFile;
  /** `sources.html?lang=en#verify`; the builder where it is left out. */
  readonly page?: string;
  /** Of the server, for the browser. */
  readonly host?: string;
  readonly language?: "en" | "zh-CN";
  readonly scheme?: "light" | "dark";
  readonly width?: number;
  readonly timeZone?: string;
}

/** One page in front of one reader. */
export interface Visit {
  readonly page: Page;
  readonly site: StaticSite;
  /** Of the site's folder, with a slash at the end. */
  readonly address: string;
  /** All that the browser has asked for. */
  readonly requests: readonly string[];
}

/** The pages of this checkout, built once, and the browser that visits them. */
export class SitePages implements AsyncDisposable {
  readonly files: readonly SiteFile[];
  readonly #browser: Browser;

  private constructor(files: readonly SiteFile[], browser: Browser) {
    this.files = files;
    this.#browser = browser;
  }

  static async build(): Promise<SitePages> {
    await using folder = await temporaryFolder("site-pages");
    const [browser] = await Promise.all([startBrowser(), buildWebApp("site", folder.path)]);
    return new SitePages(await readBuiltPages(folder.path), browser);
  }

  /** Opens a page, lets it be used, and holds it to an empty console: no error, no breach of the policy. */
  async visit(options: VisitOptions, use: (visit: Visit) => Promise<void>): Promise<void> {
    const { data, snapshot, page: path = "", language = "en", scheme = "light", width = 1280 } = options;
    await using site = await StaticSite.serve(siteFiles({ pages: this.files, data, snapshot }), FOLDER);
    const address = `http://${options.host ?? "127.0.0.1"}:${site.port}${FOLDER}`;
    const context = await this.#browser.newContext({
      locale: language,
      colorScheme: scheme,
      reducedMotion: "reduce",
      viewport: { width, height: 900 },
      timezoneId: options.timeZone ?? (language === "en" ? "Europe/Berlin" : "Asia/Shanghai"),
      permissions: ["clipboard-read", "clipboard-write"],
    });
    const problems: string[] = [];
    const requests: string[] = [];
    const probes = data.sources.map(({ probe }) => probe);
    context.on("request", (request) => requests.push(request.url()));
    context.on("weberror", (error) => problems.push(String(error.error())));
    context.on("console", (message) => {
      // A host that does not answer its probe is told by the browser itself.
      const isFailure = message.type() === "error" || message.type() === "warning";
      if (isFailure && !probes.includes(message.location().url)) problems.push(message.text());
    });
    try {
      const page = await context.newPage();
      await page.goto(address + path);
      await page.getByRole("heading", { level: 1 }).waitFor();
      await use({ page, site, address, requests });
    } finally {
      await context.close();
    }
    assert.deepEqual(problems, []);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#browser.close();
  }
}
