import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { displayWidth, padEnd, padStart, printable, shorten } from "./width.ts";

test("width: CJK and emoji take two columns, marks and colours none", () => {
  assert.equal(displayWidth("abc"), 3);
  assert.equal(displayWidth("已复制"), 6);
  assert.equal(displayWidth("（限流）"), 8);
  assert.equal(displayWidth("🚢"), 2);
  assert.equal(displayWidth("e\u0301"), 1);
  assert.equal(displayWidth("\x1b[31mred\x1b[39m"), 3);
  assert.equal(displayWidth("━╸─✓…·"), 6);
});

test("width: a shortened name keeps both its ends", () => {
  assert.equal(shorten("registry.example.com/team/app", 15), "registr…eam/app");
  assert.equal(shorten("short", 15), "short");
  assert.equal(shorten("镜像仓库地址", 7), "镜像…址");
  assert.equal(shorten("abc", 1), "…");
  assert.equal(shorten("abc", 0), "");
});

test("width: padding counts columns", () => {
  assert.equal(padEnd("镜像", 6), "镜像  ");
  assert.equal(padStart("9%", 4), "  9%");
});

test("width: nothing shortened is ever wider than its room", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.nat(40), (text, columns) => {
      assert.ok(displayWidth(shorten(printable(text), columns)) <= columns);
    }),
    { seed: 20261122, numRuns: 300 },
  );
});

test("width: what is printed cannot steer the terminal", () => {
  assert.equal(printable("a\x1b[2Jb\nc"), "a\uFFFD[2Jb\uFFFDc");
});
