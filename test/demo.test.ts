import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { ROOT } from "./house/sources.ts";

const ACTS = 5;
/** What 1.2.3, 2.0.0 and 1.2.4 are called. */
const TAGS = ["1.2", "1.2.3", "1.2.4", "2.0", "2.0.0", "latest"];
const REGISTRIES = 3;

/** What the demo may have of the machine: neither git nor docker, and traps for what would lead out of it. */
const ENVIRONMENT = {
  PATH: "/nonexistent",
  HOME: "/nonexistent",
  NO_COLOR: "1",
  GITHUB_ACTIONS: "true",
  GITHUB_API_URL: "http://127.0.0.1:9",
  SLIPWAY_VERSION: "9.9.9",
  HTTP_PROXY: "http://127.0.0.1:9",
};

test("the demo, run once, ends by itself, and every registry answers the same digests", async () => {
  const script = [join(ROOT, "scripts/demo.ts"), "--once"];
  const { stdout } = await promisify(execFile)(process.execPath, script, { env: ENVIRONMENT, timeout: 120_000 });
  const headings = stdout.match(/^\d\. .+$/gm) ?? [];
  assert.equal(headings.length, ACTS, stdout);
  assert.match(stdout, /One digest everywhere\.\n$/);
  const table = stdout.slice(stdout.indexOf("asked by HEAD"));
  const rows = table.split("\n").filter((line) => line.includes("sha256:"));
  assert.deepEqual(
    rows.map((row) => row.trim().split(/\s+/)[0]),
    TAGS,
  );
  for (const row of rows) {
    const digests = row.match(/sha256:[0-9a-f]+/g) ?? [];
    assert.equal(digests.length, REGISTRIES, row);
    assert.equal(new Set(digests).size, 1, row);
  }
});
