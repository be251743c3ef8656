import { failure } from "../../words/error.ts";
import { type CredentialEntry, parsePrefix } from "../credentials.ts";
import { type Notice, notice } from "../notice.ts";
import { formatPlace } from "../reading/place.ts";
import type { Problems } from "../reading/problems.ts";
import type { Entry } from "../reading/tree.ts";
import { Refusal } from "../refusal.ts";
import { registrySchema } from "../schema/sections.ts";
import { validate } from "../schema/validate.ts";

/** One of `registries:`. */
export interface Registry {
  readonly name: string;
  /** As it was written: a repository or, for credentials alone, what repositories begin with. */
  readonly image: string;
  readonly credential?: CredentialEntry;
}

/** Reads one entry of `registries:`. User name and password come together, or not at all. */
export function readRegistry(entry: Entry, problems: Problems, tell: (notice: Notice) => void): Registry | undefined {
  const written = validate(registrySchema, entry.value, problems);
  if (written === undefined) return undefined;
  const { image, username, password } = written;
  const where = formatPlace(entry.place);
  const name = entry.key;
  if (username === undefined && password === undefined) return { name, image };
  if (username === undefined || password === undefined) {
    const key = username === undefined ? "username" : "password";
    problems.add(failure("CONFIG_KEY_MISSING", { where: formatPlace(entry.value.place), key }));
    return { name, image };
  }
  const prefix = parsePrefix(image);
  if (username === "" && password === "") {
    tell(notice("notice.docker-configuration", { where, prefix }));
    return { name, image };
  }
  const origin = `${entry.place.file}:${entry.place.line} (registries.${name})`;
  return { name, image, credential: { prefix, username, password, origin } };
}

/**
 * An image with the name of a registry at its beginning written out: `azure:1.2` → `hagicode.azurecr.io/hagicode:1.2`.
 * A registry's name goes before the same name on Docker Hub.
 * @throws Refusal when that registry has no repository
 */
export function writtenOut(image: string, registries: readonly Registry[]): string {
  const name = /^[^:@/]*/.exec(image)?.[0] ?? "";
  const rest = image.slice(name.length);
  const registry = rest.startsWith("/") ? undefined : registries.find((one) => one.name === name);
  if (registry === undefined) return image;
  if (!registry.image.includes("/")) {
    throw new Refusal(`registries.${name} is the registry ${registry.image} alone, without a repository`);
  }
  return registry.image + rest;
}
