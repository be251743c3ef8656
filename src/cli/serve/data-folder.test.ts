import assert from "node:assert/strict";
import { resolve } from "node:path";
import { test } from "node:test";
import { dataFolder } from "./data-folder.ts";

const ROWS: readonly (readonly [asked: string | undefined, environment: Record<string, string>, folder: string])[] = [
  ["/asked", { SLIPWAY_DATA_DIR: "/set" }, "/asked"],
  ["data", {}, resolve("data")],
  [undefined, { SLIPWAY_DATA_DIR: "/set", XDG_STATE_HOME: "/state" }, "/set"],
  [undefined, { SLIPWAY_DATA_DIR: "", XDG_STATE_HOME: "/state", HOME: "/home/me" }, "/state/slipway"],
  [undefined, { XDG_STATE_HOME: "relative", HOME: "/home/me" }, "/home/me/.local/state/slipway"],
];

for (const [asked, environment, folder] of ROWS) {
  test(`${asked ?? "nothing"} asked, ${JSON.stringify(environment)}: ${folder}`, () =>
    assert.equal(dataFolder(asked, environment), folder));
}
