import assert from "node:assert/strict";
import { test } from "node:test";
import { chooseLanguage } from "./language.ts";

const cases: readonly [string, readonly string[], NodeJS.ProcessEnv, string][] = [
  ["nothing said", [], {}, "en"],
  ["LANG", [], { LANG: "zh_CN.UTF-8" }, "zh-CN"],
  ["LC_ALL before LANG", [], { LC_ALL: "C", LANG: "zh_CN.UTF-8" }, "en"],
  ["LC_MESSAGES before LANG", [], { LC_MESSAGES: "zh_TW", LANG: "en_US.UTF-8" }, "zh-CN"],
  ["an empty variable is none", [], { LC_ALL: "", LANG: "zh" }, "zh-CN"],
  ["a language that only begins alike", [], { LANG: "zha" }, "en"],
  ["the flag before all", ["sync", "--lang", "en"], { LANG: "zh_CN" }, "en"],
  ["the flag with =", ["--lang=zh-CN", "sync"], {}, "zh-CN"],
  ["the last flag counts", ["--lang", "en", "--lang", "zh-CN"], {}, "zh-CN"],
  ["no flag after --", ["copy", "--", "--lang", "zh-CN"], {}, "en"],
  ["an unknown language is the parser's to refuse", ["--lang", "fr"], { LANG: "zh_CN" }, "zh-CN"],
];

for (const [name, argv, environment, expected] of cases) {
  test(`language: ${name}`, () => assert.equal(chooseLanguage(argv, environment), expected));
}
