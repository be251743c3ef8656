import { code, fenced, heading } from "./markdown.ts";
import type { Section } from "./material.ts";
import { deployTag, VERSION, versionEdition } from "./samples.ts";

/** How somebody who deploys finds out that all is as the page says. */
export const checkSection: Section = (material, words) => {
  const { outlets, publishing } = material;
  const tag = deployTag(versionEdition(material, VERSION));
  const images = outlets.map(({ repository }) => `${repository}:${tag}`);
  const intro = () => {
    if (outlets.length === 1) return "contract.check.intro.one";
    return outlets.some(({ adapt }) => adapt) ? "contract.check.intro.adapted" : "contract.check.intro";
  };
  const [primary] = outlets;
  const { release } = publishing;
  return [
    heading(words.text("contract.check")),
    words.text(intro(), { version: code(tag) }),
    fenced(
      "sh",
      images.map((image) => `docker buildx imagetools inspect --format '{{.Manifest.Digest}}' ${image}`),
    ),
    words.text("contract.check.skopeo"),
    fenced(
      "sh",
      images.map((image) => `skopeo inspect --raw docker://${image} | sha256sum`),
    ),
    words.text("contract.check.slipway"),
    fenced("sh", [verifyCommand()]),
    words.text("contract.check.digest", { image: code(`${primary?.repository}@sha256:…`) }),
    ...(release === undefined ? [] : [words.text("contract.check.release")]),
  ];

  /** Where the tag is the version, the registries can be named, and no configuration is needed. */
  function verifyCommand(): string {
    if (tag !== VERSION) return `slipway verify ${VERSION}`;
    const named = outlets.map(({ repository }) => `--image ${repository}`);
    const github = release?.github === undefined ? [] : [`--github ${release.github}`];
    const parts = [`slipway verify ${VERSION}`, ...named, ...github];
    return parts.join(parts.length > 2 ? " \\\n  " : " ");
  }
};
