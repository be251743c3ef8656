import type * as z from "zod";
import { parseFilter } from "../../changes/index.ts";
import type { PlatformFilter } from "../../oci/platform.ts";
import { failure } from "../../words/error.ts";
import { formatPlace } from "../reading/place.ts";
import type { Problems } from "../reading/problems.ts";
import { entryOf, itemsOf, type Tree } from "../reading/tree.ts";
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
  attempt(
    "build.paths",
    entryOf(tree, "paths")?.value ?? tree,
    problems,
    () => paths && parseFilter(paths, pathsMatch),
  );
  const common = {
    ...(paths !== undefined && { paths }),
    ...(pathsMatch !== undefined && { pathsMatch }),
    ...(platforms !== undefined && { platforms }),
  };
  if (builder !== "layers") {
    const { context, dockerfile, target, args, cacheFrom, cacheTo, provenance, sbom } = written;
    return { with: builder, context, dockerfile, target, args, cacheFrom, cacheTo, provenance, sbom, ...common };
  }
  if (layers === undefined) {
    return attempt("build", tree, problems, () => {
      throw new Refusal("`with: layers` needs layers");
    });
  }
  const trees = itemsOf(entryOf(tree, "layers")?.value);
  for (const [at, layer] of layers.entries()) checkLayer(layer, `build.layers[${at}]`, trees[at] ?? tree, problems);
  return { with: "layers", layers, from: written.from, config: written.config, ...common };
}

function checkLayer(
  { folder, file, to }: LayersSettings["layers"][number],
  key: string,
  tree: Tree,
  problems: Problems,
): void {
  attempt(key, tree, problems, () => {
    if ((folder === undefined) === (file === undefined)) throw new Refusal("a layer is either a folder or a file");
  });
  attempt(`${key}.to`, entryOf(tree, "to")?.value ?? tree, problems, () => {
    if (!to.startsWith("/")) throw new Refusal("a place in the image begins with a slash");
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
