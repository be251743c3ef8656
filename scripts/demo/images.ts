import {
  cosignSignature,
  cosignTag,
  type LayerSpec,
  randomImage,
  randomIndex,
  type TestRegistry,
} from "../../src/testing/index.ts";

const MiB = 1024 * 1024;
const PLATFORMS = [
  { os: "linux", architecture: "amd64" },
  { os: "linux", architecture: "arm64" },
];
/** What all images of the demo are built on. */
const BASE: LayerSpec = { seed: "base", bytes: 8 * MiB };

const app = (version: string) =>
  randomIndex({
    seed: `app ${version}`,
    platforms: PLATFORMS,
    layers: [BASE, { seed: `app ${version}`, bytes: 2 * MiB }],
  });

/** A multi-platform image that is signed, and a tool in several versions, as a maintainer would have published them. */
export async function publish(registry: TestRegistry): Promise<void> {
  const first = await app("1.0.0");
  await registry.put("hagicode/hagicode", first, "1.0.0");
  await registry.put("hagicode/hagicode", first, "latest");
  await registry.put("hagicode/hagicode", cosignSignature(first.root), cosignTag(first.root));
  for (const version of ["0.9.0", "1.0.0", "1.1.0", "1.2.0-rc.1"]) {
    const layers = [BASE, { seed: `tools ${version}`, bytes: MiB }];
    await registry.put(
      "hagicode/tools",
      await randomImage({ seed: `tools ${version}`, layers, format: "docker" }),
      version,
    );
  }
}

/** The next version: its own layer is new, the base is not. */
export async function changedLatest(registry: TestRegistry): Promise<void> {
  const next = await app("1.1.0");
  await registry.put("hagicode/hagicode", next, "1.1.0");
  await registry.put("hagicode/hagicode", next, "latest");
}
