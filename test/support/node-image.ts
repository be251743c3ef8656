import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { copyFile, mkdir, rename, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { promisify } from "node:util";
import {
  type Descriptor,
  descriptorOf,
  OCI_CONFIG,
  OCI_INDEX,
  OCI_LAYER_TAR,
  OCI_MANIFEST,
} from "../../src/oci/index.ts";

const execute = promisify(execFile);

/** What of this machine's Debian is in it besides Node: what shebangs and the Dockerfile's stand-ins need. */
const PROGRAMS = ["/bin/sh", "/usr/bin/env", "/bin/cp", "/bin/mkdir"];
const ARCHITECTURES = ["amd64", "arm64"];
/** As in the official image: https://github.com/nodejs/docker-node/blob/main/24/trixie-slim/Dockerfile */
const PASSWD = "root:x:0:0:root:/root:/bin/sh\nnode:x:1000:1000::/home/node:/bin/sh\n";
const ENV = ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"];

/**
 * A stand-in for the official image of Node, which cannot be pulled here: this machine's Node and C library, and the
 * user `node` with its home. Needs root. It runs on this machine's kind of processor, whatever it is said to be for.
 * @returns an OCI layout with the tag `node`
 */
export async function nodeLayout(folder: string): Promise<string> {
  const [root, layout] = [join(folder, "root"), join(folder, "layout")];
  await fill(root);
  const blobs = join(layout, "blobs/sha256");
  await mkdir(blobs, { recursive: true });
  const layer = await layerOf(root, blobs);
  const put = async (content: object, mediaType: string): Promise<Descriptor> => {
    const bytes = Buffer.from(JSON.stringify(content));
    const descriptor = descriptorOf(bytes, mediaType);
    await writeFile(join(blobs, descriptor.digest.slice("sha256:".length)), bytes);
    return descriptor;
  };
  const manifests = ARCHITECTURES.map(async (architecture) => {
    const platform = { os: "linux", architecture };
    const rootfs = { type: "layers", diff_ids: [layer.digest] };
    const config = await put({ ...platform, config: { Env: ENV, Cmd: ["node"] }, rootfs }, OCI_CONFIG);
    const image = { schemaVersion: 2, mediaType: OCI_MANIFEST, config, layers: [layer] };
    return { ...(await put(image, OCI_MANIFEST)), platform };
  });
  const index = await put(
    { schemaVersion: 2, mediaType: OCI_INDEX, manifests: await Promise.all(manifests) },
    OCI_INDEX,
  );
  const annotations = { "org.opencontainers.image.ref.name": "node" };
  await writeFile(join(layout, "oci-layout"), '{"imageLayoutVersion":"1.0.0"}');
  await writeFile(
    join(layout, "index.json"),
    JSON.stringify({ schemaVersion: 2, manifests: [{ ...index, annotations }] }),
  );
  return layout;
}

async function fill(root: string): Promise<void> {
  for (const path of ["etc", "home/node", "tmp", "usr/local/bin"]) await mkdir(join(root, path), { recursive: true });
  await writeFile(join(root, "etc/passwd"), PASSWD);
  const node = process.execPath;
  await copyFile(node, join(root, "usr/local/bin", basename(node)));
  const { stdout } = await execute("ldd", [node, ...PROGRAMS]);
  const libraries = new Set(stdout.match(/\/\S+\.so\S*/g) ?? []);
  for (const file of [...PROGRAMS, ...libraries]) {
    await mkdir(dirname(join(root, file)), { recursive: true });
    await copyFile(file, join(root, file));
  }
  await execute("chown", ["1000:1000", join(root, "home/node")]);
  await execute("chmod", ["1777", join(root, "tmp")]);
}

async function layerOf(root: string, blobs: string): Promise<Descriptor> {
  const tar = join(blobs, "layer");
  await execute("tar", ["--create", "--file", tar, "--directory", root, "--sort=name", "."]);
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(tar)) hash.update(chunk);
  const hex = hash.digest("hex");
  await rename(tar, join(blobs, hex));
  return { mediaType: OCI_LAYER_TAR, digest: `sha256:${hex}`, size: (await stat(join(blobs, hex))).size };
}
