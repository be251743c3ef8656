import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { failure } from "../../../words/error.ts";

/** PEM texts that other tools' folders hold for a host. */
export interface HostCertificates {
  readonly authorities: readonly string[];
  readonly cert?: string;
  readonly key?: string;
}

/** Where containers and Docker look, in their order; the first that has a folder for the host is the only one read. */
export function certificateFolders(home: string): readonly string[] {
  return [join(home, ".config/containers/certs.d"), "/etc/containers/certs.d", "/etc/docker/certs.d"];
}

/**
 * Reads `<folder>/<host:port>/`: every `*.crt` is an authority, the first `*.cert` with its `*.key` is ours.
 * https://docs.docker.com/engine/security/certificates/
 * https://github.com/containers/image/blob/main/docs/containers-certs.d.5.md
 * @throws TLS_FILE_INVALID when something there cannot be read, or a certificate has no key
 */
export function hostCertificates(host: string, folders: readonly string[]): HostCertificates {
  for (const folder of folders) {
    const own = join(folder, host);
    const names = listFolder(own, host);
    if (names === undefined) continue;
    const read = (name: string) => readPem(join(own, name), host);
    const authorities = names.filter((name) => name.endsWith(".crt")).map(read);
    const certificate = names.find((name) => name.endsWith(".cert"));
    if (certificate === undefined) return { authorities };
    return { authorities, cert: read(certificate), key: read(certificate.replace(/\.cert$/, ".key")) };
  }
  return { authorities: [] };
}

function listFolder(folder: string, host: string): readonly string[] | undefined {
  try {
    return readdirSync(folder).sort();
  } catch (error) {
    if (codeOf(error) === "ENOENT" || codeOf(error) === "ENOTDIR") return undefined;
    throw failure("TLS_FILE_INVALID", { host, file: folder, reason: codeOf(error) }, { cause: error });
  }
}

function readPem(file: string, host: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw failure("TLS_FILE_INVALID", { host, file, reason: codeOf(error) }, { cause: error });
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : String(error);
}
