import assert from "node:assert/strict";
import { createServer as createHttpServer } from "node:http";
import { createServer, type Server } from "node:net";
import { test } from "node:test";
import type { HostOptions } from "../../options.ts";
import { schemeOf, speaksTls } from "./scheme.ts";

test("what a host speaks by its options", () => {
  const table: readonly (readonly [host: string, options: HostOptions, expected: string])[] = [
    ["ghcr.io", {}, "https"],
    ["ghcr.io", { tls: false }, "http"],
    ["ghcr.io", { insecure: true }, "either"],
    ["ghcr.io", { insecure: true, tls: true }, "https"],
    ["10.0.0.1:5000", {}, "https"],
    ["localhost:5000", {}, "either"],
    ["127.0.0.1:5000", {}, "either"],
    ["127.8.8.8", {}, "either"],
    ["[::1]:5000", {}, "either"],
    ["localhost:5000", { tls: true }, "https"],
    ["localhost:5000", { tls: false }, "http"],
    ["localhost.evil.com:5000", {}, "https"],
  ];
  for (const [host, options, expected] of table) assert.equal(schemeOf(host, options), expected, host);
});

async function originOf(server: Server): Promise<URL> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  assert.ok(address !== null && typeof address === "object");
  return new URL(`https://127.0.0.1:${address.port}`);
}

const PLAIN: readonly (readonly [name: string, server: () => Server])[] = [
  ["an HTTP server", () => createHttpServer()],
  ["a server that hangs up", () => createServer((socket) => socket.destroy())],
  ["a server that resets", () => createServer((socket) => socket.once("data", () => socket.resetAndDestroy()))],
  ["a server that greets first", () => createServer((socket) => socket.on("error", () => {}).write("220 hello\r\n"))],
];
for (const [name, start] of PLAIN) {
  test(`${name} does not speak TLS`, async () => {
    const server = start();
    try {
      assert.equal(await speaksTls(await originOf(server)), false);
    } finally {
      server.close();
    }
  });
}

test("silence is no answer", async () => {
  const server = createServer((socket) => socket.resume());
  try {
    await assert.rejects(speaksTls(await originOf(server), 100), { code: "ETIMEDOUT" });
  } finally {
    server.close();
  }
});

test("a closed port decides nothing, unless HTTP would have another", async () => {
  await assert.rejects(speaksTls(new URL("https://127.0.0.1:1")), { code: "ECONNREFUSED" });
  // Nobody is expected to serve 443 there.
  assert.equal(await speaksTls(new URL("https://127.77.77.77")), false);
});
