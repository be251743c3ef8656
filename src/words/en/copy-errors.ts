export const copyErrors = {
  ATTESTATION_REFUSED: {
    message:
      "{host} refuses {digest}, which is listed beside the images: an attestation or other artifact ({type}): {detail}",
    hint: "`--adapt`, or `adapt: true` in the configuration, sends the images without it, under another digest; to keep one digest, build without it (BuildKit: `provenance: false`, `sbom: false`)",
  },
  REFERRER_REFUSED: {
    message:
      "{host} refuses {digest}, which refers to the image: a signature, attestation or other artifact ({type}): {detail}",
    hint: "`--adapt`, or `adapt: true` in the configuration, sends the image without it; `referrers: false` sends none of them anywhere",
  },
  NESTED_INDEX_REFUSED: {
    message: "{host} refuses {digest}, an index that lists other indexes: {detail}",
    hint: "`--adapt`, or `adapt: true` in the configuration, sends one index of all that they list, under another digest",
  },
  FOREIGN_LAYERS_REFUSED: {
    message: "{host} refuses {digest}, whose layer {layer} is kept elsewhere: {detail}",
    hint: "Slipway does not fetch such layers: allow their addresses at the registry (distribution: `validation.manifests.urls.allow`), or publish the image with all of its layers",
  },
  DELETE_UNSAFE: {
    message: "{target} deletes by digest only, and {digest} is still needed there by {others}",
    hint: "nothing was deleted: take the tag away on the registry's own page, or let those that share the digest go as well",
  },
} as const;
