import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { blobUrl } from "./azure-address.ts";

const ACCOUNT = "https://account.blob.core.windows.net";
const EMULATOR = "http://127.0.0.1:10000/devstoreaccount1";
const SAS = "sp=r&sr=c&sig=a%2Bb%3D";
const OF_BLOB = "sp=r&sr=b&sig=a%2Bb%3D";

describe("the URL of a blob", () => {
  for (const [title, url, name, expected] of [
    [
      "a container's with the name put in",
      `${ACCOUNT}/packages?${SAS}`,
      "app.zip",
      `${ACCOUNT}/packages/app.zip?${SAS}`,
    ],
    ["with a slash at its end", `${ACCOUNT}/packages/?${SAS}`, "app.zip", `${ACCOUNT}/packages/app.zip?${SAS}`],
    ["spaces around it", ` ${ACCOUNT}/packages?${SAS}\n`, "app.zip", `${ACCOUNT}/packages/app.zip?${SAS}`],
    ["a name with folders", `${ACCOUNT}/packages?${SAS}`, "/1.0/app.zip", `${ACCOUNT}/packages/1.0/app.zip?${SAS}`],
    [
      "a name of odd characters",
      `${ACCOUNT}/packages?${SAS}`,
      "a b/ü#?%.zip",
      `${ACCOUNT}/packages/a%20b/%C3%BC%23%3F%25.zip?${SAS}`,
    ],
    ["a folder's", `${ACCOUNT}/packages/1.0?${SAS}`, "app.zip", `${ACCOUNT}/packages/1.0/app.zip?${SAS}`],
    [
      "the blob's own",
      `${ACCOUNT}/packages/1.0/app.zip?${OF_BLOB}`,
      undefined,
      `${ACCOUNT}/packages/1.0/app.zip?${OF_BLOB}`,
    ],
    [
      "the blob's own and its name",
      `${ACCOUNT}/p/1.0/a.zip?${OF_BLOB}`,
      "1.0/a.zip",
      `${ACCOUNT}/p/1.0/a.zip?${OF_BLOB}`,
    ],
    [
      "the blob's own, of a container's SAS",
      `${ACCOUNT}/p/a%20b.zip?${SAS}`,
      "a b.zip",
      `${ACCOUNT}/p/a%20b.zip?${SAS}`,
    ],
    ["an emulator's", `${EMULATOR}/packages?${SAS}`, "app.zip", `${EMULATOR}/packages/app.zip?${SAS}`],
  ] as const) {
    it(`is ${title}`, () => assert.equal(blobUrl(url, name).href, expected));
  }

  for (const [url, name, reason] of [
    [`${ACCOUNT}/packages?${SAS}`, undefined, "the SAS URL is of a container, and no package of it is named"],
    [`${EMULATOR}/packages?${SAS}`, undefined, "the SAS URL is of a container, and no package of it is named"],
    [`${ACCOUNT}/?${SAS}`, "app.zip", "the SAS URL names no container"],
    [`${ACCOUNT}/p/a.zip?${OF_BLOB}`, "b.zip", "the SAS URL is of the blob a.zip, and the package is b.zip"],
    [`${ACCOUNT}/packages?${SAS}`, "1.0/../../other/app.zip", "the name of the package has . or .. in it"],
    [`${ACCOUNT}/packages?${SAS}`, "/", "the name of the package is empty"],
    [`${ACCOUNT}/%E0?${SAS}`, "a", "the path of the SAS URL has a % that begins no character"],
    ["sp=r&sig=canary", "app.zip", "the SAS URL is not a URL"],
    ["http://account.blob.core.windows.net/p?sig=canary", "a", "http: is not for Azure: a SAS URL begins with https:"],
  ] as const) {
    it(`is none where ${reason}`, () => {
      assert.throws(() => blobUrl(url, name), { code: "AZURE_BLOB_INVALID", facts: { reason } });
    });
  }

  it("never leaves its container, whatever the name", () => {
    const property = fc.property(fc.string({ unit: "binary" }), (name) => {
      let url: URL;
      try {
        url = blobUrl(`${ACCOUNT}/packages?${SAS}`, name);
      } catch {
        return;
      }
      assert.ok(url.href.startsWith(`${ACCOUNT}/packages/`));
      assert.equal(url.search, `?${SAS}`);
      const path = decodeURIComponent(url.pathname.slice("/packages/".length));
      assert.equal(path, name.split("/").filter(Boolean).join("/"));
    });
    fc.assert(property, { seed: 4, numRuns: 200 });
  });
});
