import assert from "node:assert/strict";
import { test } from "node:test";
import manifest from "../../package.json" with { type: "json" };
import { compiledFolder, isNewEnough } from "./installed-node.ts";

const VERSIONS: readonly (readonly [version: string, isEnough: boolean])[] = [
  ["24.15.0", true],
  ["24.21.3", true],
  ["26.0.0", true],
  ["24.14.9", false],
  ["24.2.0", false],
  ["22.20.0", false],
];

for (const [version, isEnough] of VERSIONS) {
  test(`Node ${version} is ${isEnough ? "" : "not "}new enough`, () => assert.equal(isNewEnough(version), isEnough));
}

test("package.json asks for the same", () => assert.equal(manifest.engines.node, ">=24.15"));

const FOLDERS: readonly (readonly [environment: NodeJS.ProcessEnv, folder: string | undefined])[] = [
  [{ HOME: "/home/me" }, "/home/me/.cache/slipway/compiled"],
  [{ HOME: "/home/me", XDG_CACHE_HOME: "/var/cache/me" }, "/var/cache/me/slipway/compiled"],
  [{ HOME: "/home/me", NODE_COMPILE_CACHE: "/kept" }, undefined],
  [{ HOME: "" }, undefined],
  [{}, undefined],
];

for (const [environment, folder] of FOLDERS) {
  test(`compiled code of ${JSON.stringify(environment)} is kept in ${folder ?? "no folder of ours"}`, () => {
    assert.equal(compiledFolder(environment), folder);
  });
}
