import assert from "node:assert/strict";
import { access, mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { temporaryFolder } from "../../target/temporary-folder.ts";
import type { SlipwayError } from "../../words/error.ts";
import type { UnpackLimits } from "./limits.ts";
import { type TarPart, tarOf, type ZipPart, zipOf } from "./test-support.ts";
import { unpack } from "./unpack.ts";

const SYMLINK = 0o120777;
const DEEP: readonly TarPart[] = [{ name: "a/b/c/file", content: "text" }];
const MiB = 1024 * 1024;

/** Entries of a tar that are refused; the one that is named, and why. */
const TARS: readonly (readonly [title: string, parts: readonly TarPart[], entry: string, reason: RegExp])[] = [
  ["..", [{ name: "../out" }], "../out", /leads out of the folder/],
  [".. within", [{ name: "a/../../out" }], "a/../../out", /leads out of the folder/],
  [".. that stays within", [{ name: "a/../in" }], "a/../in", /leads out of the folder/],
  ["an absolute path", [{ name: "/tmp/out" }], "/tmp/out", /absolute/],
  ["a drive letter", [{ name: "c:out" }], "c:out", /drive letter/],
  ["backslashes", [{ name: "..\\out" }], "..\\out", /backslash/],
  ["a symlink up", [{ name: "link", type: "symlink", linkname: ".." }], "link", /out of the folder/],
  [
    "a symlink far up",
    [...DEEP, { name: "a/b/l", type: "symlink", linkname: "../../../out" }],
    "a/b/l",
    /out of the folder/,
  ],
  ["an absolute symlink", [{ name: "link", type: "symlink", linkname: "/etc/passwd" }], "link", /absolute/],
  ["a symlink with backslashes", [{ name: "link", type: "symlink", linkname: "..\\out" }], "link", /backslash/],
  ["a symlink to nothing", [{ name: "link", type: "symlink", linkname: "" }], "link", /to nothing/],
  [
    "a symlink out through an earlier one",
    [
      ...DEEP,
      { name: "a/b/self", type: "symlink", linkname: "." },
      { name: "a/b/out", type: "symlink", linkname: "self/self/self/../../../.." },
    ],
    "a/b/out",
    /goes up behind a name/,
  ],
  [
    "a symlink out through a later one",
    [
      { name: "a/b/out", type: "symlink", linkname: "up/../../.." },
      { name: "a/b/up", type: "symlink", linkname: "../.." },
    ],
    "a/b/out",
    /goes up behind a name/,
  ],
  [
    "a file through a symlink",
    [
      { name: "inner/", type: "directory" },
      { name: "link", type: "symlink", linkname: "inner" },
      { name: "link/file", content: "text" },
    ],
    "link/file",
    /goes through the link link/,
  ],
  [
    "a symlink through a symlink",
    [
      { name: "link", type: "symlink", linkname: "inner" },
      { name: "link/b/other", type: "symlink", linkname: "../.." },
    ],
    "link/b/other",
    /goes through the link link/,
  ],
  [
    "a folder that is a symlink already",
    [
      { name: "link", type: "symlink", linkname: "inner" },
      { name: "link/", type: "directory" },
    ],
    "link/",
    /a folder and a link/,
  ],
  [
    "a symlink in place of a folder",
    [...DEEP, { name: "a/b", type: "symlink", linkname: "c" }],
    "a/b",
    /twice, as a folder and otherwise/,
  ],
  ["a file that becomes a folder", [{ name: "a", content: "x" }, { name: "a/b" }], "a/b", /needs a folder/],
  ["a folder that becomes a file", [...DEEP, { name: "a/b", content: "x" }], "a/b", /twice/],
  ["a file as the folder itself", [{ name: ".", content: "x" }], ".", /the folder itself/],
  ["a hard link up", [{ name: "link", type: "link", linkname: "../out" }], "link", /leads out of the folder/],
  ["an absolute hard link", [{ name: "link", type: "link", linkname: "/etc/passwd" }], "link", /absolute/],
  [
    "a hard link to what comes later",
    [{ name: "link", type: "link", linkname: "x" }, { name: "x" }],
    "link",
    /no file before/,
  ],
  ["a hard link to itself", [{ name: "x" }, { name: "x", type: "link", linkname: "x" }], "x", /no file before/],
  [
    "a hard link through a symlink",
    [
      { name: "s", type: "symlink", linkname: "." },
      { name: "l", type: "link", linkname: "s/x" },
    ],
    "s/x",
    /goes through the link/,
  ],
  [
    "a hard link to a symlink that leads out from there",
    [
      { name: "a/b/s", type: "symlink", linkname: "../../x" },
      { name: "l", type: "link", linkname: "a/b/s" },
    ],
    "l",
    /out of the folder/,
  ],
  ["a device", [{ name: "null", type: "character-device", devmajor: 1, devminor: 3 }], "null", /neither a file/],
  ["a disk", [{ name: "sda", type: "block-device", devmajor: 8, devminor: 0 }], "sda", /neither a file/],
  ["a pipe", [{ name: "pipe", type: "fifo" }], "pipe", /neither a file/],
  ["a sparse file", [{ name: "file", content: "map", pax: { "GNU.sparse.major": "1" } }], "file", /sparse/],
];

const ZIPS: readonly (readonly [title: string, parts: readonly ZipPart[], entry: string, reason: RegExp])[] = [
  ["..", [{ name: "../out" }], "../out", /leads out of the folder/],
  ["an absolute path", [{ name: "/tmp/out" }], "/tmp/out", /absolute/],
  ["an absolute folder", [{ name: "/tmp/out/" }], "/tmp/out/", /absolute/],
  ["a drive letter", [{ name: "C:/out" }], "C:/out", /drive letter/],
  ["backslashes", [{ name: "..\\out" }], "..\\out", /backslash/],
  ["NUL", [{ name: "a\0b" }], "a\0b", /NUL/],
  ["a symlink up", [{ name: "link", content: "../out", mode: SYMLINK }], "link", /out of the folder/],
  ["an absolute symlink", [{ name: "link", content: "/etc", mode: SYMLINK }], "link", /absolute/],
  ["a symlink with NUL", [{ name: "link", content: "a\0b", mode: SYMLINK }], "link", /NUL/],
  ["a huge symlink", [{ name: "link", content: "a".repeat(5000), mode: SYMLINK }], "link", /too long a target/],
  [
    "a file through a symlink",
    [
      { name: "link", content: "inner", mode: SYMLINK },
      { name: "link/file", content: "text" },
    ],
    "link/file",
    /goes through the link/,
  ],
  ["a device", [{ name: "null", mode: 0o020666 }], "null", /neither a file/],
  ["a pipe", [{ name: "pipe", mode: 0o010666 }], "pipe", /neither a file/],
  ["an encrypted file", [{ name: "secret", content: "x", isDeflated: true, flags: 0x801 }], "secret", /is encrypted/],
];

/** Unpacks into `root/build/app` with guards around it, and fails where anything else has changed. */
async function refusal(context: TestContext, archive: Buffer, limits: UnpackLimits = {}): Promise<SlipwayError> {
  const outside = await temporaryFolder(context);
  const root = join(outside, "root");
  await mkdir(join(root, "build"), { recursive: true });
  await writeFile(join(root, "package"), archive);
  const stamp = join(root, "stamp.json");
  const result = unpack(join(root, "package"), join(root, "build/app"), { root, stamp, limits });
  const error: SlipwayError = await result.then(
    () => assert.fail("it was unpacked"),
    (thrown) => thrown,
  );
  assert.deepEqual(await readdir(outside, { recursive: true }), ["root", "root/build", "root/package"]);
  await assert.rejects(access("/tmp/out"));
  return error;
}

describe("S20: what leads out of the folder is refused as a whole, and nothing is written", () => {
  for (const [title, parts, entry, reason] of TARS) {
    it(`tar: ${title}`, async (context) => {
      const error = await refusal(context, await tarOf([{ name: "first", content: "fine" }, ...parts]));
      assert.equal(error.code, "PACKAGE_UNSAFE", error.message);
      assert.equal(error.facts.entry, JSON.stringify(entry));
      assert.match(String(error.facts.reason), reason);
    });
  }

  it("tar: NUL, as only an extended header can hold it", async (context) => {
    const record = "16 path=a\0/../b\n";
    const header = await tarOf([{ name: "PaxHeader", content: record }]);
    header[156] = "x".charCodeAt(0);
    header.write(checksumOf(header), 148);
    const archive = Buffer.concat([header.subarray(0, 1024), await tarOf([{ name: "b" }])]);
    const error = await refusal(context, archive);
    assert.equal(error.code, "PACKAGE_UNSAFE");
    assert.equal(error.facts.entry, JSON.stringify("a\0/../b"));
  });

  for (const [title, parts, entry, reason] of ZIPS) {
    it(`zip: ${title}`, async (context) => {
      const error = await refusal(context, zipOf([{ name: "first", content: "fine" }, ...parts]));
      assert.equal(error.code, "PACKAGE_UNSAFE", error.message);
      assert.equal(error.facts.entry, JSON.stringify(entry));
      assert.match(String(error.facts.reason), reason);
    });
  }

  it("a name that would move the cursor is shown as text", async (context) => {
    const error = await refusal(context, zipOf([{ name: "../\u001b[2J\u202eout\u009b" }]));
    assert.equal(error.facts.entry, '"../\\u001b[2J\\u202eout\\u009b"');
  });
});

/** https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html#tag_20_94_13_06 */
function checksumOf(header: Buffer): string {
  const bytes = Buffer.from(header.subarray(0, 512)).fill(" ", 148, 156);
  const sum = bytes.reduce((total, byte) => total + byte, 0);
  return `${sum.toString(8).padStart(6, "0")}\0 `;
}

const BOMB = Buffer.alloc(8 * MiB);
const BOMBS = [
  ["a zip", zipOf([{ name: "zeros", content: BOMB, isDeflated: true }])],
  ["a tar.gz", gzipSync(await tarOf([{ name: "zeros", content: BOMB }]))],
  ["a tar.zst", zstdCompressSync(await tarOf([{ name: "zeros", content: BOMB }]))],
] as const;
const THREE = await tarOf([
  { name: "a/", type: "directory" },
  { name: "b" },
  { name: "c", type: "symlink", linkname: "b" },
]);

describe("S19: what becomes too much is refused", () => {
  for (const [title, archive] of BOMBS) {
    it(`${title} by its size`, async (context) => {
      const { code, facts } = await refusal(context, archive, { bytes: MiB });
      assert.deepEqual([code, facts.reason], ["PACKAGE_TOO_LARGE", "1048576 bytes"]);
    });

    it(`${title} by its ratio`, async (context) => {
      const { code, facts } = await refusal(context, archive, { freeBytes: MiB, ratio: 100 });
      assert.deepEqual([code, facts.reason], ["PACKAGE_TOO_LARGE", "100 times its size"]);
    });
  }

  it("by the number of its entries", async (context) => {
    const { code, facts } = await refusal(context, THREE, { entries: 2 });
    assert.deepEqual([code, facts.reason], ["PACKAGE_TOO_LARGE", "2 files, folders and links"]);
  });

  it("a zip that says it is small stops at what it says", async (context) => {
    const error = await refusal(context, zipOf([{ name: "zeros", content: BOMB, isDeflated: true, size: 10 }]));
    assert.equal(error.code, "PACKAGE_DAMAGED");
    assert.match(String(error.facts.reason), /too many bytes/);
  });
});

const TAR = await tarOf([
  { name: "a", content: "a".repeat(100_000) },
  { name: "b", content: "b".repeat(1000) },
]);
const SECOND = TAR.indexOf("b\0\0\0");
const ZEROS = await tarOf([{ name: "a", content: Buffer.alloc(9000) }]);
const ZIP = zipOf([{ name: "a", content: "a".repeat(100_000), isDeflated: true }]);

function flipped(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ 0xff;
  return copy;
}

describe("what is damaged is refused", () => {
  for (const [title, archive, reason] of [
    ["a tar that was cut in a file", TAR.subarray(0, 50_000), /end is missing/],
    ["a tar that was cut in a file of zeros", ZEROS.subarray(0, 5120), /Unexpected end/],
    ["a tar that was cut behind a file", TAR.subarray(0, SECOND), /end is missing/],
    ["a tar with a broken header", flipped(TAR, SECOND + 150), /Invalid tar header/],
    ["a tar.gz that was cut", gzipSync(TAR).subarray(0, -20), /unexpected end of file/],
    ["a tar.gz with wrong bytes", flipped(gzipSync(TAR), 200), /./],
    ["a tar.zst that was cut", zstdCompressSync(TAR).subarray(0, -10), /./],
    ["a zip that was cut", ZIP.subarray(0, -30), /End of central directory/],
    ["a zip with another CRC-32", zipOf([{ name: "a", content: "text", crc: 1 }]), /CRC-32 of a/],
    ["a zip with another size", zipOf([{ name: "a", content: "text", isDeflated: true, size: 5 }]), /not enough bytes/],
    ["a zip with a stored file of another size", zipOf([{ name: "a", content: "text", size: 3 }]), /size mismatch/],
    ["a zip with wrong bytes", flipped(ZIP, 40), /./],
    ["a zip with strong encryption", zipOf([{ name: "a", content: "text", flags: 0x841 }]), /strong encryption/],
    ["a zip with an uncommon method", zipOf([{ name: "a", content: "text", method: 12 }]), /method 12/],
  ] as const) {
    it(title, async (context) => {
      const error = await refusal(context, archive);
      assert.equal(error.code, "PACKAGE_DAMAGED", error.message);
      assert.match(String(error.facts.reason), reason);
    });
  }
});
