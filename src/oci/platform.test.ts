import assert from "node:assert/strict";
import { test } from "node:test";
import { formatPlatform, matchesPlatform, type Platform, parsePlatform } from "./platform.ts";

const AMD64: Platform = { os: "linux", architecture: "amd64" };
const ARM64: Platform = { os: "linux", architecture: "arm64" };
const ARM64_V8: Platform = { os: "linux", architecture: "arm64", variant: "v8" };
const ARM_V7: Platform = { os: "linux", architecture: "arm", variant: "v7" };
const WINDOWS: Platform = { os: "windows", architecture: "amd64", "os.version": "10.0.20348.1" };

const MATCHES: readonly (readonly [text: string, matching: readonly Platform[]])[] = [
  ["linux/amd64", [AMD64]],
  ["linux/x86_64", [AMD64]],
  ["Linux/AMD64", [AMD64]],
  ["linux/arm64", [ARM64, ARM64_V8]],
  ["linux/aarch64", [ARM64, ARM64_V8]],
  ["linux/arm64/v8", [ARM64, ARM64_V8]],
  ["linux/arm", [ARM_V7]],
  ["linux/arm/v7", [ARM_V7]],
  ["linux/arm/v6", []],
  ["windows/amd64", [WINDOWS]],
  ["windows:10.0.20348/amd64", [WINDOWS]],
  ["windows:10.0.17763/amd64", []],
];

test("a platform matches what it names", () => {
  for (const [text, matching] of MATCHES) {
    const filter = parsePlatform(text);
    const found = [AMD64, ARM64, ARM64_V8, ARM_V7, WINDOWS].filter((platform) => matchesPlatform(platform, filter));
    assert.deepEqual(found, matching, text);
  }
});

test("a part left out matches everything", () => {
  assert.ok(matchesPlatform(ARM_V7, { os: "linux" }));
  assert.ok(matchesPlatform(WINDOWS, { architecture: "amd64" }));
});

test("what is not a platform is refused", () => {
  for (const text of ["", "linux", "linux/", "/amd64", "linux/arm/v7/x", "linux/a b", "linux:/amd64"]) {
    assert.throws(() => parsePlatform(text), { code: "PLATFORM_INVALID" }, text);
  }
});

test("platforms are written as people know them", () => {
  assert.deepEqual([AMD64, ARM_V7].map(formatPlatform), ["linux/amd64", "linux/arm/v7"]);
});
