import { failure, SlipwayError } from "../../words/error.ts";
import type { Credential, CredentialStore } from "./credential.ts";
import type { DockerConfig, DockerConfigEntry } from "./docker-config-schema.ts";
import { FreshFile } from "./fresh-file.ts";
import type { CredentialHelpers } from "./helper.ts";
import { longestMatch } from "./scope.ts";

/**
 * The credentials of one file in Docker's form, which containers' `auth.json` has, too. For a host the file's helper
 * is asked first (its own of `credHelpers`, where "" means none, else `credsStore`), then `auths`. The file is read again when it changes;
 * one that does not exist holds nothing.
 * https://docs.docker.com/reference/cli/docker/login/#credential-stores
 * https://github.com/containers/image/blob/main/docs/containers-auth.json.5.md
 * @throws CREDENTIAL_FILE_INVALID, CREDENTIAL_HELPER_FAILED
 */
export function dockerConfig(path: string, helpers: CredentialHelpers): CredentialStore {
  const file = new FreshFile(path, parseConfig);
  return {
    async credential(host, repository): Promise<Credential> {
      try {
        const config = (await file.read()) ?? {};
        return (
          (await askHelper(config, helpers, host, repository)) ??
          readAuths(config, host, repository, `${path} (auths)`) ?? { kind: "anonymous", origin: path }
        );
      } catch (cause) {
        if (cause instanceof SlipwayError) throw cause;
        const reason = cause instanceof Error ? cause.message : String(cause);
        throw failure("CREDENTIAL_FILE_INVALID", { file: path, reason }, { cause });
      }
    },
    forget: (host) => helpers.forget(host),
  };
}

/** Its errors name places in the file, never what is written there: a JSON parser's own message would quote it. */
async function parseConfig(text: string): Promise<DockerConfig> {
  // many machines have no such file, and need not load what reads it
  const { DockerConfig } = await import("./docker-config-schema.ts");
  const result = DockerConfig.safeParse(parseJson(text));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new Error(`${issue?.path.join(".") || "the file"}: ${issue?.message ?? "not readable"}`);
}

function parseJson(text: string): unknown {
  try {
    return text.trim() === "" ? {} : JSON.parse(text);
  } catch {
    throw new Error("it is not JSON");
  }
}

async function askHelper(config: DockerConfig, helpers: CredentialHelpers, host: string, repository: string) {
  const own = longestMatch(Object.entries(config.credHelpers ?? {}), host, repository);
  if (own !== undefined) return own === "" ? undefined : await helpers.get(own, host, "credHelpers");
  return config.credsStore ? await helpers.get(config.credsStore, host, "credsStore") : undefined;
}

function readAuths(config: DockerConfig, host: string, repository: string, origin: string): Credential | undefined {
  const filled = Object.entries(config.auths ?? {}).flatMap(([key, entry]) =>
    entry && Object.values(entry).some(Boolean) ? [[key, { key, entry }] as const] : [],
  );
  const found = longestMatch(filled, host, repository);
  return found && readEntry(found.key, found.entry, origin);
}

function readEntry(key: string, entry: DockerConfigEntry, origin: string): Credential {
  if (entry.registrytoken) return { kind: "bearer", token: entry.registrytoken, origin };
  if (entry.identitytoken) return { kind: "refresh", token: entry.identitytoken, origin };
  if (entry.auth) return { kind: "basic", ...decodeAuth(key, entry.auth), origin };
  if (entry.username && entry.password) {
    return { kind: "basic", username: entry.username, password: entry.password, origin };
  }
  throw new Error(`auths.${key}: neither auth nor username and password`);
}

/** `auth` is base64 of `user:password`; Docker once padded the password with zero bytes. */
function decodeAuth(key: string, auth: string): { username: string; password: string } {
  const text = Buffer.from(auth, "base64").toString("utf8");
  const colon = text.indexOf(":");
  if (colon < 1) throw new Error(`auths.${key}.auth: not the base64 of user:password`);
  return { username: text.slice(0, colon), password: text.slice(colon + 1).replace(/^\0+|\0+$/g, "") };
}
