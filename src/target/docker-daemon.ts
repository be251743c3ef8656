import { readSaved } from "./docker-archive.ts";
import { DockerEngine } from "./docker-engine.ts";
import { dockerHost, type Environment } from "./docker-host.ts";
import { type SaveOptions, savedBody } from "./docker-save.ts";
import { writeNewFile } from "./file-writer.ts";
import type { LayoutReader } from "./layout-reader.ts";
import { openScratch } from "./scratch.ts";
import { StagedTarget } from "./staged.ts";
import { openTar } from "./tar-file.ts";

export interface DaemonOptions {
  /** Where the engine's images wait; a temporary folder in it goes away on close. */
  readonly temporaryFolder: string;
  /** DOCKER_HOST and its like. */
  readonly environment: Environment;
}

/**
 * Reads one image of a Docker engine: saves it into a temporary folder, and reads that.
 * @param image its name there, or its ID
 * @throws MANIFEST_UNKNOWN, DAEMON_UNREACHABLE, DAEMON_ANSWER, STORAGE_FULL
 */
export async function openDockerDaemon(name: string, image: string, options: DaemonOptions): Promise<LayoutReader> {
  const engine = new DockerEngine(await dockerHost(options.environment));
  const scratch = await openScratch(options.temporaryFolder);
  try {
    const archive = scratch.fresh();
    await writeNewFile(archive, engine.save(image));
    const tar = await openTar(name, archive, scratch.folder);
    const close = async () => {
      await tar.close();
      await scratch.remove();
    };
    return await readSaved(name, { ...tar, close }, options.temporaryFolder);
  } catch (thrown) {
    await scratch.remove();
    throw thrown;
  }
}

/** Loads images into a Docker engine, when the target is closed. @throws then: DAEMON_UNREACHABLE, DAEMON_ANSWER */
export async function createDockerDaemon(
  name: string,
  save: SaveOptions,
  options: DaemonOptions,
): Promise<StagedTarget> {
  const engine = new DockerEngine(await dockerHost(options.environment));
  const scratch = await openScratch(options.temporaryFolder);
  return new StagedTarget(name, scratch, async (staged) => engine.load(await savedBody(staged, scratch, save)));
}
