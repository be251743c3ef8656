import assert from "node:assert/strict";
import type { Browser, Page } from "playwright-core";
import { type DashboardDaemon, TOKENS } from "./dashboard-daemon.ts";

export interface DashboardVisit {
  /** `#/mirrors/app`; the overview where it is left out. */
  readonly hash?: string;
  /** Left out: an operator; null: nobody has signed in. */
  readonly role?: keyof typeof TOKENS | null;
  readonly language?: "en" | "zh-CN";
  readonly scheme?: "light" | "dark";
  readonly width?: number;
  /** What the browser itself may complain of, besides. */
  readonly mayComplain?: RegExp;
}

/** Milliseconds: what takes longer does not come. */
const PATIENCE = 15_000;

/** Opens a page of the dashboard, lets it be used, and holds it to an empty console: no error, no breach of the policy. */
export async function visitDashboard(
  browser: Browser,
  daemon: DashboardDaemon,
  options: DashboardVisit,
  use: (page: Page) => Promise<void>,
): Promise<void> {
  const { hash = "", role = "operator", language = "en", scheme = "light", width = 1280, mayComplain } = options;
  const context = await browser.newContext({
    locale: language,
    colorScheme: scheme,
    reducedMotion: "reduce",
    viewport: { width, height: 900 },
    timezoneId: language === "en" ? "Europe/Berlin" : "Asia/Shanghai",
    permissions: ["clipboard-read", "clipboard-write"],
  });
  context.setDefaultTimeout(PATIENCE);
  const problems: string[] = [];
  context.on("weberror", (error) => problems.push(String(error.error())));
  context.on("console", (message) => {
    const isFailure = message.type() === "error" || message.type() === "warning";
    if (isFailure && mayComplain?.test(message.text()) !== true) problems.push(message.text());
  });
  context.on("request", (request) => {
    if (!/^(blob|data):/.test(request.url()) && new URL(request.url()).origin !== new URL(daemon.url).origin) {
      problems.push(`asked elsewhere: ${request.url()}`);
    }
  });
  try {
    if (role !== null) {
      const answer = await context.request.post(`${daemon.url}/api/v1/session`, {
        data: { token: TOKENS[role] },
        headers: { origin: daemon.url },
      });
      assert.equal(answer.status(), 200);
    }
    const page = await context.newPage();
    await page.goto(`${daemon.url}/${hash}`);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await use(page);
  } finally {
    await context.close();
  }
  assert.deepEqual(problems, []);
}
