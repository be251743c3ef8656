import assert from "node:assert/strict";
import { test } from "node:test";
import { dashboardText as englishDashboard } from "./en/dashboard-text.ts";
import { errors as englishErrors } from "./en/errors.ts";
import { pagesText as englishPages } from "./en/pages-text.ts";
import { text as englishText } from "./en/text.ts";
import { webText as englishWeb } from "./en/web-text.ts";
import { slotsOf } from "./fill.ts";
import type { ErrorCatalogue, TextCatalogue } from "./words.ts";
import { dashboardText as chineseDashboard } from "./zh-CN/dashboard-text.ts";
import { errors as chineseErrors } from "./zh-CN/errors.ts";
import { pagesText as chinesePages } from "./zh-CN/pages-text.ts";
import { text as chineseText } from "./zh-CN/text.ts";
import { webText as chineseWeb } from "./zh-CN/web-text.ts";

const CHINESE = /\p{Script=Han}/u;

// What only browsers say is not in the catalogue of the command line, which would have to load it.
const english = templatesOf(englishErrors, { ...englishText, ...englishWeb, ...englishPages, ...englishDashboard });
const chinese = templatesOf(chineseErrors, { ...chineseText, ...chineseWeb, ...chinesePages, ...chineseDashboard });

/** Every template of a language by name: `CODE.message`, `CODE.hint` or the text's own key. */
function templatesOf(errors: ErrorCatalogue, text: TextCatalogue): ReadonlyMap<string, string> {
  const ofErrors = Object.entries(errors).flatMap(([code, { message, hint }]): [string, string][] => [
    [`${code}.message`, message],
    [`${code}.hint`, hint],
  ]);
  return new Map([...ofErrors, ...Object.entries(text)]);
}

/** What is left of a template to translate: neither slots nor code between backticks. */
function wordsIn(template: string): string {
  return template.replace(/\{\w+\}|`[^`]*`/g, "");
}

function namesWhere(
  templates: ReadonlyMap<string, string>,
  holds: (template: string, name: string) => boolean,
): readonly string[] {
  return [...templates].filter(([name, template]) => holds(template, name)).map(([name]) => name);
}

test("both languages have the same keys", () => {
  assert.deepEqual([...chinese.keys()].sort(), [...english.keys()].sort());
});

test("a template names the same facts in both languages", () => {
  for (const [name, template] of english) {
    assert.deepEqual(new Set(slotsOf(chinese.get(name) ?? "")), new Set(slotsOf(template)), name);
  }
});

test("every brace belongs to a slot that can be filled", () => {
  const isBroken = (template: string) => /[{}]/.test(template.replace(/\{\w+\}/g, "").replace(/`[^`]*`/g, ""));
  assert.deepEqual([...namesWhere(english, isBroken), ...namesWhere(chinese, isBroken)], []);
});

test("Chinese is Chinese wherever there is something to translate", () => {
  const isForeign = (template: string) => /\p{L}/u.test(wordsIn(template)) && !CHINESE.test(template);
  assert.deepEqual(namesWhere(chinese, isForeign), []);
});

test("English holds no Chinese", () => {
  assert.deepEqual(
    namesWhere(english, (template) => CHINESE.test(template)),
    [],
  );
});

test("nothing to translate is left as it is in English", () => {
  const isCopied = (template: string, name: string) =>
    /\p{L}/u.test(wordsIn(template)) && template === english.get(name);
  assert.deepEqual(namesWhere(chinese, isCopied), []);
});

test("no template is empty", () => {
  const isEmpty = (template: string) => template.trim() === "";
  assert.deepEqual([...namesWhere(english, isEmpty), ...namesWhere(chinese, isEmpty)], []);
});
