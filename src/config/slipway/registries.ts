import { failure } from "../../words/error.ts";
import { type CredentialEntry, parsePrefix } from "../credentials.ts";
import { type Notice, notice } from "../notice.ts";
import { formatPlace } from "../reading/place.ts";
import type { Problems } from "../reading/problems.ts";
import { type Entry, entryOf } from "../reading/tree.ts";
import { Refusal } from "../refusal.ts";
import { registrySchema } from "../schema/sections.ts";
import { validate } from "../schema/validate.ts";
import { type LoginEntry, readLogin } from "./logins.ts";

/** One of `registries:`. */
export interface Registry {
  readonly name: string;
  /** As it was written: a repository or, for credentials alone, what repositories begin with. */
  readonly image: string;
  readonly credential?: CredentialEntry;
  /** In place of a credential: how to get one for a while. */
  readonly login?: LoginEntry;
  /** Whether images are adapted for it, where it refuses some of them. */
  readonly adapt?: boolean;
  /** Whether a release may not be without it. */
  readonly required: boolean;
}

/** Reads one entry of `registries:`. */
export function readRegistry(entry: Entry, problems: Problems, tell: (notice: Notice) => void): Registry | undefined {
  const written = validate(registrySchema, entry.value, problems);
  if (written === undefined) return undefined;
  const { image, adapt, required = true } = written;
  const credential = readCredential(entry, written, problems, tell);
  const login = written.login && readLogin(entry, image, written.login, problems);
  if (written.login !== undefined && (written.username ?? written.password) !== undefined) {
    const where = formatPlace(entryOf(entry.value, "login")?.place ?? entry.place);
    const reason = "it stands in place of username and password";
    problems.add(failure("CONFIG_VALUE_INVALID", { where, key: "login", reason }));
  }
  return {
    name: entry.key,
    image,
    required,
    ...(credential !== undefined && { credential }),
    ...(login !== undefined && { login }),
    ...(adapt !== undefined && { adapt }),
  };
}

/** User name and password come together, or not at all. */
function readCredential(
  entry: Entry,
  { image, username, password }: { image: string; username?: string | undefined; password?: string | undefined },
  problems: Problems,
  tell: (notice: Notice) => void,
): CredentialEntry | undefined {
  if (username === undefined && password === undefined) return undefined;
  if (username === undefined || password === undefined) {
    const key = username === undefined ? "username" : "password";
    problems.add(failure("CONFIG_KEY_MISSING", { where: formatPlace(entry.value.place), key }));
    return undefined;
  }
  const prefix = parsePrefix(image);
  if (username === "" && password === "") {
    tell(notice("notice.docker-configuration", { where: formatPlace(entry.place), prefix }));
    return undefined;
  }
  const origin = `${entry.place.file}:${entry.place.line} (registries.${entry.key})`;
  return { prefix, username, password, origin };
}

/** What the names of repositories begin with for which images are adapted. */
export function adaptingPrefixes(registries: readonly Registry[]): readonly string[] {
  return registries.filter(({ adapt }) => adapt === true).map(({ image }) => parsePrefix(image));
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
