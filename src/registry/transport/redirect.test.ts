import assert from "node:assert/strict";
import { test } from "node:test";
import { redirectTarget } from "./redirect.ts";

const from = new URL("https://ghcr.io/v2/a/b/blobs/sha256:00");
const target = (location: string, base = from) =>
  redirectTarget({ host: "ghcr.io", operation: "GET", from: base, location });

test("redirects lead where they say, relative ones too", () => {
  assert.equal(target("https://storage.example/x?sig=1").href, "https://storage.example/x?sig=1");
  assert.equal(target("/elsewhere").href, "https://ghcr.io/elsewhere");
  assert.equal(target("https://a.io/x", new URL("http://127.0.0.1:5000/")).href, "https://a.io/x");
});

test("S6: none leads from TLS to plain HTTP, to a file, or with a user name", () => {
  for (const location of [
    "http://storage.example/x",
    "file:///etc/passwd",
    "https://u:p@storage.example/",
    "https://",
    "",
  ]) {
    if (location === "") assert.equal(target(location).href, from.href);
    else assert.throws(() => target(location), { code: "REDIRECT_REFUSED" }, location);
  }
});

test("what is refused is named without its signature", () => {
  assert.throws(
    () => target("http://storage.example/x?sig=SECRET"),
    (error: unknown) => !String(error).includes("SECRET"),
  );
});
