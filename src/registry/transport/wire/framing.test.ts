import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { framingOf } from "./framing.ts";
import { parseHead, writeHead } from "./head.ts";

const head = (lines: string) => parseHead(`HTTP/1.1 200 OK\r\n${lines}`);

/** Feeds text in pieces that end at these places. */
function feed(lines: string, text: string, cuts: readonly number[] = []): { body: string; isWhole: boolean } {
  const framing = framingOf("GET", head(lines));
  const bytes = Buffer.from(text, "latin1");
  const parts: Buffer[] = [];
  let from = 0;
  for (const to of [...cuts.filter((cut) => cut < bytes.byteLength).sort((a, b) => a - b), bytes.byteLength]) {
    framing.feed(bytes.subarray(from, to), (part) => void parts.push(Buffer.from(part)));
    from = to;
  }
  return { body: Buffer.concat(parts).toString("latin1"), isWhole: framing.isWhole };
}

test("a body of known length is whole at its last byte", () => {
  assert.deepEqual(feed("Content-Length: 5", "hello"), { body: "hello", isWhole: true });
  assert.deepEqual(feed("content-length: 6", "hello"), { body: "hello", isWhole: false });
  assert.throws(() => feed("content-length: 4", "hello"), SyntaxError);
});

test("HEAD, 204 and 304 have no body, whatever they say", () => {
  assert.ok(framingOf("HEAD", head("content-length: 5")).isWhole);
  assert.ok(framingOf("PUT", parseHead("HTTP/1.1 204 No Content")).isWhole);
});

test("chunks are joined wherever the network cuts them", () => {
  const text = "5\r\nhello\r\n1;name=value\r\n \r\nA\r\n0123456789\r\n0\r\nTrailer: x\r\n\r\n";
  fc.assert(
    fc.property(fc.array(fc.nat(text.length)), (cuts) => {
      assert.deepEqual(feed("Transfer-Encoding: chunked", text, cuts), { body: "hello 0123456789", isWhole: true });
    }),
    { seed: 20261122 },
  );
});

test("what is not framed as it says is an error", () => {
  const bad = ["x\r\n", "5\r\nhelloX\r\n", "-1\r\n", "0\r\n\r\nmore", `${"1".repeat(20)}\r\n`, ` ${" ".repeat(2000)}`];
  for (const text of bad) assert.throws(() => feed("transfer-encoding: chunked", text), SyntaxError, text);
  assert.throws(() => feed("transfer-encoding: gzip", ""), SyntaxError);
  assert.throws(() => feed("transfer-encoding: chunked\r\ncontent-length: 3", ""), SyntaxError);
  assert.throws(() => feed("content-length: 5x", ""), SyntaxError);
  assert.throws(() => feed("content-length: 5\r\ncontent-length: 6", ""), SyntaxError);
});

test("without any length the end of the connection is the end", () => {
  const framing = framingOf("GET", head("server: x"));
  assert.ok(framing.endsWithConnection && !framing.isWhole);
});

test("heads are read strictly", () => {
  const read = parseHead(
    "HTTP/1.1 404 Not Found\r\nDocker-Content-Digest:  x \r\nLink: a\r\nlink: b\r\nConnection: close",
  );
  assert.equal(read.status, 404);
  assert.equal(read.headers.get("docker-content-digest"), "x");
  assert.equal(read.headers.get("link"), "a, b");
  assert.equal(read.keepsAlive, false);
  assert.equal(parseHead("HTTP/1.0 200 OK").keepsAlive, false);
  for (const text of [
    "",
    "SSH-2.0-OpenSSH",
    "HTTP/2 200",
    "HTTP/1.1 200 OK\r\nno colon",
    "HTTP/1.1 200 OK\r\n folded: x",
  ]) {
    assert.throws(() => parseHead(text), SyntaxError, text);
  }
});

test("nothing breaks out of a request's head", () => {
  assert.equal(
    writeHead("GET", new URL("http://a.io:5000/v2/?n=1"), { accept: "x" }),
    "GET /v2/?n=1 HTTP/1.1\r\nhost: a.io:5000\r\naccept: x\r\n\r\n",
  );
  assert.throws(() => writeHead("GET", new URL("http://a.io/"), { authorization: "Basic x\r\nevil: 1" }), TypeError);
});
