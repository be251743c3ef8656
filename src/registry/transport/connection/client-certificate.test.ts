import assert from "node:assert/strict";
import { createServer } from "node:https";
import { after, before, describe, test } from "node:test";
import type { HostOptions } from "../../options.ts";
import { exchange, type Request } from "../exchange.ts";
import { Connections } from "./connections.ts";
import { mapConnectionError } from "./errors.ts";
import { listening, makeAuthority, temporaryFolder } from "./test-support.ts";

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let pki: Awaited<ReturnType<typeof makeAuthority>>;
before(async () => {
  folder = await temporaryFolder();
  pki = await makeAuthority(folder.path);
});
after(() => folder[Symbol.asyncDispose]());

/** Sends something to a server that wants a client certificate. */
async function ask(options: HostOptions, maxVersion: "TLSv1.2" | "TLSv1.3", way: "dispatcher" | "wire") {
  const wants = { ...pki.server, ca: pki.ca, requestCert: true, rejectUnauthorized: true, maxVersion };
  await using server = await listening(createServer(wants, (_, response) => response.end("hello")));
  const connections = new Connections({ ca: pki.ca, ...options }, { env: {}, certificateFolders: [] });
  const url = new URL(`https://${server.host}/v2/`);
  const bytes = Buffer.alloc(2_000_000);
  const body = {
    length: bytes.byteLength,
    open: async (sink: (chunk: Uint8Array) => unknown) => void (await sink(bytes)),
  };
  const request: Request = { method: "PUT", url, headers: {}, body };
  try {
    const wire = way === "wire" ? connections.wire(url) : undefined;
    const answer = await (wire?.send(request) ?? exchange(await connections.dispatcher(url), request));
    await answer.drop();
    return answer.status;
  } catch (thrown) {
    throw mapConnectionError(thrown, { host: server.host, operation: "PUT /v2/" });
  } finally {
    await connections.close();
  }
}

for (const version of ["TLSv1.2", "TLSv1.3"] as const) {
  for (const way of ["dispatcher", "wire"] as const) {
    describe(`${version} over the ${way}`, () => {
      test("a client certificate that is missing is asked for", () =>
        assert.rejects(ask({}, version, way), {
          code: "TLS_FAILED",
          retryable: false,
          message: /a client certificate \(`cert` and `key`\)/,
        }));

      test("one that is given is shown", async () => {
        assert.equal(await ask(pki.client, version, way), 200);
      });
    });
  }
}
