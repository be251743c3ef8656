import type * as z from "zod";
import type { PlatformFilter } from "../../oci/platform.ts";
import { failure } from "../../words/error.ts";
import { formatPlace } from "../reading/place.ts";
import type { Problems } from "../reading/problems.ts";
import { entryOf, type Tree } from "../reading/tree.ts";
import { Refusal, refusalReason } from "../refusal.ts";
import type { buildSchema, releaseSchema, sourceSchema } from "../schema/publish.ts";

/** What is downloaded before a build, and where it is unpacked. */
export interface SourceSettings {
  readonly origin:
    | { readonly kind: "azure-blob"; readonly url: string; readonly package?: string }
    | { readonly kind: "https"; readonly url: string }
    | { readonly kind: "local"; readonly path: string };
  /** `sha256:…` */
  readonly checksum?: string;
  /** A folder, from the config's on. */
  readonly unpack?: string;
}

type WrittenBuild = Readonly<z.output<typeof buildSchema>>;

/** How the image is built. Paths are as written, from the config's folder on. */
export type BuildSettings = Pick<WrittenBuild, "paths" | "pathsMatch"> & {
  readonly platforms?: readonly PlatformFilter[];
} & (DockerfileSettings | LayersSettings);

/** `auto`: docker or buildah, whichever the machine has. */
export type DockerfileSettings = { readonly with: "docker" | "buildah" | "auto" } & Pick<
  WrittenBuild,
  "context" | "dockerfile" | "target" | "args" | "cacheFrom" | "cacheTo" | "provenance" | "sbom"
>;

export type LayersSettings = { readonly with: "layers" } & Required<Pick<WrittenBuild, "layers">> &
  Pick<WrittenBuild, "from" | "config">;

export type ReleaseSettings = Readonly<z.output<typeof releaseSchema>>;

const DOCKERFILE_KEYS = [
  "context",
  "dockerfile",
  "target",
  "args",
  "cacheFrom",
  "cacheTo",
  "provenance",
  "sbom",
] as const;
const LAYERS_KEYS = ["layers", "from", "config"] as const;

/** Makes of `source:` the one origin that it names. A fault is a problem at its place. */
export function readSourceSettings(
  written: Readonly<z.output<typeof sourceSchema>>,
  tree: Tree,
  problems: Problems,
): SourceSettings | undefined {
  const { azureBlob, url, path, checksum, unpack } = written;
  return attempt("source", tree, problems, () => {
    if ([azureBlob, url, path].filter((one) => one !== undefined).length !== 1) {
      throw new Refusal("one of azureBlob, url and path has to be given, and only one");
    }
    if (written.package !== undefined && azureBlob === undefined) throw new Refusal("package goes with azureBlob");
    const common = { ...(checksum !== undefined && { checksum }), ...(unpack !== undefined && { unpack }) };
    if (azureBlob !== undefined) {
      const named = written.package === undefined ? {} : { package: written.package };
      return { origin: { kind: "azure-blob", url: azureBlob, ...named }, ...common };
    }
    if (url !== undefined) return { origin: { kind: "https", url }, ...common };
    return { origin: { kind: "local", path: path ?? "" }, ...common };
  });
}

/** Makes of `build:` the one kind of builder that its keys belong to. A key of another kind is a problem at its place. */
export function readBuildSettings(written: WrittenBuild, tree: Tree, problems: Problems): BuildSettings | undefined {
  const builder = written.with ?? (written.layers === undefined ? "auto" : "layers");
  const foreign = builder === "layers" ? DOCKERFILE_KEYS : LAYERS_KEYS;
  for (const key of foreign.filter((one) => written[one] !== undefined)) {
    const place = entryOf(tree, key)?.place ?? tree.place;
    const reason = `it does not go with \`with: ${builder === "auto" ? "docker" : builder}\``;
    problems.add(failure("CONFIG_VALUE_INVALID", { where: formatPlace(place), key: `build.${key}`, reason }));
  }
  const { paths, pathsMatch, platforms, layers } = written;
  const common = {
    ...(paths !== undefined && { paths }),
    ...(pathsMatch !== undefined && { pathsMatch }),
    ...(platforms !== undefined && { platforms }),
  };
  if (builder !== "layers") {
    const { context, dockerfile, target, args, cacheFrom, cacheTo, provenance, sbom } = written;
    return { with: builder, context, dockerfile, target, args, cacheFrom, cacheTo, provenance, sbom, ...common };
  }
  return attempt("build", tree, problems, () => {
    if (layers === undefined) throw new Refusal("`with: layers` needs layers");
    for (const { folder, file, to } of layers) {
      if ((folder === undefined) === (file === undefined)) throw new Refusal("a layer is either a folder or a file");
      if (!to.startsWith("/")) throw new Refusal(`the layer's place in the image has to begin with a slash: ${to}`);
    }
    return { with: "layers", layers, from: written.from, config: written.config, ...common };
  });
}

function attempt<T>(key: string, tree: Tree, problems: Problems, work: () => T): T | undefined {
  try {
    return work();
  } catch (cause) {
    const where = formatPlace(tree.place);
    problems.add(failure("CONFIG_VALUE_INVALID", { where, key, reason: refusalReason(cause) }));
    return undefined;
  }
}
