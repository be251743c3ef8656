import assert from "node:assert/strict";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import { textFile } from "../../site/build/site-file.ts";
import { SlipwayError } from "../../words/error.ts";
import { bringSite } from "./site-folder.ts";

const root = mkdtempSync(join(tmpdir(), "slipway-site-"));
after(() => rmSync(root, { recursive: true }));

let count = 0;
/** A folder that holds these files; one that is not there where there are none. */
function folderWith(files: Readonly<Record<string, string>> = {}): string {
  count += 1;
  const folder = join(root, `folder-${count}`);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** All of a folder by path. */
function contentOf(folder: string): Readonly<Record<string, string>> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const files = entries.map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(files.sort().map((file) => [file.slice(folder.length + 1), readFileSync(file, "utf8")]));
}

const site = (files: Readonly<Record<string, string>>) =>
  Object.entries(files).map(([path, text]) => textFile(path, text));
const listOf = (...files: string[]) => `${JSON.stringify({ version: 1, files: files.sort() }, undefined, 2)}\n`;

const OLD = { "index.html": "old page", "assets/old.js": "old", "site.json": "{}" };
const NEW = { "index.html": "new page", "assets/new.js": "new", "site.json": "{}" };
const AFTER = { ...NEW, ".slipway-site.json": listOf(...Object.keys(NEW)) };

test("a site is written, then nothing, then what differs; what it has no more is removed", async () => {
  const folder = folderWith();
  const all = Object.keys(OLD);
  assert.deepEqual(await bringSite(folder, site(OLD)), { written: all, unchanged: [], removed: [] });
  assert.deepEqual(await bringSite(folder, site(OLD)), { written: [], unchanged: all, removed: [] });
  assert.deepEqual(await bringSite(folder, site(NEW)), {
    written: ["index.html", "assets/new.js"],
    unchanged: ["site.json"],
    removed: ["assets/old.js"],
  });
  assert.deepEqual(contentOf(folder), AFTER);
});

test("a folder that has no file left goes with the last", async () => {
  const folder = folderWith();
  await bringSite(folder, site({ "a/b/c.js": "1", "a/d.js": "2" }));
  await bringSite(folder, site({ "a/d.js": "2" }));
  assert.deepEqual(readdirSync(join(folder, "a")), ["d.js"]);
});

const kept = { ".git/HEAD": "ref: main", CNAME: "hagicode.example", ".nojekyll": "" };

test("what git and GitHub Pages have there stays, and so does what somebody adds later", async () => {
  const folder = folderWith(kept);
  await bringSite(folder, site(NEW));
  writeFileSync(join(folder, "robots.txt"), "mine");
  await bringSite(folder, site(NEW));
  assert.deepEqual(contentOf(folder), { ...AFTER, ...kept, "robots.txt": "mine" });
});

/** What a killed build may have left: the list comes first, pages come last, and what is old goes in the end. */
const interrupted = {
  "before anything": { ...OLD, ".slipway-site.json": listOf(...Object.keys(OLD)) },
  "in the middle of a file": {
    ...OLD,
    ".slipway-site.json": listOf(...Object.keys(OLD), "assets/new.js"),
    ".slipway-site.tmp/1": "ne",
  },
  "before the pages": {
    ...OLD,
    "assets/new.js": "new",
    ".slipway-site.json": listOf(...Object.keys(OLD), "assets/new.js"),
  },
  "before the old goes": {
    ...OLD,
    ...NEW,
    ".slipway-site.json": listOf(...Object.keys(OLD), "assets/new.js"),
  },
  "before the list is short again": { ...NEW, ".slipway-site.json": listOf(...Object.keys(OLD), "assets/new.js") },
  "in the first list of all": { ".slipway-site.tmp/1": '{ "ver' },
};

for (const [when, left] of Object.entries(interrupted)) {
  test(`killed ${when}, the next build comes to the same`, async () => {
    const folder = folderWith(left);
    await bringSite(folder, site(NEW));
    assert.deepEqual(contentOf(folder), AFTER);
    assert.equal(existsSync(join(folder, ".slipway-site.tmp")), false);
  });
}

const foreign: readonly (readonly [what: string, files: Readonly<Record<string, string>>, file: string])[] = [
  ["somebody's files", { "slipway.yaml": "version: 1" }, "slipway.yaml"],
  ["somebody's page", { "index.html": "mine" }, "index.html"],
  [
    "a file where the site has a new one",
    { ...OLD, "assets/new.js": "mine", ".slipway-site.json": listOf(...Object.keys(OLD)) },
    "assets/new.js",
  ],
  [
    "a folder where the site has a file",
    { "site.json/x": "mine", ".slipway-site.json": listOf("index.html") },
    "site.json",
  ],
  ["a file where the site has a folder", { assets: "mine", ".slipway-site.json": listOf("index.html") }, "assets"],
  ["a list that leads out", { ".slipway-site.json": listOf("../folder-1/index.html") }, ".slipway-site.json"],
  ["a list of absolute paths", { ".slipway-site.json": listOf("/etc/passwd") }, ".slipway-site.json"],
  ["a list that is none", { ".slipway-site.json": "[]" }, ".slipway-site.json"],
];

for (const [what, files, file] of foreign) {
  test(`not damaged: ${what}`, async () => {
    const folder = folderWith(files);
    await assert.rejects(bringSite(folder, site(NEW)), (thrown) => {
      assert.ok(thrown instanceof SlipwayError);
      assert.deepEqual([thrown.code, thrown.facts], ["SITE_FOLDER_FOREIGN", { folder, file }]);
      return true;
    });
    assert.deepEqual(contentOf(folder), files);
  });
}

test("a link within the folder is not followed, neither to write nor to remove", async () => {
  const outside = folderWith({ "old.js": "mine", "new.js": "mine" });
  const folder = folderWith({ "index.html": "old page", ".slipway-site.json": listOf("index.html", "assets/old.js") });
  symlinkSync(outside, join(folder, "assets"));
  await assert.rejects(bringSite(folder, site(NEW)), { code: "SITE_FOLDER_FOREIGN" });
  await assert.rejects(bringSite(folder, site({ "index.html": "new page" })), { code: "SITE_FOLDER_FOREIGN" });
  assert.deepEqual(contentOf(outside), { "new.js": "mine", "old.js": "mine" });
  assert.equal(readFileSync(join(folder, "index.html"), "utf8"), "old page");
});
