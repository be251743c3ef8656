import { descriptorOf } from "../../src/oci/descriptor.ts";
import { indexOf, type LayerSpec, randomImage, type TestImage } from "../../src/testing/index.ts";

/** Images to be copied, and where they stand. */
export interface Shipment {
  readonly entries: readonly ShipmentEntry[];
}

export interface ShipmentEntry {
  readonly repository: string;
  readonly tag: string;
  readonly image: TestImage;
}

const KiB = 1024;
const MiB = 1024 * KiB;
const PLATFORMS = ["amd64", "arm64"].map((architecture) => ({ os: "linux", architecture }));

/** How the layers of an image share its size. */
const SHARES = [1 / 2, 1 / 4, 3 / 16, 1 / 16];

/** One image for two platforms, with four layers each; so much in all. */
export async function bigImage(mebibytes: number): Promise<Shipment> {
  const platforms = PLATFORMS.map(async (platform) => {
    const layers = SHARES.map((share, at) => ({
      seed: `${platform.architecture} ${at}`,
      bytes: ((mebibytes * MiB) / PLATFORMS.length) * share,
    }));
    return randomImage({ seed: platform.architecture, platform, layers });
  });
  return {
    entries: [{ repository: `bench/big-${mebibytes}`, tag: "1.0", image: indexOf(await Promise.all(platforms)) }],
  };
}

/** Repositories with ten images each: a base that all share, a layer of the repository, one of the image's own. */
export async function manyImages(images: number): Promise<Shipment> {
  const perRepository = 10;
  const base: LayerSpec = { seed: "base", bytes: MiB };
  const numbers = Array.from({ length: images }, (_, at) => at);
  const entries = numbers.map(async (at) => {
    const repository = `bench/app-${Math.floor(at / perRepository)}`;
    const layers = [base, { seed: repository, bytes: 256 * KiB }, { seed: `image ${at}`, bytes: 16 * KiB }];
    return { repository, tag: `1.${at % perRepository}`, image: await randomImage({ seed: `image ${at}`, layers }) };
  });
  return { entries: await Promise.all(entries) };
}

/** One repository with many tags: images with the same layers and a configuration of their own. */
export async function manyTags(tags: number): Promise<Shipment> {
  const layers = ["a", "b"].map((name): LayerSpec => ({ seed: `tags ${name}`, bytes: 4 * KiB }));
  const numbers = Array.from({ length: tags }, (_, at) => at);
  const entries = numbers.map(async (at) => {
    return { repository: "bench/tags", tag: `1.0.${at}`, image: await randomImage({ seed: `tag ${at}`, layers }) };
  });
  return { entries: await Promise.all(entries) };
}

/** One repository with very many tags: manifests that differ in a label and share everything else. */
export async function surveyedTags(tags: number): Promise<Shipment> {
  const { manifests, blobs } = await randomImage({ seed: "surveyed" });
  const [{ bytes = new Uint8Array(), descriptor: { mediaType = "" } = {} } = {}] = manifests;
  const manifest: object = JSON.parse(Buffer.from(bytes).toString());
  const entries = Array.from({ length: tags }, (_, at) => {
    const tag = `v${String(at).padStart(6, "0")}`; // in the order in which registries list them
    const labelled = Buffer.from(JSON.stringify({ ...manifest, annotations: { tag } }));
    const root = descriptorOf(labelled, mediaType);
    return {
      repository: "bench/surveyed",
      tag,
      image: { root, manifests: [{ descriptor: root, bytes: labelled }], blobs },
    };
  });
  return { entries };
}
