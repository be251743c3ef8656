import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const PROGRAM = "/usr/bin/chromium";

const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  // Nothing that Chromium does of its own accord is to be told from what a page does.
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  // Pages of 127.0.0.1 may do what others may only over HTTPS; those of a name may not.
  "--host-resolver-rules=MAP *.test 127.0.0.1",
];

/** Debian's Chromium, one for each test file; each test opens contexts of its own. */
export async function startBrowser(): Promise<Browser> {
  if (!existsSync(PROGRAM)) throw new Error(`${PROGRAM} is not there: apt-get install chromium`);
  return chromium.launch({ executablePath: PROGRAM, args: FLAGS });
}
