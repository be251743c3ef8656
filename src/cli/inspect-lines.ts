import type { Descriptor } from "../oci/descriptor.ts";
import type { ImageIndex, ImageManifest, Manifest } from "../oci/manifest.ts";
import { formatPlatform } from "../oci/platform.ts";
import type { Words } from "../words/words.ts";
import type { Paint } from "./output/color.ts";
import { tableLines } from "./output/table.ts";
import { formatBytes } from "./output/units.ts";
import { printable } from "./output/width.ts";

/** BuildKit puts attestations into the index beside the images. https://docs.docker.com/build/metadata/attestations/attestation-storage/ */
const ATTESTATION = "vnd.docker.reference.type";

/** What an image or an index is, as a page for people. */
export function inspectLines(
  name: string,
  descriptor: Descriptor,
  manifest: Manifest,
  words: Words,
  paint: Paint,
): readonly string[] {
  const { artifactType, subject, annotations = {} } = manifest;
  const head = [
    [words.text("inspect.name"), printable(name)],
    [words.text("inspect.digest"), descriptor.digest],
    [words.text("inspect.type"), descriptor.mediaType],
    ...(artifactType === undefined ? [] : [[words.text("inspect.artifactType"), printable(artifactType)]]),
    ...(subject === undefined ? [] : [[words.text("inspect.subject"), subject.digest]]),
    ...(manifest.kind === "index" ? [] : [[words.text("inspect.size"), formatBytes(sizeOf(manifest))]]),
  ].map(([label = "", value = ""]) => [paint("bold", label), value]);
  return [
    ...tableLines(head),
    ...(manifest.kind === "index" ? indexLines(manifest, words, paint) : layerLines(manifest, words, paint)),
    ...annotationLines(annotations, words, paint),
  ];
}

/** What a pull of it moves: configuration and layers. */
function sizeOf({ config, layers }: ImageManifest): number {
  return [config, ...layers].reduce((sum, blob) => sum + blob.size, 0);
}

function indexLines({ manifests }: ImageIndex, words: Words, paint: Paint): readonly string[] {
  const rows = manifests.map((child) => [
    child.annotations?.[ATTESTATION] === undefined ? platformText(child) : words.text("inspect.attestation"),
    child.digest,
    paint("dim", child.mediaType),
  ]);
  return section(words.text("inspect.platforms"), rows, paint);
}

function platformText({ platform }: Descriptor): string {
  return platform === undefined ? "–" : printable(formatPlatform(platform));
}

function layerLines({ layers }: ImageManifest, words: Words, paint: Paint): readonly string[] {
  const rows = layers.map((layer) => [formatBytes(layer.size), layer.digest, paint("dim", layer.mediaType)]);
  return section(words.text("inspect.layers"), rows, paint, [{ align: "end" }]);
}

function annotationLines(annotations: Readonly<Record<string, string>>, words: Words, paint: Paint): readonly string[] {
  const rows = Object.entries(annotations).map(([key, value]) => [printable(key), printable(value)]);
  return section(words.text("inspect.annotations"), rows, paint);
}

function section(
  title: string,
  rows: readonly (readonly string[])[],
  paint: Paint,
  columns: Parameters<typeof tableLines>[1] = [],
): readonly string[] {
  if (rows.length === 0) return [];
  return ["", paint("bold", title), ...tableLines(rows, columns).map((line) => `  ${line}`)];
}
