import type { Environment } from "../../target/docker-host.ts";
import { failure } from "../../words/error.ts";
import { askDocker } from "./engine.ts";

/** What buildx calls a builder: a BuildKit that it can use. https://docs.docker.com/build/builders/ */
export interface BuildxInstance {
  readonly name: string;
  /** `docker`, `docker-container`, `kubernetes`, `remote` */
  readonly driver: string;
}

/**
 * The instance that can give an OCI archive: the chosen one, else one in a container. The engine's own BuildKit (driver
 * `docker`) can only where the engine keeps its images in containerd.
 * https://docs.docker.com/build/exporters/oci-docker/, https://docs.docker.com/engine/storage/containerd/
 * @throws BUILDX_CANNOT_EXPORT
 */
export async function exportingInstance(environment: Environment, signal?: AbortSignal): Promise<BuildxInstance> {
  const chosen = parseInspect((await askDocker(["buildx", "inspect"], environment, signal)) ?? "");
  if (chosen !== undefined && chosen.driver !== "docker") return chosen;
  if (chosen !== undefined) {
    const status = await askDocker(["info", "--format={{json .DriverStatus}}"], environment, signal);
    if (status?.includes("io.containerd.snapshotter") === true) return chosen;
  }
  const listed = parseList((await askDocker(["buildx", "ls"], environment, signal)) ?? "");
  const contained = listed.find(({ driver }) => driver === "docker-container");
  if (contained !== undefined) return contained;
  const { name, driver } = chosen ?? { name: "default", driver: "docker" };
  throw failure("BUILDX_CANNOT_EXPORT", { instance: name, driver });
}

/** Reads what `docker buildx inspect` prints. */
export function parseInspect(text: string): BuildxInstance | undefined {
  const name = /^Name:\s*(\S+)/m.exec(text)?.[1];
  const driver = /^Driver:\s*(\S+)/m.exec(text)?.[1];
  return name === undefined || driver === undefined ? undefined : { name, driver };
}

/** Reads the table of `docker buildx ls`, in its older and newer form: the nodes of an instance are indented below it. */
export function parseList(text: string): readonly BuildxInstance[] {
  const lines = text.split("\n").filter((line) => /^[^\s\\]/.test(line) && !line.startsWith("NAME/NODE"));
  return lines.flatMap((line) => {
    const [name = "", driver] = line.replace(/\s*\*/, " ").trim().split(/\s+/);
    return driver === undefined ? [] : [{ name, driver }];
  });
}
