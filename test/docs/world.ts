import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { makeAuthority, startTinyproxy } from "../../src/registry/transport/connection/test-support.ts";
import { buildahHome } from "../support/buildah-home.ts";
import type { Meanwhile, Page } from "./page.ts";
import { openProject } from "./project.ts";
import { ACCOUNTS, Registries } from "./registries.ts";
import { type Services, startServices } from "./services.ts";
import { standIns } from "./stand-ins.ts";

/** Where the pages' reader works. */
const READERS_FOLDER = "/home/me/mirror";

/** The forms that a registry's address has in what Slipway writes: itself, a name in a config, a variable's name. */
const FORMS: readonly ((address: string) => string)[] = [
  (address) => address,
  (address) => address.replace(/[.:]/g, "-"),
  (address) => `${/^\d/.test(address) ? "REGISTRY_" : ""}${address.replace(/[.:-]/g, "_").toUpperCase()}`,
];

export interface Ended {
  readonly code: number;
  /** Both streams, as a terminal shows them, with the names that the page uses. */
  readonly output: string;
}

/** A reader's machine: a checkout of its own, and servers of this process behind the names that pages use. */
export class World implements AsyncDisposable {
  readonly #root: string;
  readonly #registries: Registries;
  readonly #addresses: ReadonlyMap<string, string>;
  readonly #environment: Readonly<Record<string, string>>;
  readonly #closing: AsyncDisposableStack;

  private constructor(
    root: string,
    registries: Registries,
    addresses: ReadonlyMap<string, string>,
    environment: Readonly<Record<string, string>>,
    closing: AsyncDisposableStack,
  ) {
    this.#root = root;
    this.#registries = registries;
    this.#addresses = addresses;
    this.#environment = environment;
    this.#closing = closing;
  }

  /** With what a page needs. */
  static async start(page: Page): Promise<World> {
    const closing = new AsyncDisposableStack();
    const root = await mkdtemp(join(tmpdir(), "slipway-docs-"));
    closing.defer(() => rm(root, { recursive: true }));
    for (const folder of ["here/certs", "home", "tls"]) await mkdir(join(root, folder), { recursive: true });
    const authority = await makeAuthority(join(root, "tls"));
    await writeFile(join(root, "here/certs/internal-ca.pem"), authority.ca);
    const registries = closing.use(await Registries.start(authority.server));
    const proxy = closing.use(await startTinyproxy(join(root, "tls")));
    const services = closing.use(await startServices(page));
    await openProject(join(root, "here"), join(root, "home"));
    const addresses = new Map([...registries.hosts, ...services.addresses, ["proxy.internal:3128", proxy.host]]);
    const environment = {
      ...environmentOf(root, await standIns(join(root, "bin"))),
      ...variablesOf(services),
      ...(await buildahHome(join(root, "buildah"), registries.hosts.get("docker.io") ?? "")),
    };
    return new World(root, registries, addresses, environment, closing);
  }

  get folder(): string {
    return join(this.#root, "here");
  }

  /** Takes a registry away, or brings it back empty. */
  turn(registry: string, state: Meanwhile["state"]): Promise<void> {
    return this.#registries.turn(registry, state);
  }

  /** Writes a file of the page. What builds a Dockerfile has its own way to what that names. */
  async write(file: string, text: string): Promise<void> {
    const path = join(this.folder, file);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, file.endsWith("Dockerfile") ? text : this.#here(text));
  }

  /** Runs what a page has a shell run; the first command that fails ends it. */
  run(script: string, environment: Readonly<Record<string, string>> = {}, folder = this.folder): Promise<Ended> {
    const options = { cwd: folder, env: { ...this.#environment, ...environment }, maxBuffer: 1e7 };
    return new Promise((resolve) => {
      execFile("sh", ["-e", "-c", `exec 2>&1\n${this.#here(script)}`], options, (error, output) => {
        const code = error === null ? 0 : Number(error.code ?? -1);
        resolve({ code, output: this.#there(output) });
      });
    });
  }

  /** The names of the variables that a reader has set. */
  get variables(): readonly string[] {
    return Object.keys(this.#environment);
  }

  #here(text: string): string {
    let changed = text;
    for (const [name, address] of this.#addresses) {
      const whole = new RegExp(`(?<![\\w.]|\\w-)${name.replaceAll(".", "\\.")}(?![\\w.-])`, "g");
      changed = changed.replace(whole, address);
    }
    return changed;
  }

  #there(text: string): string {
    let changed = text.replaceAll(this.folder, READERS_FOLDER).replaceAll(join(this.#root, "home"), "/home/me");
    for (const [name, address] of this.#addresses) {
      for (const form of FORMS) changed = changed.replaceAll(form(address), form(name));
    }
    return changed;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#closing.disposeAsync();
  }
}

function variablesOf({ github, sasUrl }: Services): Readonly<Record<string, string>> {
  return {
    GITHUB_API_URL: github.apiUrl,
    GITHUB_TOKEN: github.token,
    ...(sasUrl !== undefined && { AZURE_BLOB_SAS_URL: sasUrl }),
  };
}

function environmentOf(root: string, programs: string): Readonly<Record<string, string>> {
  const [azure = [], aliyun = [], github = []] = Object.values(ACCOUNTS);
  const home = join(root, "home");
  return {
    PATH: `${programs}:/usr/bin:/bin`,
    HOME: home,
    XDG_RUNTIME_DIR: home,
    NODE_COMPILE_CACHE: join(tmpdir(), "slipway-docs-compiled"),
    LANG: "C.UTF-8",
    AZURE_ACR_USERNAME: azure[0] ?? "",
    AZURE_ACR_PASSWORD: azure[1] ?? "",
    ALIYUN_ACR_USERNAME: aliyun[0] ?? "",
    ALIYUN_ACR_PASSWORD: aliyun[1] ?? "",
    GHCR_USERNAME: github[0] ?? "",
    GHCR_TOKEN: github[1] ?? "",
  };
}
