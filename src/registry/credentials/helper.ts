import { execFile } from "node:child_process";
import { failure } from "../../words/error.ts";
import type { Credential } from "./credential.ts";

const TIMEOUT_MS = 30_000;
const MAX_ANSWER_BYTES = 1024 * 1024;
/** The key of Docker Hub in Docker's own configuration and in its helpers. */
const DOCKER_HUB = "https://index.docker.io/v1/";
const NOT_FOUND = "credentials not found in native keychain";
/** The user name by which a helper says that its secret is a refresh token. */
const TOKEN_USER = "<token>";

export interface HelperOptions {
  /** Where `docker-credential-*` is looked for (`PATH`), and what it runs with. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Milliseconds a helper may take. Default 30,000. */
  readonly timeout?: number;
}

/**
 * Runs Docker's credential helpers, each once for a host: their answers are kept until {@link forget}.
 * https://github.com/docker/docker-credential-helpers#development
 */
export class CredentialHelpers {
  readonly #env: HelperOptions["env"];
  readonly #timeout: number;
  readonly #answers = new Map<string, Map<string, Promise<Credential | undefined>>>();

  constructor(options: HelperOptions) {
    this.#env = options.env;
    this.#timeout = options.timeout ?? TIMEOUT_MS;
  }

  /**
   * What the helper `docker-credential-<name>` knows of a host, or nothing. `section` says, for the origin, where it
   * is configured: `credsStore` or `credHelpers`.
   * @throws CREDENTIAL_HELPER_FAILED when it is missing, fails, takes too long or answers nonsense
   */
  get(name: string, host: string, section: string): Promise<Credential | undefined> {
    const answers = this.#answers.get(host) ?? new Map<string, Promise<Credential | undefined>>();
    this.#answers.set(host, answers);
    const known = answers.get(name);
    if (known !== undefined) return known;
    const asked = this.#ask(name, host, section);
    answers.set(name, asked);
    asked.catch(() => answers.delete(name));
    return asked;
  }

  /** Asks again next time: short-lived secrets (ECR, gcloud) end before the process does. */
  forget(host: string): void {
    this.#answers.delete(host);
  }

  async #ask(name: string, host: string, section: string): Promise<Credential | undefined> {
    const helper = `docker-credential-${name}`;
    const fail = (reason: string) => failure("CREDENTIAL_HELPER_FAILED", { helper, host, reason });
    if (!/^[\w.-]+$/.test(name)) throw fail("its name is not a plain file name");
    const run = await this.#run(helper, host === "docker.io" ? DOCKER_HUB : host);
    if (run.reason !== undefined) {
      if (run.output.trim() === NOT_FOUND) return undefined;
      throw fail(run.reason);
    }
    const answer = parseAnswer(run.output);
    if (answer === undefined) throw fail("its answer is not {ServerURL, Username, Secret}");
    const { username, secret } = answer;
    const origin = `${helper} (${section})`;
    if (username === "" && secret === "") return undefined;
    if (username === TOKEN_USER) return { kind: "refresh", token: secret, origin };
    return { kind: "basic", username, password: secret, origin };
  }

  /** Runs `helper get`, the server on its standard input. Never through a shell. */
  #run(helper: string, server: string): Promise<{ readonly output: string; readonly reason?: string }> {
    const options = { env: this.#env, timeout: this.#timeout, maxBuffer: MAX_ANSWER_BYTES };
    return new Promise((resolve) => {
      const child = execFile(helper, ["get"], options, (error, stdout, stderr) => {
        if (error === null) resolve({ output: stdout });
        else resolve({ output: stdout, reason: this.#reasonOf(error, `${stderr}\n${stdout}`) });
      });
      // A helper may end without reading: its exit code tells more than our broken pipe.
      child.stdin?.on("error", () => {});
      child.stdin?.end(server);
    });
  }

  #reasonOf(error: Error & { code?: unknown; killed?: boolean | undefined }, output: string): string {
    if (error.code === "ENOENT") return "it is not on PATH";
    if (error.code === "EACCES") return "it is not executable";
    if (error.code === "ERR_CHILD_PROCESS_STDIO_MAXBUFFER") return "its answer is too long";
    if (error.killed === true) return `no answer within ${this.#timeout / 1000} s`;
    const exit = typeof error.code === "number" ? `exit code ${error.code}` : "it was killed";
    const line = output.split("\n").find((text) => text.trim() !== "");
    // What looks like an answer may hold a secret, whatever the exit code.
    return line === undefined || /[{}]/.test(output) ? exit : `${exit}: ${line.trim().slice(0, 200)}`;
  }
}

function parseAnswer(text: string): { readonly username: string; readonly secret: string } | undefined {
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof answer !== "object" || answer === null || !("Username" in answer && "Secret" in answer)) return undefined;
  const { Username: username, Secret: secret } = answer;
  return typeof username === "string" && typeof secret === "string" ? { username, secret } : undefined;
}
