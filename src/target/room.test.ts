import assert from "node:assert/strict";
import { mkdir, statfs, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { existingFolder, roomIn } from "./room.ts";
import { temporaryFolder } from "./temporary-folder.ts";

test("room: a folder that is not there yet has that of the nearest one above it", async (context) => {
  const folder = await temporaryFolder(context);
  const { blocks, bsize } = await statfs(folder);
  for (const path of [folder, join(folder, "not", "there", "yet")]) {
    const room = await roomIn(path);
    assert.ok(Number.isSafeInteger(room) && room > 0 && room <= blocks * bsize, `${room} bytes`);
    assert.equal(await existingFolder(path), folder);
  }
  await mkdir(join(folder, "not"));
  assert.equal(await existingFolder(join(folder, "not", "there")), join(folder, "not"));
});

test("room: below a file there is none", async (context) => {
  const file = join(await temporaryFolder(context), "file");
  await writeFile(file, "");
  await assert.rejects(roomIn(join(file, "below")), {
    code: "STORAGE_FAILED",
    facts: { path: join(file, "below"), reason: "ENOTDIR" },
  });
});
