import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { contentOf, filesOf, ROOT } from "./sources.ts";

const pages = filesOf("**/*.md");
const translated = new Set(["README.md", ...pages.filter((page) => page.endsWith(".zh-CN.md")).map(englishOf)]);

function englishOf(page: string): string {
  return page.replace(/\.zh-CN\.md$/, ".md");
}

/** Fenced, but for people: drawings and what a program prints may be in either language. */
const PROSE = ["", "text", "mermaid"];

/** A page without its words: how deep its headings go, and its code without comments, which are translated. */
function skeletonOf(page: string) {
  const headings: number[] = [];
  const code: { readonly language: string; readonly lines: string[] }[] = [];
  let isCode = false;
  for (const line of contentOf(page).split("\n")) {
    const fence = /^\s*```(.*)$/.exec(line);
    if (fence !== null) {
      if (!isCode) code.push({ language: fence[1]?.trim() ?? "", lines: [] });
      isCode = !isCode;
    } else if (isCode) {
      const block = code.at(-1);
      if (block !== undefined && !PROSE.includes(block.language)) block.lines.push(withoutComment(line));
    } else {
      const heading = /^(#+) /.exec(line)?.[1];
      if (heading !== undefined) headings.push(heading.length);
    }
  }
  return { headings, code };
}

function withoutComment(line: string): string {
  return line.replace(/(^|\s+)#.*$/, "").trimEnd();
}

for (const english of translated) {
  const chinese = english.replace(/\.md$/, ".zh-CN.md");
  test(`${english} and ${chinese} have the same headings and the same code`, () => {
    assert.deepEqual(skeletonOf(chinese), skeletonOf(english));
  });
}

test("every link from page to page leads somewhere", () => {
  const dead = pages.flatMap((page) =>
    [...contentOf(page).matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)/g)]
      .map(([, to = ""]) => join(dirname(page), to))
      .filter((to) => !existsSync(join(ROOT, to)))
      .map((to) => `${page} → ${to}`),
  );
  assert.deepEqual(dead, []);
});
