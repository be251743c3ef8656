import assert from "node:assert/strict";
import { test } from "node:test";
import { failure } from "./error.ts";
import { type Language, wordsOf } from "./words.ts";

const error = failure("DIGEST_INVALID", { text: "sha1:0" });

const cases: readonly (readonly [Language, string, string, RegExp])[] = [
  ["en", "not a digest: sha1:0", "source: not a digest: sha1:0", /^a digest is sha256:/],
  ["zh-CN", "不是合法的摘要：sha1:0", "源端：不是合法的摘要：sha1:0", /^摘要为 sha256:/],
];

for (const [language, message, sided, hint] of cases) {
  test(`${language}: an error's message, its side and its hint`, () => {
    const words = wordsOf(language);
    assert.equal(words.language, language);
    assert.equal(words.error(error).message, message);
    assert.equal(words.error(error.on("source")).message, sided);
    assert.match(words.error(error).hint, hint);
  });
}

test("a text is given in the language asked for", () => {
  assert.equal(wordsOf("en").text("side.source"), "source: ");
  assert.equal(wordsOf("zh-CN").text("side.source"), "源端：");
});

test("a line that was kept by its key is found again, and an unknown key stands for itself", () => {
  assert.equal(
    wordsOf("zh-CN").line("notify.what.sync", { subject: "a" }),
    wordsOf("zh-CN").text("notify.what.sync", { subject: "a" }),
  );
  assert.equal(wordsOf("en").line("of.tomorrow", {}), "of.tomorrow");
});
