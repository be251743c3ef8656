import assert from "node:assert/strict";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join, relative } from "node:path";
import { it } from "node:test";
import { digestOf } from "../../oci/digest.ts";
import { temporaryFolder } from "../../target/temporary-folder.ts";
import { download } from "./download.ts";

it("a local file is hashed and used where it is", async (context) => {
  const folder = await temporaryFolder(context);
  const file = join(folder, "app.zip");
  await writeFile(file, "content");
  const expected = { kind: "file", file, digest: digestOf("content"), size: 7, how: "present" };
  const into = join(folder, "into");
  for (const path of [file, relative(process.cwd(), file)]) {
    assert.deepEqual(await download({ kind: "local", path }, into), expected);
  }
  const checksum = digestOf("content", "sha512");
  assert.deepEqual(await download({ kind: "local", path: file, checksum }, into), expected);
  assert.deepEqual(await readdir(folder), ["app.zip"]);
  const wrong = download({ kind: "local", path: file, checksum: digestOf("other") }, into);
  await assert.rejects(wrong, { code: "PACKAGE_MISMATCH" });
});

it("a local folder is used as it is, and can have no checksum", async (context) => {
  const folder = await temporaryFolder(context);
  await mkdir(join(folder, "app"));
  const path = join(folder, "app");
  assert.deepEqual(await download({ kind: "local", path }, folder), { kind: "folder", folder: path, how: "present" });
  const checked = download({ kind: "local", path, checksum: digestOf("") }, folder);
  await assert.rejects(checked, { code: "PACKAGE_MISMATCH" });
});

it("what is neither is named", async (context) => {
  const folder = await temporaryFolder(context);
  const missing = join(folder, "none.zip");
  await assert.rejects(download({ kind: "local", path: missing }, folder), {
    code: "PACKAGE_UNREADABLE",
    facts: { path: missing, reason: "there is no such file or folder" },
  });
  const socket = join(folder, "socket");
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  await assert.rejects(download({ kind: "local", path: socket }, folder), {
    code: "PACKAGE_UNREADABLE",
    facts: { path: socket, reason: "it is neither a file nor a folder" },
  });
  await new Promise((resolve) => server.close(resolve));
});
