import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { LookupFunction } from "node:net";
import { describe, test } from "node:test";
import { exchange, type Request } from "../exchange.ts";
import { Connections } from "./connections.ts";
import { mapConnectionError } from "./errors.ts";
import { listening } from "./test-support.ts";

/** A name server that gives the addresses one after the other, and counts how often it is asked. */
function names(...answers: readonly (readonly string[])[]) {
  const asked = { times: 0 };
  const lookup: LookupFunction = (_hostname, _options, callback) => {
    const addresses = answers[Math.min(asked.times, answers.length - 1)] ?? [];
    asked.times += 1;
    callback(
      null,
      addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
    );
  };
  return { lookup, asked };
}

/** Asks for a token at `realm.example`, a name that a public registry gave. */
async function askRealm(lookup: LookupFunction, port: number, way: "dispatcher" | "wire"): Promise<number> {
  const connections = new Connections({}, { env: {}, certificateFolders: [], lookup });
  const request: Request = { method: "GET", url: new URL(`http://realm.example:${port}/token`), headers: {} };
  const policy = { publicOnly: true };
  try {
    const wire = way === "wire" ? connections.wire(request.url, policy) : undefined;
    const answer = await (wire?.send(request) ?? exchange(await connections.dispatcher(request.url, policy), request));
    await answer.drop();
    return answer.status;
  } catch (thrown) {
    throw mapConnectionError(thrown, { host: "registry.example", operation: "GET /token" });
  } finally {
    await connections.close();
  }
}

const REFUSED: readonly (readonly [address: string, kind: string])[] = [
  ["127.0.0.1", "loopback"],
  ["::1", "loopback"],
  ["169.254.10.10", "link-local"],
  ["fe80::1", "link-local"],
  ["169.254.169.254", "metadata"],
  ["100.100.100.200", "metadata"],
  ["10.1.2.3", "private"],
  ["::ffff:192.168.1.1", "private"],
];

for (const way of ["dispatcher", "wire"] as const) {
  describe(`over the ${way}`, () => {
    test("S2: a realm's name that resolves into a private network is refused, and nothing is sent there", async () => {
      let requests = 0;
      await using server = await listening(createServer().on("connection", () => (requests += 1)));
      for (const [address, kind] of REFUSED) {
        for (const answer of [[address], ["93.184.215.14", address]]) {
          const { lookup } = names(answer);
          await assert.rejects(askRealm(lookup, server.port, way), {
            code: "ADDRESS_REFUSED",
            facts: { host: "realm.example", address, kind },
          });
        }
      }
      assert.equal(requests, 0);
    });

    test("S2: the address that was checked is the one that is connected to, whatever the name says next", async () => {
      let requests = 0;
      await using server = await listening(createServer().on("connection", () => (requests += 1)));
      // a range that local tunnels answer from; nobody listens there
      const { lookup, asked } = names(["198.18.0.1"], ["127.0.0.1"]);
      const stop = new AbortController();
      const connections = new Connections({}, { env: {}, certificateFolders: [], lookup });
      const url = new URL(`http://realm.example:${server.port}/token`);
      const request: Request = { method: "GET", url, headers: {}, signal: stop.signal };
      const policy = { publicOnly: true };
      const wire = way === "wire" ? connections.wire(url, policy) : undefined;
      const sent = wire?.send(request) ?? exchange(await connections.dispatcher(url, policy), request);
      setTimeout(() => stop.abort(new Error("enough")), 200);
      await assert.rejects(sent);
      assert.equal(asked.times, 1);
      assert.equal(requests, 0);
      await connections.close();
    });
  });
}
