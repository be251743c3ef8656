import { readFile } from "node:fs/promises";
import type { RequestOptions } from "node:https";
import { homedir } from "node:os";
import { join } from "node:path";
import { failure } from "../words/error.ts";
import { onStorage } from "./storage-failure.ts";

/** Names and values, as `process.env` has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Where a Docker engine listens. */
export interface DockerHost {
  /** How people write it: `unix:///var/run/docker.sock`. */
  readonly name: string;
  readonly isTls: boolean;
  /** What `node:http` needs to get there. */
  readonly options: RequestOptions;
}

/**
 * The engine that `docker` would use: DOCKER_HOST, DOCKER_TLS_VERIFY and DOCKER_CERT_PATH, else the usual socket.
 * https://docs.docker.com/reference/cli/docker/#environment-variables
 * @throws DAEMON_UNREACHABLE for an address that is neither unix:// nor tcp://; STORAGE_FAILED for missing certificates
 */
export async function dockerHost(environment: Environment): Promise<DockerHost> {
  const name = environment.DOCKER_HOST || "unix:///var/run/docker.sock";
  const socketPath = /^unix:\/\/(\/.+)$/.exec(name)?.[1];
  if (socketPath !== undefined) return { name, isTls: false, options: { socketPath } };
  const reason = "only unix:///PATH and tcp://HOST:PORT are known";
  if (!/^(?:tcp|https?):\/\//.test(name) || !URL.canParse(name)) {
    throw failure("DAEMON_UNREACHABLE", { socket: name, reason });
  }
  const url = new URL(name.replace(/^tcp:/, "http:"));
  const isTls = url.protocol === "https:" || Boolean(environment.DOCKER_TLS_VERIFY);
  const place = { host: url.hostname.replace(/^\[|\]$/g, ""), port: url.port || (isTls ? 2376 : 2375) };
  if (!isTls) return { name, isTls, options: place };
  const folder = environment.DOCKER_CERT_PATH || join(homedir(), ".docker");
  const read = (file: string) => onStorage(join(folder, file), () => readFile(join(folder, file)));
  const [ca, cert, key] = await Promise.all([read("ca.pem"), read("cert.pem"), read("key.pem")]);
  return { name, isTls, options: { ...place, ca, cert, key } };
}
