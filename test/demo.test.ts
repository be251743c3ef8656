import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { ROOT } from "./house/sources.ts";

test("the demo, run once, ends by itself, and every registry answers the same digests", async () => {
  const env = { PATH: process.env.PATH ?? "", HOME: "/nonexistent", NO_COLOR: "1" };
  const script = [join(ROOT, "scripts/demo.ts"), "--once"];
  const { stdout } = await promisify(execFile)(process.execPath, script, { env, timeout: 60_000 });
  assert.match(stdout, /One digest everywhere\./);
  const rows = stdout.split("\n").filter((line) => line.includes("sha256:"));
  assert.ok(rows.length >= 4, stdout);
  for (const row of rows) {
    const digests = row.match(/sha256:[0-9a-f]+/g) ?? [];
    assert.equal(new Set(digests).size, 1, row);
  }
});
