import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { digestOf } from "../oci/digest.ts";
import { temporaryFolder } from "../testing/index.ts";
import { wantedAssets } from "./assets.ts";

const FILES = ["dist/app.zip", "dist/app.tar.gz", "dist/deep/more.zip", "README.md", "odd name (1).txt"];

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  await using folder = await temporaryFolder("assets");
  for (const path of FILES) {
    const file = join(folder.path, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, `content of ${path}`);
  }
  await work(folder.path);
}

const CASES: readonly (readonly [patterns: readonly string[], names: readonly string[]])[] = [
  [[], []],
  [["README.md"], ["README.md"]],
  [["dist/*.zip"], ["app.zip"]],
  [["dist/**/*.zip"], ["app.zip", "more.zip"]],
  [["dist/*"], ["app.tar.gz", "app.zip"]],
  [
    ["dist/*.zip", "dist/app.*", "./dist/app.zip"],
    ["app.tar.gz", "app.zip"],
  ],
  [["odd*"], ["odd.name.1.txt"]],
];

for (const [patterns, names] of CASES) {
  test(`the files of ${JSON.stringify(patterns)} are ${names.join(", ") || "none"}`, async () => {
    await inFolder(async (folder) => {
      const found = await wantedAssets(folder, patterns);
      assert.deepEqual(
        found.map(({ name }) => name),
        names,
      );
    });
  });
}

test("each with its size and digest, also by an absolute path", async () => {
  await inFolder(async (folder) => {
    const file = join(folder, "README.md");
    const content = "content of README.md";
    assert.deepEqual(await wantedAssets("/", [file]), [
      { file, name: "README.md", size: content.length, digest: digestOf(content) },
    ]);
  });
});

test("a pattern that matches no file, or only folders, is told", async () => {
  await inFolder(async (folder) => {
    for (const pattern of ["*.exe", "dist", "dist/none.zip"]) {
      await assert.rejects(wantedAssets(folder, ["README.md", pattern]), {
        code: "ASSET_NOT_FOUND",
        facts: { pattern },
      });
    }
  });
});

test("two files that GitHub would call the same are told", async () => {
  await inFolder(async (folder) => {
    const [one, other] = [join(folder, "dist/app.zip"), join(folder, "dist/deep/app.zip")];
    await writeFile(other, "another");
    await assert.rejects(wantedAssets(folder, ["dist/**/*.zip"]), {
      code: "ASSET_NAME_TWICE",
      facts: { name: "app.zip", one, other },
    });
    const [spaced, dotted] = [join(folder, "a b"), join(folder, "a.b")];
    for (const file of [spaced, dotted]) await writeFile(file, file);
    await assert.rejects(wantedAssets(folder, ["a?b"]), {
      code: "ASSET_NAME_TWICE",
      facts: { name: "a.b", one: spaced, other: dotted },
    });
  });
});
