import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { assetNameOnGitHub } from "./asset-name.ts";

/** What gh's own tests hold, and names that people have seen at GitHub. */
const SEEN: readonly (readonly [fileName: string, asset: string])[] = [
  ["foo", "foo"],
  ["foo bar", "foo.bar"],
  [".foo", "default.foo"],
  ["Foo bar", "Foo.bar"],
  ["Hello, दुनिया", "default.Hello"],
  ["this+has+plusses.jpg", "this+has+plusses.jpg"],
  ["this@has@at@signs.jpg", "this@has@at@signs.jpg"],
  ["façade.exposé", "facade.expose"],
  ["tobwen-1.1.0-1~buster_amd64.deb", "tobwen-1.1.0-1.buster_amd64.deb"],
  ["app.prod-v1.3.0-(15-5)-6064eac-release.apk", "app.prod-v1.3.0-.15-5.-6064eac-release.apk"],
  ["My App 1.0.0 Setup.exe", "My.App.1.0.0.Setup.exe"],
  ["か_き_く.pdf", "_._.pdf"],
  ["茶话室-0.1.2-mac-arm64.dmg", "-0.1.2-mac-arm64.dmg"],
  ["😀.pdf", "default.pdf"],
  ["a..b.zip.", "a.b.zip"],
  ["！", "default"],
];

test("names as GitHub makes them", () => {
  for (const [fileName, asset] of SEEN) assert.equal(assetNameOnGitHub(fileName), asset, fileName);
});

test("what GitHub has made stays as it is", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 40 }), (fileName) => {
      const once = assetNameOnGitHub(fileName);
      assert.match(once, /^[A-Za-z0-9\-_+@]+(?:\.[A-Za-z0-9\-_+@]+)*$/);
      assert.equal(assetNameOnGitHub(once), once);
    }),
    { seed: 4, numRuns: 500 },
  );
});
