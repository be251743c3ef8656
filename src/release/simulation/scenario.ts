import type { Publishing } from "../../config/slipway/load-config.ts";
import { parseTagRule } from "../../metadata/index.ts";

/** What is published in a simulation. */
export interface Scenario {
  readonly registries: readonly { readonly name: string; readonly required: boolean }[];
  readonly publishing: Publishing;
  /** Files of the checkout, by their paths. */
  readonly checkout: Readonly<Record<string, string | Uint8Array>>;
  /** The names of the assets that the release has to have, with their contents. */
  readonly assets: Readonly<Record<string, string | Uint8Array>>;
  /** `each-life`: no two builds give the same digest, as with BuildKit's provenance. */
  readonly builds: "equal" | "each-life";
}

export const VERSION = "1.2.3";
export const GIT_TAG = "v1.2.3";
export const FLOATING = "latest";

const platform = (architecture: string) => ({ os: "linux", architecture });

/** One registry, one layer, one asset. */
export const SMALL: Scenario = {
  registries: [{ name: "one", required: true }],
  publishing: {
    build: { with: "layers", layers: [{ folder: "files", to: "/app" }], platforms: [platform("amd64")] },
    tags: ["{{version}}", "latest"].map(parseTagRule),
    release: { assets: ["files/run"], notes: "none" },
  },
  checkout: { "files/run": "the program" },
  assets: { run: "the program" },
  builds: "each-life",
};

/** Registries that a release waits for. */
const TWO_REQUIRED = [
  { name: "one", required: true },
  { name: "two", required: true },
] as const;

/**
 * Two registries, an index of two platforms, a package that is unpacked, two assets.
 * @param archive the package: a zip with one file, `run`
 */
export function large(archive: Uint8Array): Scenario {
  return {
    registries: TWO_REQUIRED,
    publishing: {
      source: { origin: { kind: "local", path: "package-{{version}}.zip" }, unpack: "files" },
      build: {
        with: "layers",
        layers: [{ folder: "files", to: "/app" }],
        platforms: [platform("amd64"), platform("arm64")],
      },
      tags: ["{{version}}", "latest"].map(parseTagRule),
      release: { assets: ["*.zip", "NOTES.md"], notes: "NOTES.md" },
    },
    checkout: { "package-1.2.3.zip": archive, "NOTES.md": "All is new." },
    assets: { "package-1.2.3.zip": archive, "NOTES.md": "All is new." },
    builds: "each-life",
  };
}

/** The small one at two registries that it has to be at, and at one that it need not. */
export const WITH_OPTIONAL: Scenario = {
  ...SMALL,
  registries: [...TWO_REQUIRED, { name: "optional", required: false }],
  builds: "equal",
};
