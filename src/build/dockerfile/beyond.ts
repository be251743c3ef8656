import type { DockerfileBuilder } from "../request.ts";

/** What a request asks for that only buildx can do. */
export function beyond({ cacheFrom, cacheTo, provenance, sbom }: DockerfileBuilder): readonly string[] {
  const hasCache = (cacheFrom ?? []).length > 0 || (cacheTo ?? []).length > 0;
  return [
    ...(hasCache ? ["use a build cache that is kept elsewhere"] : []),
    ...(provenance !== undefined && provenance !== "false" ? ["attest provenance"] : []),
    ...(sbom === true ? ["attest an SBOM"] : []),
  ];
}
