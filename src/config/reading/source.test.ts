import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { SlipwayError } from "../../words/error.ts";
import { readSource } from "./source.ts";

const folder = mkdtempSync(join(tmpdir(), "slipway-source-"));
after(() => rmSync(folder, { recursive: true }));

test("a byte order mark is not a part of the text", () => {
  const file = join(folder, "bom.yaml");
  writeFileSync(file, "\uFEFFversion: 1\n");
  assert.equal(readSource(file).text, "version: 1\n");
});

const UNREADABLE: readonly (readonly [name: string, write: (file: string) => void, reason: RegExp])[] = [
  ["missing", () => {}, /no such file/],
  ["latin1", (file) => writeFileSync(file, Buffer.from([0x61, 0xe9, 0x0a])), /UTF-8/],
  ["large", (file) => writeFileSync(file, Buffer.alloc(4 * 1024 * 1024 + 1, 0x20)), /larger than/],
];

for (const [name, write, reason] of UNREADABLE) {
  test(`a file that is ${name} is refused with the reason`, () => {
    const file = join(folder, name);
    write(file);
    assert.throws(
      () => readSource(file),
      (error) => {
        assert.ok(error instanceof SlipwayError);
        assert.equal(error.code, "CONFIG_UNREADABLE");
        assert.equal(error.facts.file, file);
        assert.match(String(error.facts.reason), reason);
        return true;
      },
    );
  });
}

test("a folder is refused with the reason", () => {
  assert.throws(() => readSource(folder), /it is a folder/);
});
