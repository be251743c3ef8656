import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { inFolder } from "./folder.ts";
import { run } from "./program.ts";

const OPENSSL = { name: "openssl", aptPackage: "openssl" };
const NEW_KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];

/** PEM texts. */
export interface KeyPair {
  readonly key: string;
  readonly cert: string;
}

/** Files that servers and skopeo can be pointed at. */
export interface Authority extends AsyncDisposable {
  readonly folder: string;
  /** PEM text, and its file. */
  readonly ca: string;
  readonly caFile: string;
  /** For `localhost` and 127.0.0.1, and the names that were asked for. */
  readonly server: KeyPair & { readonly keyFile: string; readonly certFile: string };
  readonly client: KeyPair;
  /** As skopeo's `--cert-dir` wants it: the authority, and the client's pair. */
  readonly certDir: string;
}

/** A certificate that signs itself, with its key. */
export function selfSigned(commonName: string): Promise<KeyPair> {
  return inFolder("certificate", async (folder) => {
    const pair = await makeSelfSigned(folder.path, "self", commonName);
    await folder.remove();
    return pair;
  });
}

/** A certificate authority of our own, and what it signed for a server and for a client. */
export function makeAuthority(names: readonly string[] = []): Promise<Authority> {
  return inFolder("authority", async (folder) => {
    const { cert: ca } = await makeSelfSigned(folder.path, "ca", "Slipway test authority");
    const hosts = ["localhost", ...names].map((name) => `DNS:${name}`);
    const server = await sign(folder.path, "server", `subjectAltName=${[...hosts, "IP:127.0.0.1"].join(",")}`);
    const client = await sign(folder.path, "client", "extendedKeyUsage=clientAuth");
    const certDir = join(folder.path, "certs.d");
    await mkdir(certDir);
    for (const file of ["ca.crt", "client.cert", "client.key"])
      await copyFile(join(folder.path, file), join(certDir, file));
    return {
      folder: folder.path,
      ca,
      caFile: join(folder.path, "ca.crt"),
      server: { ...server, keyFile: join(folder.path, "server.key"), certFile: join(folder.path, "server.cert") },
      client,
      certDir,
      [Symbol.asyncDispose]: folder.remove,
    };
  });
}

async function makeSelfSigned(folder: string, name: string, commonName: string): Promise<KeyPair> {
  const [key, cert] = [join(folder, `${name}.key`), join(folder, `${name}.crt`)];
  const subject = ["-subj", `/CN=${commonName}`, "-days", "7"];
  await run(OPENSSL, ["req", "-x509", ...NEW_KEY, "-keyout", key, "-out", cert, ...subject]);
  return { key: await readFile(key, "utf8"), cert: await readFile(cert, "utf8") };
}

/** `<name>.key` and `<name>.cert`, signed by the folder's authority. */
async function sign(folder: string, name: string, extensions: string): Promise<KeyPair> {
  const file = (extension: string) => join(folder, `${name}.${extension}`);
  await run(OPENSSL, ["req", ...NEW_KEY, "-keyout", file("key"), "-out", file("csr"), "-subj", `/CN=${name}`]);
  await writeFile(file("ext"), extensions);
  const authority = ["-CA", join(folder, "ca.crt"), "-CAkey", join(folder, "ca.key"), "-CAcreateserial"];
  const request = ["-in", file("csr"), "-extfile", file("ext"), "-days", "7", "-out", file("cert")];
  await run(OPENSSL, ["x509", "-req", ...authority, ...request]);
  return { key: await readFile(file("key"), "utf8"), cert: await readFile(file("cert"), "utf8") };
}
