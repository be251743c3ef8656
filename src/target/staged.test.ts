import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { createDockerArchive } from "./docker-archive.ts";
import { createOciArchive } from "./oci-archive.ts";
import { push, sampleImage } from "./sample-image.ts";
import type { WriteTarget } from "./target.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const ARCHIVES: readonly (readonly [kind: string, open: (path: string) => Promise<WriteTarget>])[] = [
  ["oci-archive", (path) => createOciArchive("oci-archive:test", path)],
  ["docker-archive", (path) => createDockerArchive("docker-archive:test", path, {})],
];

for (const [kind, open] of ARCHIVES) {
  test(`${kind}: given up, it leaves nothing, and of a file that was there every byte`, async (context) => {
    const folder = await temporaryFolder(context);
    const path = join(folder, "image.tar");
    const give = async (content: string) => {
      const target = await open(path);
      await push(
        target,
        await sampleImage([content], { architecture: process.arch === "x64" ? "amd64" : process.arch }),
        "1",
      );
      return target;
    };
    const first = await give("one");
    await first.abandon?.();
    await first.close?.();
    assert.deepEqual(await readdir(folder), []);

    await (await give("one")).close?.();
    const before = await readFile(path);
    await (await give("two")).abandon?.();
    assert.deepEqual(await readdir(folder), ["image.tar"]);
    assert.deepEqual(await readFile(path), before);
  });
}
