import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { code, fenced, link, plain, table } from "./escape.ts";
import { proseMarkdown } from "./prose.ts";

const rows = [
  ["Docker Hub", "Docker Hub"],
  ["阿里云容器镜像服务（ACR）", "阿里云容器镜像服务（ACR）"],
  ["<script>alert(1)</script>", "&#60;script&#62;alert(1)&#60;/script&#62;"],
  ["**bold** [x](javascript:1)", "\\*\\*bold\\*\\* \\[x\\](javascript\\:1)"],
  ["a | b", "a \\| b"],
  ["{{ constructor }}", "&#123;&#8288;&#123; constructor &#125;&#8288;&#125;"],
  ["# no heading", "\\# no heading"],
  ["- no list", "\\- no list"],
  ["12. no list", "12\\. no list"],
  [":::tip", "\\:\\:\\:tip"],
  ["AT&T &amp; more", "AT&#38;T &#38;amp; more"],
  ["two\nlines\r\n\n# of\tit", "two lines # of it"],
  ["    no code", "no code"],
  ["wow!", "wow\\!"],
] as const;

for (const [text, markdown] of rows) {
  test(`S29: text is never markup: ${JSON.stringify(text)}`, () => assert.equal(plain(text), markdown));
}

/** Reads a line back by CommonMark's rules for escapes and entities. @throws on what would be markup */
function read(markdown: string): string {
  let text = "";
  for (let at = 0; at < markdown.length; at += 1) {
    const rest = markdown.slice(at);
    const [entity, number] = /^&#(\d+);/.exec(rest) ?? [];
    const character = markdown.charAt(at);
    if (entity !== undefined) {
      text += String.fromCharCode(Number(number));
      at += entity.length - 1;
    } else if (character === "\\" && /^\\[!-/:-@[-`{-~]/.test(rest)) {
      text += markdown.charAt(at + 1);
      at += 1;
    } else {
      assert.doesNotMatch(character, /[\\`*_[\]~|$^<>&{}\n]/, `${JSON.stringify(character)} in ${markdown}`);
      text += character;
    }
  }
  return text;
}

const MARKUP = [
  ..."\\`*_[]()<>{}|~$^#+-=.!:&;\"'/ \n\t\r1a阿",
  "&lt;",
  "<!--",
  "{{",
  ":::",
  "https://a.example",
  "\u2028",
];
const markup = fc
  .array(fc.oneof(fc.constantFrom(...MARKUP), fc.string()), { maxLength: 20 })
  .map((parts) => parts.join(""));

test("S29: whatever a name holds, it is read back as it was, and nothing of it is markup", () => {
  fc.assert(
    fc.property(markup, (text) => {
      const markdown = plain(text);
      assert.doesNotMatch(markdown, /^(?:[-+=#:>]|\d+[.)]| {4}|\t)/);
      assert.doesNotMatch(
        markdown.replaceAll(/&#(\d+);/g, (_, number) => String.fromCharCode(Number(number))),
        /\{\{|\}\}/,
      );
      const expected = text.replace(/[\s\p{Cc}]+/gu, " ").trim();
      assert.equal(read(markdown).replaceAll("\u2060", ""), expected.replaceAll("\u2060", ""));
    }),
    { seed: 29, numRuns: 1000 },
  );
});

test("S29: code holds anything, and ends where it has to", () => {
  fc.assert(
    fc.property(markup, (text) => {
      const [, fence = "", inner = ""] = /^(`+)(.*?[^`])\1$/s.exec(code(`${text}x`)) ?? [];
      assert.ok(!inner.includes("\n"));
      const within: readonly string[] = inner.match(/`+/g) ?? [];
      assert.ok(!within.includes(fence));
    }),
    { seed: 29 },
  );
});

test("S29: a block of code ends with its own fence alone", () => {
  const block = fenced("text", "```\n<b>\n````\nx").split("\n");
  assert.deepEqual([block[0], block.at(-1), block.length], ["`````text", "`````", 6]);
});

test("S29: a link leads where it was to lead, and ends there", () => {
  assert.equal(
    link("here", "https://a.example/x_(y) z?q=<b>&r=\"'`|{}[]\\"),
    "[here](https://a.example/x_%28y%29%20z?q=%3Cb%3E&r=%22%27%60%7C%7B%7D%5B%5D%5C)",
  );
});

test("S29: whatever a cell holds, a row has its cells", () => {
  fc.assert(
    fc.property(fc.tuple(markup, markup, markup), ([one, two, three]) => {
      const shown = table(["a", "b", "c"], [[plain(one), code(two), plain(three)]]).split("\n");
      assert.equal(shown.length, 3);
      assert.equal(shown[2]?.match(/(?<!\\)(?:\\\\)*\|/g)?.length, 4, shown[2]);
    }),
    { seed: 29 },
  );
});

test("what a maintainer wrote keeps its code, links and commands, and no other markup", () => {
  const answer =
    "1. Pull `a|b` <now>, see [the *page*](https://a.example/(x)).\n\n    docker pull {{x}}\n    ```\n\n# end!";
  assert.equal(
    proseMarkdown(answer),
    [
      "1\\. Pull `a|b` &#60;now&#62;, see \\[the \\*page\\*\\](https://a.example/(x)).",
      "````text\ndocker pull {{x}}\n```\n````",
      "\\# end\\!",
    ].join("\n\n"),
  );
});
