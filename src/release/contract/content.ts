import type { BuildSettings } from "../../config/slipway/publishing.ts";
import type { Words } from "../../words/words.ts";
import { platformsOf, withoutSecrets } from "../targets.ts";
import { bullets, code, heading, plain, table } from "./markdown.ts";
import { type ContractMaterial, listed, type Section } from "./material.ts";
import { deployTag, VERSION, versionEdition } from "./samples.ts";

/** Platforms, what it is built from and by, and what the image says of itself. */
export const contentSection: Section = (material, words) => {
  const build: BuildSettings = material.publishing.build ?? { with: "auto" };
  return [
    heading(words.text("contract.content")),
    bullets([
      platformLine(build, words),
      builderLine(build, words),
      ...attestationLines(build, words),
      ...sourceLines(material, words),
    ]),
    words.text("contract.content.labels"),
    labelTable(material, words),
  ];
};

function platformLine(build: BuildSettings, words: Words): string {
  const platforms = platformsOf(build).map(code);
  if (platforms.length > 0) {
    const key = platforms.length === 1 ? "contract.content.platform" : "contract.content.platforms";
    return words.text(key, { platforms: listed(platforms, words) });
  }
  const isOnBase = build.with === "layers" && baseOf(build) !== undefined;
  return words.text(isOnBase ? "contract.content.platforms.base" : "contract.content.platforms.builder");
}

function builderLine(build: BuildSettings, words: Words): string {
  if (build.with === "layers") {
    const base = baseOf(build);
    return words.text("contract.content.layers", {
      base:
        base === undefined
          ? words.text("contract.content.layers.scratch")
          : words.text("contract.content.layers.base", { image: code(base) }),
    });
  }
  const { context = ".", dockerfile = "Dockerfile", target } = build;
  const file = code(context === "." ? dockerfile : `${context}/${dockerfile}`);
  const facts = { builder: words.text(`contract.content.builder.${build.with}`), dockerfile: file };
  return target === undefined
    ? words.text("contract.content.dockerfile", facts)
    : words.text("contract.content.dockerfile.target", { ...facts, target: code(target) });
}

function baseOf({ from }: Extract<BuildSettings, { with: "layers" }>): string | undefined {
  return from === "scratch" ? undefined : from;
}

function attestationLines(build: BuildSettings, words: Words): readonly string[] {
  if (build.with === "layers") return [];
  const { provenance, sbom } = build;
  return [
    ...(provenance === undefined ? [] : [words.text("contract.content.provenance", { provenance: code(provenance) })]),
    ...(sbom === true ? [words.text("contract.content.sbom")] : []),
  ];
}

function sourceLines({ publishing: { source } }: ContractMaterial, words: Words): readonly string[] {
  if (source === undefined) return [];
  const { origin, checksum } = source;
  const from = () => {
    if (origin.kind === "https") return code(withoutSecrets(origin.url));
    if (origin.kind === "local") return code(origin.path);
    return origin.package === undefined
      ? words.text("contract.content.source.azure")
      : words.text("contract.content.source.azure.named", { name: code(origin.package) });
  };
  const line = words.text("contract.content.source", { package: from() });
  if (checksum === undefined) return [line];
  return [line, words.text("contract.content.source.checksum", { checksum: code(checksum) })];
}

const KNOWN = ["title", "version", "revision", "created", "source", "url"] as const;

/** The usual labels and those of the configuration, which win. */
function labelTable(material: ContractMaterial, words: Words): string {
  const version = code(deployTag(versionEdition(material, VERSION)));
  const known = KNOWN.map((key): [string, string] => [`org.opencontainers.image.${key}`, knownValue(key)]);
  const own = Object.entries(material.publishing.labels ?? {}).map(([key, value]): [string, string] => [
    key,
    code(value),
  ]);
  const rows = [...new Map([...known, ...own])].map(([key, value]) => [code(key), value]);
  return table([words.text("contract.content.head.label"), words.text("contract.content.head.value")], rows);

  function knownValue(key: (typeof KNOWN)[number]): string {
    if (key === "title") return plain(material.name);
    return key === "version" ? words.text("contract.label.version", { version }) : words.text(`contract.label.${key}`);
  }
}
