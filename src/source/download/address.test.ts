import assert from "node:assert/strict";
import { createServer } from "node:https";
import { describe, it } from "node:test";
import { setDefaultCACertificates } from "node:tls";
import fc from "fast-check";
import { temporaryFolder } from "../../target/temporary-folder.ts";
import { makeAuthority } from "../../testing/index.ts";
import { fileNameOf, isLoopback, parseAddress, redirectTarget, shownUrl } from "./address.ts";
import { download } from "./download.ts";

describe("an address", () => {
  for (const [text, hasChecksum, code] of [
    ["https://example.com/app.zip", false, undefined],
    [" https://example.com/app.zip\n", false, undefined],
    ["http://127.0.0.1:8080/app.zip", false, undefined],
    ["http://[::1]/app.zip", false, undefined],
    ["http://localhost/app.zip", false, undefined],
    ["http://example.com/app.zip", true, undefined],
    ["http://example.com/app.zip", false, "DOWNLOAD_INSECURE"],
    ["http://localhost.example.com/app.zip", false, "DOWNLOAD_INSECURE"],
    ["http://127.0.0.1.example.com/app.zip", false, "DOWNLOAD_INSECURE"],
    ["file:///etc/passwd", true, "DOWNLOAD_URL_INVALID"],
    ["example.com/app.zip", true, "DOWNLOAD_URL_INVALID"],
  ] as const) {
    it(`${JSON.stringify(text)} is ${code ?? "taken"}${hasChecksum ? " with a checksum" : ""}`, () => {
      if (code === undefined) assert.equal(parseAddress(text, hasChecksum).href, text.trim());
      else assert.throws(() => parseAddress(text, hasChecksum), { code });
    });
  }

  it("is of this machine in every spelling of that", () => {
    const spellings = ["http://127.1", "http://0x7f000001", "http://LOCALHOST", "http://[0:0:0:0:0:0:0:1]"];
    assert.deepEqual(
      spellings.map((text) => isLoopback(new URL(text))),
      [true, true, true, true],
    );
  });

  it("is shown without its secrets", () => {
    const text = fc.string({ maxLength: 12 });
    const property = fc.property(text, text, text, text, (user, password, query, fragment) => {
      const url = new URL("https://example.com/a/app.zip");
      Object.assign(url, { username: user, password, search: query, hash: fragment });
      assert.equal(shownUrl(url), "https://example.com/a/app.zip");
    });
    fc.assert(property, { seed: 4 });
  });
});

describe("a redirect", () => {
  const LOCAL = "http://127.0.0.1:1/";
  for (const [first, from, location, expected] of [
    ["https://a.example/x", "https://a.example/x", "/y", "https://a.example/y"],
    ["https://a.example/x", "https://a.example/x", "https://b.example/y", "https://b.example/y"],
    ["https://a.example/x", "https://a.example/x", "//b.example/y", "https://b.example/y"],
    ["https://a.example/x", "https://a.example/x", "http://a.example/y", "it is plain HTTP"],
    ["https://a.example/x", "https://a.example/x", LOCAL, "it is plain HTTP"],
    ["http://a.example/x", "http://a.example/x", "/y", "it is plain HTTP"],
    ["http://a.example/x", "http://a.example/x", LOCAL, "it is plain HTTP"],
    ["http://a.example/x", "http://a.example/x", "https://a.example/y", "https://a.example/y"],
    [LOCAL, LOCAL, "http://localhost:2/y", "http://localhost:2/y"],
    [LOCAL, "https://a.example/x", LOCAL, LOCAL],
    [LOCAL, LOCAL, "http://a.example/y", "it is plain HTTP"],
    ["https://a.example/x", "https://a.example/x", "https://user@b.example/y", "it holds a user name"],
    ["https://a.example/x", "https://a.example/x", "ftp://b.example/y", "it is not an HTTP address"],
    ["https://a.example/x", "https://a.example/x", "https://", "it is not an address"],
  ] as const) {
    it(`of ${first} at ${from} to ${location}: ${expected}`, () => {
      const target = () => redirectTarget(new URL(first), new URL(from), location).href;
      if (/^https?:/.test(expected)) assert.equal(target(), expected);
      else assert.throws(target, (error: { facts: { reason: string } }) => error.facts.reason === expected);
    });
  }
});

it("the name of a file is the last part of its path", () => {
  for (const [url, expected] of [
    ["https://example.com/a/app%201.zip?x=/y", "app 1.zip"],
    ["https://example.com/a/..%2F..%2Fetc%2Fpasswd", ".._.._etc_passwd"],
    ["https://example.com/a/%2e%2e%2f", ".._"],
    ["https://example.com/a/b%5Cc%00d", "b_c_d"],
    ["https://example.com/a/%E0", "%E0"],
    ["https://example.com/a/", "package"],
    ["https://example.com", "package"],
  ] as const) {
    assert.equal(fileNameOf(new URL(url)), expected);
  }
});

describe("TLS", () => {
  it("is spoken with whom the system trusts, and a redirect from it to plain HTTP is refused", async (context) => {
    await using authority = await makeAuthority();
    const server = createServer(authority.server, (request, response) => {
      if (request.url === "/plain") response.writeHead(302, { location: "http://127.0.0.1/app.zip" }).end();
      else response.end("content");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    context.after(() => server.closeAllConnections());
    context.after(() => server.close());
    const address = server.address();
    const port = typeof address === "object" ? address?.port : undefined;
    const folder = await temporaryFolder(context);
    const get = (path: string) => download({ kind: "https", url: `https://127.0.0.1:${port}/${path}` }, folder);
    const untrusted = get("app.zip");
    await assert.rejects(untrusted, (error: { code: string; retryable: boolean }) => {
      return error.code === "DOWNLOAD_FAILED" && !error.retryable;
    });
    setDefaultCACertificates([authority.ca]);
    const result = await get("app.zip");
    assert.equal(result.kind === "file" && result.size, 7);
    await assert.rejects(get("plain"), { code: "DOWNLOAD_REDIRECT_REFUSED" });
  });
});
