import assert from "node:assert/strict";
import { mkdirSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { join, normalize, posix, win32 } from "node:path";
import { it } from "node:test";
import fc from "fast-check";
import { temporaryFolder } from "../../target/temporary-folder.ts";
import { safePath, whyLinkLeaves } from "./entry-path.ts";

it("a name is a path without what means nothing", () => {
  for (const [name, path] of [
    ["a/b", "a/b"],
    ["./a//b/.", "a/b"],
    ["a/b/", "a/b"],
    ["./", ""],
    ["...", "..."],
    ["a..b/..c", "a..b/..c"],
    ["a:b", undefined],
    ["ab:c", "ab:c"],
  ] as const) {
    const safe = safePath(name);
    assert.equal(safe.kind === "safe" ? safe.path : undefined, path, name);
  }
});

const piece = fc.constantFrom("a", "b", "..", ".", "", "/", "\\", "C:", "\0", "...", "..\\");

it("no name that is taken leads out, on any system", () => {
  const property = fc.property(fc.array(piece, { maxLength: 8 }), fc.constantFrom("/", ""), (pieces, separator) => {
    const safe = safePath(pieces.join(separator));
    if (safe.kind === "unsafe") return;
    assert.equal(posix.join("/root/x", safe.path).startsWith("/root/x"), true);
    assert.equal(win32.join("D:\\root\\x", safe.path).startsWith("D:\\root\\x"), true);
    assert.equal(win32.isAbsolute(safe.path) || posix.isAbsolute(safe.path), false);
    assert.equal(normalize(safe.path === "" ? "." : safe.path), safe.path === "" ? "." : safe.path);
  });
  fc.assert(property, { seed: 4, numRuns: 2000 });
});

it("no set of links that are taken leads out, as the system itself follows them", async (context) => {
  const folder = realpathSync(await temporaryFolder(context));
  const parents = ["", "a", "a/a", "a/a/a"];
  const path = fc.tuple(fc.constantFrom(...parents), fc.constantFrom("k", "l", "m")).map((parts) => join(...parts));
  const segment = fc.constantFrom("a", "k", "l", "m", "..", "..", ".");
  const target = fc.array(segment, { minLength: 1, maxLength: 4 }).map((parts) => parts.join("/"));
  let followed = 0;
  const property = fc.property(fc.array(fc.tuple(path, target), { minLength: 10, maxLength: 20 }), (links) => {
    const root = join(folder, "outer/root");
    rmSync(join(folder, "outer"), { recursive: true, force: true });
    for (const parent of parents) mkdirSync(join(root, parent), { recursive: true });
    const taken = new Map(links.filter(([name, to]) => whyLinkLeaves(name, to) === undefined));
    for (const [name, to] of taken) symlinkSync(to, join(root, name));
    for (const [name, to] of taken) {
      let real: string;
      try {
        real = realpathSync(join(root, name));
      } catch {
        continue; // it leads nowhere, or around in a circle
      }
      followed += 1;
      assert.ok(real === root || real.startsWith(`${root}/`), `${name} → ${to} is ${real}`);
    }
  });
  fc.assert(property, { seed: 4, numRuns: 40 });
  assert.ok(followed > 100, `${followed} were followed`);
});

it("a link may go up where it begins, as far as it is deep", () => {
  for (const [path, target, expected] of [
    ["link", "file", undefined],
    ["a/link", "../file", undefined],
    ["a/link", "..", undefined],
    ["a/b/link", "../../c/d", undefined],
    ["a/b/link", "./.././../c", undefined],
    ["a/link", "../../c", "is a link out of the folder"],
    ["link", "..", "is a link out of the folder"],
    ["a/b/link", "c/../d", "is a link that goes up behind a name"],
    ["link", "/a", "is a link whose target is an absolute path"],
    ["link", "", "is a link to nothing"],
  ] as const) {
    assert.equal(whyLinkLeaves(path, target), expected, `${path} → ${target}`);
  }
});
