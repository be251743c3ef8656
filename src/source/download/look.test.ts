import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { startAzurite } from "../../testing/index.ts";
import { SlipwayError } from "../../words/error.ts";
import { lookAt } from "./look.ts";
import { sasProblem } from "./sas-problem.ts";

const asked: string[] = [];
const answers: Readonly<Record<string, (request: IncomingMessage, response: ServerResponse) => void>> = {
  "/there.zip": (_, response) => response.writeHead(200, { "content-length": 12345 }).end(),
  "/moved.zip": (_, response) => response.writeHead(302, { location: "/there.zip" }).end(),
  "/signed.zip": ({ method, headers }, response) => {
    if (method === "HEAD") return response.writeHead(403).end();
    assert.equal(headers.range, "bytes=0-0");
    return response.writeHead(206, { "content-range": "bytes 0-0/777" }).end("x");
  },
  "/whole.zip": ({ method }, response) =>
    method === "HEAD" ? response.writeHead(405).end() : response.writeHead(200, { "content-length": 3 }).end("abc"),
  "/closed.zip": (_, response) => response.writeHead(403).end(),
  "/broken.zip": (request) => request.socket.destroy(),
};
const server = createServer((request, response) => {
  asked.push(`${request.method} ${request.url?.replace(/\?.*/, "")}`);
  const answer = answers[request.url?.replace(/\?.*/, "") ?? ""];
  if (answer === undefined) response.writeHead(404).end();
  else answer(request, response);
});
let origin = "";
let folder = "";
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "slipway-look-"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
after(async () => {
  server.close();
  await rm(folder, { recursive: true });
});

const TABLE: readonly (readonly [path: string, expected: number | string, requests: readonly string[]])[] = [
  ["/there.zip", 12345, ["HEAD /there.zip"]],
  ["/moved.zip", 12345, ["HEAD /moved.zip", "HEAD /there.zip"]],
  ["/signed.zip", 777, ["HEAD /signed.zip", "GET /signed.zip"]],
  ["/whole.zip", 3, ["HEAD /whole.zip", "GET /whole.zip"]],
  ["/closed.zip", "DOWNLOAD_DENIED", ["HEAD /closed.zip", "GET /closed.zip"]],
  ["/absent.zip", "DOWNLOAD_MISSING", ["HEAD /absent.zip", "GET /absent.zip"]],
  ["/broken.zip", "DOWNLOAD_FAILED", ["HEAD /broken.zip"]],
];

for (const [path, expected, requests] of TABLE) {
  test(`looking at ${path}`, async () => {
    asked.length = 0;
    const looked = lookAt({ kind: "https", url: `${origin}${path}?sig=canary` });
    if (typeof expected === "number") {
      assert.deepEqual(await looked, { name: `${origin}${path}`, size: expected });
    } else {
      await assert.rejects(looked, (error) => {
        assert.ok(error instanceof SlipwayError);
        assert.equal(error.code, expected);
        assert.doesNotMatch(error.message + JSON.stringify(error.facts), /canary/);
        return true;
      });
    }
    assert.deepEqual(asked, requests);
  });
}

test("looking at a blob, and at one that is not there or may not be read", async () => {
  await using azurite = await startAzurite();
  await azurite.put("packages", "a.zip", Buffer.from("12345"));
  const url = await azurite.sasUrl("packages");
  const seen = await lookAt({ kind: "azure-blob", url, package: "a.zip" });
  assert.deepEqual(seen, { name: `http://${azurite.host}/${azurite.account}/packages/a.zip`, size: 5 });
  const blob = (more: string, name = "a.zip") => lookAt({ kind: "azure-blob", url: more, package: name });
  await assert.rejects(blob(url, "b.zip"), { code: "DOWNLOAD_MISSING" });
  await assert.rejects(blob(url.replace(/sig=[^&]+/, "sig=AAAA")), { code: "DOWNLOAD_DENIED" });
  await assert.rejects(blob(await azurite.sasUrl("packages", { permissions: "w" })), { code: "AZURE_SAS_LACKS_READ" });
});

test("looking at what is on this machine", async () => {
  const file = join(folder, "a.zip");
  await writeFile(file, "1234");
  assert.deepEqual(await lookAt({ kind: "local", path: file }), { name: file, size: 4 });
  assert.deepEqual(await lookAt({ kind: "local", path: folder }), { name: folder });
  await assert.rejects(lookAt({ kind: "local", path: `${file}.no` }), { code: "PACKAGE_UNREADABLE" });
});

test("a signal ends the looking with its own reason", async () => {
  const reason = new Error("enough");
  const signal = AbortSignal.abort(reason);
  await assert.rejects(lookAt({ kind: "https", url: `${origin}/there.zip` }, signal), reason);
});

test("what a SAS URL says against itself", () => {
  const now = new Date("2026-01-02T00:00:00Z");
  for (const [query, expected] of [
    ["sp=r&se=2026-01-03", undefined],
    ["sp=rl", undefined],
    ["", undefined],
    ["sp=r&se=2026-01-02", "AZURE_SAS_EXPIRED"],
    ["sp=w&se=2026-01-01", "AZURE_SAS_EXPIRED"],
    ["sp=wl&se=2026-01-03", "AZURE_SAS_LACKS_READ"],
  ] as const) {
    const problem = sasProblem(`https://acct.blob.core.windows.net/c?${query}&sig=canary`, now);
    assert.equal(problem?.code, expected, query);
    assert.doesNotMatch(JSON.stringify(problem?.facts ?? {}), /canary/);
  }
  assert.equal(sasProblem("no url", now), undefined);
});
