import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { rootCertificates } from "node:tls";
import { SlipwayError } from "../../../words/error.ts";
import type { HostOptions } from "../../options.ts";
import { Connections } from "./connections.ts";
import { mapConnectionError } from "./errors.ts";
import { makeAuthority, startNginx, temporaryFolder } from "./test-support.ts";

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let pki: Awaited<ReturnType<typeof makeAuthority>>;
before(async () => {
  folder = await temporaryFolder();
  pki = await makeAuthority(folder.path);
});
after(() => folder[Symbol.asyncDispose]());

/** Status of a request to nginx; failures as the client would see them. */
async function ask(host: string, options: HostOptions, certificateFolders: readonly string[] = []): Promise<number> {
  const connections = new Connections(options, { env: {}, certificateFolders });
  try {
    const url = new URL(`https://${host}`);
    const { statusCode, body } = await (await connections.dispatcher(url)).request({ path: "/", method: "GET" });
    await body.dump();
    return statusCode;
  } catch (error) {
    throw mapConnectionError(error, { host, operation: "GET /" });
  } finally {
    await connections.close();
  }
}

/** A `certs.d` folder that knows `host`. */
async function certificates(host: string, files: Readonly<Record<string, string>>): Promise<string> {
  const root = join(folder.path, `certs-${host}-${Object.keys(files).length}`);
  await mkdir(join(root, host), { recursive: true });
  for (const [name, pem] of Object.entries(files)) await writeFile(join(root, host, name), pem);
  return root;
}

test("a private authority is trusted when it is given, and adds to the others", async () => {
  await using nginx = await startNginx(folder.path, "");
  const stranger = "its certificate comes from an authority that this machine does not know";
  await assert.rejects(ask(nginx.host, {}), {
    code: "TLS_FAILED",
    retryable: false,
    facts: { host: nginx.host, operation: "GET /", reason: stranger },
  });
  assert.equal(await ask(nginx.host, { ca: pki.ca }), 200);
  assert.equal(await ask(nginx.host, { ca: `${rootCertificates[0]}\n${pki.ca}` }), 200);
  assert.equal(await ask(nginx.host, { insecure: true }), 200);
  assert.equal(await ask(nginx.host, {}, [await certificates(nginx.host, { "ca.crt": pki.ca })]), 200);
  await assert.rejects(ask(nginx.host, {}, [await certificates("other:1", { "ca.crt": pki.ca })]), {
    code: "TLS_FAILED",
  });
});

test("a certificate for another name is not trusted", async () => {
  await using other = await temporaryFolder();
  await writeFile(join(other.path, "server.pem"), pki.elsewhere.cert);
  await writeFile(join(other.path, "server.key"), pki.elsewhere.key);
  await using nginx = await startNginx(other.path, "");
  await assert.rejects(ask(nginx.host, { ca: pki.ca }), { code: "TLS_FAILED", message: /127\.0\.0\.1/ });
});

test("a client certificate opens what asks for one", async () => {
  await using nginx = await startNginx(
    folder.path,
    `ssl_client_certificate ${folder.path}/ca.pem; ssl_verify_client on;`,
  );
  const { cert, key } = pki.client;
  assert.equal(await ask(nginx.host, { ca: pki.ca }), 400);
  assert.equal(await ask(nginx.host, { ca: pki.ca, cert, key }), 200);
  const files = { "ca.crt": pki.ca, "client.cert": cert, "client.key": key };
  assert.equal(await ask(nginx.host, {}, [await certificates(nginx.host, files)]), 200);
});

test("files that are no certificates are named before anything is sent", async () => {
  const table: readonly (readonly [options: HostOptions, file: string])[] = [
    [{ ca: "not a certificate" }, "ca"],
    [{ cert: pki.client.cert, key: "not a key" }, "cert, key"],
    [{ cert: pki.client.cert, key: pki.server.key }, "cert, key"],
  ];
  for (const [options, file] of table) {
    await assert.rejects(ask("127.0.0.1:1", options), (error) => {
      assert.ok(error instanceof SlipwayError);
      assert.deepEqual([error.code, error.facts.file], ["TLS_FILE_INVALID", file]);
      return true;
    });
  }
});
