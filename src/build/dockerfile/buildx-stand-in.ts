/**
 * `docker` with buildx, for tests on machines that have none: held to the flags, the defaults and the refusals that
 * buildx documents, it writes a real OCI archive of one small layer for each platform. Run as a program.
 * https://docs.docker.com/reference/cli/docker/buildx/build/
 */
import { appendFile, chmod, readFile, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import { type Descriptor, descriptorOf } from "../../oci/descriptor.ts";
import { digestOf } from "../../oci/digest.ts";
import { OCI_CONFIG, OCI_LAYER_GZIP } from "../../oci/media-types.ts";
import { bodyOf, collect } from "../../target/bytes.ts";
import { createOciArchive } from "../../target/oci-archive.ts";
import { tarBody } from "../../target/tar-writer.ts";
import { type Annotations, imageIndex, imageManifest } from "../manifests.ts";
import type { BuildxInstance } from "./buildx-instance.ts";

export interface StandIn {
  /** The first is the chosen one. */
  readonly instances: readonly BuildxInstance[];
  /** The engine keeps its images in containerd. */
  readonly containerd?: boolean;
}

/** A script that answers questions at once, and leaves builds to this file. */
function scriptOf({ instances, containerd = false }: StandIn): string {
  const [chosen = { name: "default", driver: "docker" }] = instances;
  const inspected = `Name:   ${chosen.name}\nDriver: ${chosen.driver}\n\nNodes:\nName:   ${chosen.name}0\n`;
  const rows = instances.map(({ name, driver }) => `${name}*   ${driver}\n \\_ ${name}0   \\_ unix:///sock\n`);
  const status = containerd ? '[["driver-type","io.containerd.snapshotter.v1"]]' : '[["Backing","extfs"]]';
  return `#!/bin/sh
case "$*" in
"buildx version") echo "github.com/docker/buildx v0.19.2 1fc5647dc281ca3c2ad5b451aeff2dce84f1dc49" ;;
"buildx inspect") printf '%s' '${inspected}' ;;
"buildx ls") printf '%s' 'NAME/NODE   DRIVER/ENDPOINT   STATUS   BUILDKIT   PLATFORMS\n${rows.join("")}' ;;
"info --format={{json .DriverStatus}}") echo '${status}' ;;
"buildx build "*) exec '${process.execPath}' '${import.meta.filename}' "$@" ;;
*) echo "unknown command: docker $*" >&2; exit 1 ;;
esac
`;
}

/** Puts it into a folder as `docker`. @returns the environment that finds it; `arguments` in there tells of each build */
export async function installStandIn(folder: string, standIn: StandIn, environment: NodeJS.ProcessEnv = {}) {
  await writeFile(join(folder, "docker"), scriptOf(standIn));
  await chmod(join(folder, "docker"), 0o755);
  const PATH = [folder, process.env.PATH].join(delimiter);
  return { ...environment, PATH, STAND_IN: JSON.stringify({ ...standIn, file: join(folder, "arguments") }) };
}

const several = { type: "string", multiple: true } as const;
const one = { type: "string" } as const;

/** The flags of buildx that the tests have a use for; any other is refused, as buildx refuses what it does not know. */
function parse(args: string[]) {
  return parseArgs({
    args,
    allowPositionals: true,
    options: {
      ...{
        builder: one,
        progress: one,
        output: one,
        file: one,
        target: one,
        platform: one,
        provenance: one,
        sbom: one,
      },
      ...{ "build-arg": several, label: several, annotation: several, "cache-from": several, "cache-to": several },
    },
  });
}

async function build(args: string[], { instances, containerd = false }: StandIn): Promise<void> {
  const { values, positionals } = parse(args);
  const instance = instances.find(({ name }) => name === values.builder);
  if (instance === undefined) throw new Error(`no builder "${values.builder}" found`);
  if (instance.driver === "docker" && !containerd) {
    throw new Error("OCI exporter is not supported for the docker driver.");
  }
  if (positionals.length !== 1) throw new Error('"docker buildx build" requires 1 argument.');
  const output = Object.fromEntries((values.output ?? "").split(",").map((field) => field.split("=", 2)));
  if (output.type !== "oci") throw new Error(`unsupported output ${output.type}`);
  const dockerfile = await readFile(values.file ?? "");
  console.error(`#1 [internal] load build definition from ${values.file}`);
  if (dockerfile.includes("RUN false")) {
    const reason = 'process "/bin/sh -c false" did not complete successfully: exit code: 1';
    console.error(`#5 ERROR: ${reason}`);
    throw new Error(`failed to solve: ${reason}`);
  }
  const platforms = (values.platform ?? "linux/amd64").split(",");
  // Provenance is attested where nobody says no.
  const isAttested = values.provenance !== "false" || values.sbom === "true";
  const annotations = manifestAnnotations(values.annotation ?? [], platforms.length > 1 || isAttested);
  const labels = (values.label ?? []).map((label) => /^([^=]*)=(.*)$/s.exec(label)?.slice(1) ?? []);
  const run = { Labels: Object.fromEntries(labels), Env: values["build-arg"] };
  await writeArchive(output.dest ?? "", { dockerfile, platforms, isAttested, annotations, run });
  console.error("#6 exporting to oci image format\n#6 DONE 0.0s");
}

/** Reads `manifest,index:NAME=value`. */
function manifestAnnotations(texts: readonly string[], hasIndex: boolean): Annotations {
  const annotations: Record<string, string> = {};
  for (const text of texts) {
    const [, kinds = "manifest", name = "", value = ""] = /^(?:([a-z,-]+):)?([^=]+)=(.*)$/s.exec(text) ?? [];
    if (kinds.includes("index") && !hasIndex) {
      throw new Error("index annotations not supported for single platform export");
    }
    if (kinds.split(",").includes("manifest")) annotations[name] = value;
  }
  return annotations;
}

interface Contents {
  readonly dockerfile: Uint8Array;
  readonly platforms: readonly string[];
  readonly isAttested: boolean;
  readonly annotations: Annotations;
  readonly run: object;
}

async function writeArchive(path: string, contents: Contents): Promise<void> {
  const { dockerfile, platforms, isAttested, annotations, run } = contents;
  const archive = await createOciArchive("stand-in", path);
  const push = async (mediaType: string, bytes: Uint8Array): Promise<Descriptor> => {
    const descriptor = descriptorOf(bytes, mediaType);
    await archive.pushBlob(descriptor, bodyOf(bytes));
    return descriptor;
  };
  const pushConfig = (json: object) => push(OCI_CONFIG, Buffer.from(JSON.stringify(json)));
  const tar = await collect(
    tarBody([{ name: "Dockerfile", size: dockerfile.byteLength, body: bodyOf(dockerfile) }]),
    2 ** 24,
  );
  const layer = await push(OCI_LAYER_GZIP, gzipSync(tar));
  const created = new Date(Number(process.env.SOURCE_DATE_EPOCH) * 1000).toISOString();
  const rootfs = { type: "layers", diff_ids: [digestOf(tar)] };
  const entries: Descriptor[] = [];
  for (const platform of platforms) {
    const [os = "", architecture = "", variant] = platform.split("/");
    const config = await pushConfig({ created, architecture, os, variant, config: run, rootfs });
    const manifest = imageManifest({ config, layers: [layer], annotations });
    await archive.pushManifest(manifest);
    entries.push({ ...manifest.descriptor, platform: { os, architecture, ...(variant !== undefined && { variant }) } });
  }
  for (const { digest } of isAttested ? [...entries] : []) {
    const platform = { architecture: "unknown", os: "unknown" };
    const config = await pushConfig({ ...platform, config: {}, rootfs: { type: "layers", diff_ids: [] } });
    const statement = await push("application/vnd.in-toto+json", Buffer.from(JSON.stringify({ subject: digest })));
    const manifest = imageManifest({ config, layers: [statement], annotations: {} });
    await archive.pushManifest(manifest);
    const of = { "vnd.docker.reference.digest": digest, "vnd.docker.reference.type": "attestation-manifest" };
    entries.push({ ...manifest.descriptor, annotations: of, platform });
  }
  if (entries.length > 1) await archive.pushManifest(imageIndex(entries, {}));
  await archive.close();
}

if (import.meta.main) {
  try {
    const [, , ...words] = process.argv;
    const standIn = JSON.parse(process.env.STAND_IN ?? "{}");
    await appendFile(standIn.file, `${JSON.stringify(words)}\n`);
    await build(words.slice(2), standIn);
  } catch (thrown) {
    console.error(`ERROR: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
    process.exitCode = 1;
  }
}
