import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ImagePaths } from "./image-paths.ts";

function debian(): ImagePaths {
  const paths = new ImagePaths();
  for (const folder of ["usr/bin", "var/lib", "run", "tmp", "opt/app-1.0/bin"]) paths.addFolder(folder);
  paths.addLink("bin", "usr/bin");
  paths.addLink("var/run", "/run");
  paths.addLink("opt/app", "app-1.0");
  paths.addLink("opt/self", "../opt/./app");
  paths.addLink("opt/above", "../../../../tmp");
  paths.addLink("circle", "elcric");
  paths.addLink("elcric", "circle");
  return paths;
}

describe("the paths of an image", () => {
  for (const [path, expected] of [
    ["", ""],
    ["bin/tool", "usr/bin/tool"],
    ["bin", "usr/bin"],
    ["var/run/lock/x", "run/lock/x"],
    ["opt/app/bin/x", "opt/app-1.0/bin/x"],
    ["opt/self/bin", "opt/app-1.0/bin"],
    ["opt/above/x", "tmp/x"],
    ["not/there/../at/all", "not/at/all"],
  ] as const) {
    it(`lead from /${path} to /${expected}`, () => assert.equal(debian().resolve(path), expected));
  }

  it("are refused where they lead in a circle", () => {
    assert.throws(() => debian().resolve("circle/x"), {
      code: "LAYER_PATH_INVALID",
      message: "a layer cannot be put at /circle/x: links in the image lead in a circle",
    });
  });

  it("tell folders from links and from what is not there", () => {
    const paths = debian();
    assert.deepEqual(
      ["", "usr", "usr/bin", "bin", "nothing"].map((path) => paths.hasFolder(path)),
      [true, true, true, false, false],
    );
  });

  it("change as a layer changes them", () => {
    const paths = debian();
    const before = paths.copy();
    paths.remove("opt");
    assert.equal(paths.hasFolder("opt/app-1.0/bin"), false);
    assert.equal(paths.resolve("opt/app/x"), "opt/app/x");
    paths.clear("");
    assert.equal(paths.hasFolder("usr"), false);
    paths.addLink("usr", "opt");
    assert.equal(paths.resolve("usr/x"), "opt/x");
    assert.equal(before.hasFolder("usr/bin"), true);
  });

  it("below a folder are not those that only begin like it", () => {
    const paths = new ImagePaths();
    paths.addFolder("app");
    paths.addFolder("app-data");
    paths.remove("app");
    assert.deepEqual([paths.hasFolder("app"), paths.hasFolder("app-data")], [false, true]);
  });
});
