import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { commands } from "../src/cli/commands.ts";
import { EXIT } from "../src/cli/exit.ts";
import { globalOptions } from "../src/cli/globals.ts";
import { flagsOf, type OptionDefinitions } from "../src/cli/option.ts";
import { errors } from "../src/words/en/errors.ts";
import { type Page, userPages } from "./docs/page.ts";
import { follow } from "./docs/scenario.ts";
import { World } from "./docs/world.ts";
import { contentOf, filesOf } from "./house/sources.ts";

/** What a page may show: run, written to a file, compared, or only looked at. */
const LANGUAGES = ["sh", "yaml", "dotenv", "dockerfile", "text", "mermaid", "diff", "json", "ts"];

/** Flags of other programs that pages speak of. */
const FOREIGN_FLAGS = [
  "--all",
  "--preserve-digests",
  "--once",
  "--unshallow",
  "--password-stdin",
  "--username",
  "--write",
  "--print",
  "--seed",
];

const pages = userPages();
const flags = new Set([...commands.flatMap(optionsOf), ...FOREIGN_FLAGS, "--help", "--version", "--no-referrers"]);

function optionsOf(command: (typeof commands)[number]): readonly string[] {
  const leaves = command.kind === "group" ? command.commands : [command];
  const tables: readonly OptionDefinitions[] = [globalOptions, ...leaves.map(({ options }) => options)];
  return tables.flatMap((table) => Object.entries(table).flatMap(([name, definition]) => flagsOf(name, definition)));
}

const namesIn = (text: string): readonly string[] => text.match(/\b[A-Z]+(?:_[A-Z]+)+\b/g) ?? [];
const namesOfSources = new Set(filesOf("src/**/*.ts").flatMap((file) => namesIn(contentOf(file))));

/** Names in capitals that pages may use: error codes, and variables that the program or a page itself knows. */
function knownNames({ blocks }: Page): ReadonlySet<string> {
  return new Set([...Object.keys(errors), ...namesOfSources, ...blocks.flatMap(({ text }) => namesIn(text))]);
}

for (const page of pages) {
  describe(page.path, () => {
    test("all that it shows can be run, written or compared", () => {
      const unknown = page.blocks.filter(({ language }) => !LANGUAGES.includes(language));
      assert.deepEqual(unknown, []);
      const nameless = page.blocks.filter(
        ({ language, file }) => ["yaml", "dotenv", "dockerfile"].includes(language) && file === undefined,
      );
      assert.deepEqual(nameless, [], "the first line of a file is its name");
    });

    test("its files are used, its flags and codes exist", () => {
      const scripts = page.blocks.filter(({ language }) => language === "sh").map(({ text }) => text);
      const files = page.blocks.flatMap(({ file }) => file ?? []);
      const known = /^(?:\.github\/.*|slipway\.yaml|\.env|Dockerfile)$/;
      const idle = files.filter((file) => !known.test(file) && !scripts.some((script) => script.includes(file)));
      assert.deepEqual(idle, []);
      const spans = [...page.prose.matchAll(/`([^`]+)`/g)].map(([, span = ""]) => span);
      const unknownFlags = spans
        .flatMap((span) => span.match(/(?<![\w-])--[a-z][a-z-]*/g) ?? [])
        .filter((flag) => !flags.has(flag));
      assert.deepEqual(unknownFlags, []);
      const names = knownNames(page);
      const unknownNames = spans.flatMap(namesIn).filter((name) => !names.has(name));
      assert.deepEqual(unknownNames, []);
    });

    test("a reader who follows it gets what it says", async () => {
      await using world = await World.start(page);
      await follow(page, world);
    });
  });
}

test("the tables of exit codes name all that there are", () => {
  const codes = [...new Set(Object.values(EXIT))].sort((one, other) => one - other);
  for (const page of ["README.md", "docs/commands.md"]) {
    const rows = [...contentOf(page).matchAll(/^\| (\d+) \|/gm)].map(([, code]) => Number(code));
    assert.deepEqual(rows, codes, page);
  }
});
