import { posix } from "node:path";
import { extract, type Header } from "tar-stream";
import type { Descriptor } from "../../oci/descriptor.ts";
import type { Body, ReadTarget } from "../../target/target.ts";
import { compressionOfBody, inflated } from "../../target/through.ts";
import { failure, SlipwayError } from "../../words/error.ts";
import { type ImagePaths, parentOf } from "./image-paths.ts";

const WHITEOUT = ".wh.";
const OPAQUE = ".wh..wh..opq";

/**
 * Reads a layer's file names, and changes what is known of the image as the layer changes its file system.
 * https://github.com/opencontainers/image-spec/blob/v1.1.1/layer.md#applying-changesets
 * @param image how errors name the base image
 * @throws BASE_UNSUPPORTED for a layer that is no tar
 */
export async function learnPaths(
  paths: ImagePaths,
  target: ReadTarget,
  layer: Descriptor,
  image: string,
  signal?: AbortSignal,
): Promise<void> {
  const refuse = (reason: string) =>
    failure("BASE_UNSUPPORTED", { image, reason: `its layer ${layer.digest} cannot be read: ${reason}` });
  const stored = target.blob(layer);
  const compression = await compressionOfBody(stored);
  const body = compression === undefined ? stored : inflated(stored, compression, layer.size, refuse);
  try {
    await readHeaders(body, (header) => note(paths, header), signal);
  } catch (thrown) {
    if (thrown instanceof SlipwayError || signal?.aborted === true || !(thrown instanceof Error)) throw thrown;
    throw refuse(thrown.message);
  }
}

function note(paths: ImagePaths, { name, type, linkname }: Header): void {
  const named = posix.normalize(`/${name}`).replace(/^\/|\/$/g, "");
  const [folder, base] = [paths.resolve(parentOf(named)), posix.basename(named)];
  const path = posix.join(folder, base);
  if (base === OPAQUE) paths.clear(folder);
  else if (base.startsWith(WHITEOUT)) paths.remove(posix.join(folder, base.slice(WHITEOUT.length)));
  else if (type === "symlink") paths.addLink(path, linkname ?? "");
  else if (type === "directory") {
    if (!paths.hasFolder(path)) paths.remove(path);
    paths.addFolder(path);
  } else {
    paths.remove(path);
    paths.addFolder(folder);
  }
}

async function readHeaders(body: Body, tell: (header: Header) => void, signal?: AbortSignal): Promise<void> {
  const tar = extract();
  const ended = new Promise<void>((resolve, reject) => {
    tar.on("finish", resolve);
    tar.on("error", reject);
  });
  ended.catch(() => {});
  tar.on("entry", (header, content, next) => {
    content.on("error", () => {});
    tell(header);
    content.resume();
    next();
  });
  await body(
    // The chunk is lent, and the parser may keep it.
    (chunk) => {
      if (tar.write(Buffer.from(chunk))) return undefined;
      return Promise.race([ended, new Promise<void>((resolve) => tar.once("drain", resolve))]);
    },
    signal === undefined ? {} : { signal },
  );
  tar.end(null);
  await ended;
}
