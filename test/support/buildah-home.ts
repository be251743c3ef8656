import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * Gives buildah a storage of its own, and one registry for all base images in place of those that Dockerfiles name.
 * https://github.com/containers/image/blob/main/docs/containers-registries.conf.5.md
 * https://github.com/containers/storage/blob/main/docs/containers-storage.conf.5.md
 * @param folder is made
 * @param registry `127.0.0.1:5000`; it speaks plain HTTP
 * @returns what buildah has to find in its environment
 */
export async function buildahHome(folder: string, registry: string): Promise<Readonly<Record<string, string>>> {
  await mkdir(folder, { recursive: true });
  const storage = join(folder, "storage.conf");
  const registries = join(folder, "registries.conf");
  const place = (name: string) => JSON.stringify(join(folder, name));
  await writeFile(storage, `[storage]\ndriver = "vfs"\ngraphroot = ${place("images")}\nrunroot = ${place("run")}\n`);
  const mirrors = ["docker.io", "mcr.microsoft.com"].map(
    (prefix) => `[[registry]]\nprefix = "${prefix}"\nlocation = "${registry}"\ninsecure = true\n`,
  );
  await writeFile(registries, mirrors.join("\n"));
  return { CONTAINERS_STORAGE_CONF: storage, CONTAINERS_REGISTRIES_CONF: registries };
}
