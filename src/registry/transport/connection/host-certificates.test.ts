import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { certificateFolders, hostCertificates } from "./host-certificates.ts";

let root = "";
before(async () => {
  root = await mkdtemp(join(tmpdir(), "slipway-certs-"));
});
after(() => rm(root, { recursive: true }));

async function put(path: string): Promise<void> {
  const file = join(root, path);
  await mkdir(join(file, ".."), { recursive: true });
  await writeFile(file, path);
}

test("the first folder that knows the host is read, and only that one", async () => {
  await put("containers/reg.io:5000/ca.crt");
  await put("containers/reg.io:5000/second.crt");
  await put("containers/reg.io:5000/notes.txt");
  await put("docker/reg.io:5000/ca.crt");
  await put("docker/reg.io:5000/client.cert");
  await put("docker/reg.io:5000/client.key");
  const folders = [join(root, "home"), join(root, "containers"), join(root, "docker")];
  assert.deepEqual(hostCertificates("reg.io:5000", folders), {
    authorities: ["containers/reg.io:5000/ca.crt", "containers/reg.io:5000/second.crt"],
  });
  assert.deepEqual(hostCertificates("reg.io:5000", folders.slice(2)), {
    authorities: ["docker/reg.io:5000/ca.crt"],
    cert: "docker/reg.io:5000/client.cert",
    key: "docker/reg.io:5000/client.key",
  });
  assert.deepEqual(hostCertificates("reg.io", folders), { authorities: [] });
});

test("a certificate without its key is named", async () => {
  await put("lonely/reg.io/client.cert");
  assert.throws(() => hostCertificates("reg.io", [join(root, "lonely")]), {
    code: "TLS_FILE_INVALID",
    facts: { host: "reg.io", file: join(root, "lonely/reg.io/client.key"), reason: "ENOENT" },
  });
});

test("containers' folders come before Docker's", () => {
  assert.deepEqual(certificateFolders("/home/me"), [
    "/home/me/.config/containers/certs.d",
    "/etc/containers/certs.d",
    "/etc/docker/certs.d",
  ]);
});
