import { randomUUID } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { SERVICE } from "../registry/guard.ts";
import type { Rights } from "../registry/options.ts";
import { type Folder, inFolder } from "./folder.ts";
import { ISSUER } from "./jwt.ts";
import { run, startProgram } from "./program.ts";
import { startTokenServer, type TokenServer } from "./token-server.ts";

const DOCKER_REGISTRY = { name: "docker-registry", aptPackage: "docker-registry" };
const HTPASSWD = { name: "htpasswd", aptPackage: "apache2-utils" };

export interface DockerRegistryOptions {
  /** Default: everybody may do everything. `expiresInSeconds` is kept to the second, rounded down. */
  readonly auth?:
    | { readonly kind: "none" }
    | { readonly kind: "basic"; readonly users: Readonly<Record<string, string>> }
    | ({ readonly kind: "token"; readonly expiresInSeconds: number } & Rights);
  /** Default on. */
  readonly deletes?: boolean;
  /** Whom it tells of what is pushed, and the token that goes along. https://distribution.github.io/distribution/about/notifications/ */
  readonly tells?: { readonly url: string; readonly token: string };
}

/** Debian's docker-registry, running. */
export interface DockerRegistry extends AsyncDisposable {
  /** `127.0.0.1:5000` */
  readonly host: string;
  readonly origin: string;
  /** Where its files are. */
  readonly folder: string;
  /** With token authentication: who gives them. */
  readonly tokens: TokenServer | undefined;
}

/** Starts it on a free port, with its files in a temporary folder. */
export function startDockerRegistry(options: DockerRegistryOptions = {}): Promise<DockerRegistry> {
  return inFolder("docker-registry", async (folder) => {
    const { auth = { kind: "none" } } = options;
    const tokens = auth.kind === "token" ? await startTokenServer(auth) : undefined;
    try {
      const config = await writeConfig(folder, options, await authConfig(folder, auth, tokens));
      const program = await startProgram({
        tool: DOCKER_REGISTRY,
        args: ["serve", config],
        announced: /listening on 127\.0\.0\.1:(\d+)/,
      });
      const host = `127.0.0.1:${program.port}`;
      return {
        host,
        origin: `http://${host}`,
        folder: folder.path,
        tokens,
        [Symbol.asyncDispose]: async () => {
          await Promise.all([program.stop(), tokens?.[Symbol.asyncDispose]()]);
          await folder.remove();
        },
      };
    } catch (error) {
      await tokens?.[Symbol.asyncDispose]();
      throw error;
    }
  });
}

/** https://distribution.github.io/distribution/about/configuration/; JSON is YAML, too. */
async function writeConfig(folder: Folder, options: DockerRegistryOptions, auth: object): Promise<string> {
  const file = join(folder.path, "config.yml");
  const config = {
    version: "0.1",
    log: { level: "info", accesslog: { disabled: true } },
    storage: {
      filesystem: { rootdirectory: join(folder.path, "files") },
      delete: { enabled: options.deletes ?? true },
      maintenance: { uploadpurging: { enabled: false } },
    },
    http: { addr: "127.0.0.1:0", secret: randomUUID() },
    ...(options.tells !== undefined && { notifications: { endpoints: [endpointOf(options.tells)] } }),
    ...auth,
  };
  await writeFile(file, JSON.stringify(config));
  return file;
}

function endpointOf({ url, token }: NonNullable<DockerRegistryOptions["tells"]>): object {
  const headers = { Authorization: [`Bearer ${token}`] };
  return { name: "told", url, headers, timeout: "2s", threshold: 5, backoff: "1s" };
}

async function authConfig(
  folder: Folder,
  auth: NonNullable<DockerRegistryOptions["auth"]>,
  tokens: TokenServer | undefined,
): Promise<object> {
  if (auth.kind === "basic") {
    const lines = Object.entries(auth.users).map(([user, password]) => run(HTPASSWD, ["-Bbn", user, password]));
    const path = join(folder.path, "htpasswd");
    await writeFile(path, (await Promise.all(lines)).join(""));
    return { auth: { htpasswd: { realm: SERVICE, path } } };
  }
  if (tokens === undefined) return {};
  const rootcertbundle = join(folder.path, "tokens.crt");
  await writeFile(rootcertbundle, tokens.certificate);
  return { auth: { token: { realm: tokens.realm, service: SERVICE, issuer: ISSUER, rootcertbundle } } };
}
