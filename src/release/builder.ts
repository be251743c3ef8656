import { join, resolve } from "node:path";
import { type Builder, chooseBuilder, findDockerfile, type LayerSource } from "../build/index.ts";
import type { BuildSettings } from "../config/slipway/publishing.ts";
import type { Run } from "./run.ts";
import { fillVersion } from "./version-template.ts";

/** What it takes to know the builder. */
export type BuilderMaterial = Pick<Run, "project" | "edition" | "environment" | "signal" | "openImage">;

/** What the configuration says about building, as the builders take it. @throws DOCKERFILE_MISSING, BUILDER_NONE */
export function builderFor(run: BuilderMaterial): Promise<Builder> {
  return builderWith(run, findDockerfile);
}

/**
 * The same before there is a package, which may be what brings the Dockerfile: its usual name then stands for it.
 * @throws DOCKERFILE_MISSING, BUILDER_NONE
 */
export function expectedBuilder(run: BuilderMaterial): Promise<Builder> {
  if (run.project.publishing.source === undefined) return builderFor(run);
  return builderWith(run, (context) => findDockerfile(context).catch(() => join(context, "Dockerfile")));
}

async function builderWith(run: BuilderMaterial, find: (context: string) => Promise<string>): Promise<Builder> {
  const { folder, publishing } = run.project;
  const settings: BuildSettings = publishing.build ?? { with: "auto" };
  const platforms = settings.platforms ?? [];
  const at = (path: string) => resolve(folder, path);
  if (settings.with === "layers") {
    const from = settings.from ?? "scratch";
    return {
      with: "layers",
      from: from === "scratch" ? from : await run.openImage(from),
      layers: settings.layers.map((layer): LayerSource => {
        const { to } = layer;
        return layer.folder === undefined ? { to, file: at(layer.file ?? "") } : { to, folder: at(layer.folder) };
      }),
      config: settings.config ?? {},
      platforms,
    };
  }
  const context = at(settings.context ?? ".");
  const args = Object.entries(settings.args ?? {}).map(
    ([key, value]) => [key, fillVersion(value, run.edition.version, `build.args.${key}`)] as const,
  );
  const wishes = {
    args: Object.fromEntries(args),
    platforms,
    dockerfile: settings.dockerfile === undefined ? await find(context) : join(context, settings.dockerfile),
    ...(settings.target !== undefined && { target: settings.target }),
    ...(settings.cacheFrom !== undefined && { cacheFrom: settings.cacheFrom }),
    ...(settings.cacheTo !== undefined && { cacheTo: settings.cacheTo }),
    ...(settings.provenance !== undefined && { provenance: settings.provenance }),
    ...(settings.sbom !== undefined && { sbom: settings.sbom }),
  };
  if (settings.with === "auto") return chooseBuilder(run.environment, context, wishes, run.signal);
  return { ...wishes, with: settings.with, context };
}
