import assert from "node:assert/strict";
import { describe, it } from "node:test";
import manifest from "azurite/package.json" with { type: "json" };
import { startAzurite } from "./azurite.ts";

describe("Azurite", () => {
  it("is the one of package.json, and gives blobs to whoever has a signature for them", async () => {
    await using azurite = await startAzurite();
    await azurite.put("packages", "1.0/app one.zip", Buffer.from("content"));
    await azurite.put("packages", "other", Buffer.from("other"), { md5: new Uint8Array(16) });
    const blob = await fetch(await azurite.sasUrl("packages", { blob: "1.0/app one.zip" }));
    assert.equal(blob.headers.get("server"), `Azurite-Blob/${manifest.version}`);
    assert.equal(blob.headers.get("content-md5"), "mgNkuembtIDdJeHwKEyFVQ==");
    assert.equal(await blob.text(), "content");

    const container = await azurite.sasUrl("packages");
    const other = await fetch(container.replace("/packages?", "/packages/other?"));
    assert.equal(other.headers.get("content-md5"), "AAAAAAAAAAAAAAAAAAAAAA==");
    assert.equal(await other.text(), "other");
    const unsigned = await fetch(container.replace(/\?.*/, "/other"));
    assert.equal(unsigned.ok, false);
    await unsigned.text();

    await azurite.remove("packages", "other");
    const gone = await fetch(container.replace("/packages?", "/packages/other?"));
    assert.equal(gone.status, 404);
    await gone.text();
  });
});
