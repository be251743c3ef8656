import { type IncomingMessage, request as requestPlain } from "node:http";
import { request as requestTls } from "node:https";
import { pipeline } from "node:stream/promises";
import { failure, SlipwayError } from "../words/error.ts";
import type { DockerHost } from "./docker-host.ts";
import type { Body } from "./target.ts";
import { readableOf } from "./through.ts";

/** The calls of the engine's API that move images. https://docs.docker.com/reference/api/engine/ */
export class DockerEngine {
  readonly #host: DockerHost;

  constructor(host: DockerHost) {
    this.#host = host;
  }

  /**
   * The image in the form of `docker save`, as a body; each call asks anew.
   * @throws MANIFEST_UNKNOWN, DAEMON_UNREACHABLE, DAEMON_ANSWER when it is called
   */
  save(image: string): Body {
    return async (sink, { signal } = {}) => {
      const answer = await this.#ask("GET", `/images/${encodeURIComponent(image)}/get`, signal);
      if (answer.statusCode === 404) {
        answer.resume();
        throw failure("MANIFEST_UNKNOWN", { target: `docker-daemon (${this.#host.name})`, reference: image });
      }
      await this.#expectOk(answer, `save ${image}`);
      await this.#receive(answer, async () => {
        for await (const chunk of answer) await sink(chunk);
      });
    };
  }

  /** Gives the engine an archive in the form of `docker save`. @throws DAEMON_UNREACHABLE, DAEMON_ANSWER */
  async load(archive: Body): Promise<void> {
    const answer = await this.#ask("POST", "/images/load?quiet=1", undefined, archive);
    await this.#expectOk(answer, "load the image");
    // The engine says 200 before it looks; an error comes in a line of the body.
    const error = /"error"\s*:\s*"((?:[^"\\]|\\.)*)"/.exec(await this.#text(answer))?.[1];
    if (error !== undefined) throw this.#refused("load the image", error);
  }

  /** Asks whether the engine is there, and nothing else. @throws DAEMON_UNREACHABLE, DAEMON_ANSWER */
  async ping(signal?: AbortSignal): Promise<void> {
    const answer = await this.#ask("GET", "/_ping", signal);
    await this.#expectOk(answer, "answer");
    answer.resume();
  }

  async #expectOk(answer: IncomingMessage, operation: string): Promise<void> {
    if (answer.statusCode === 200) return;
    throw this.#refused(operation, `${answer.statusCode} ${await this.#text(answer)}`);
  }

  /** The first 64 KiB of an answer. The rest is read and dropped. */
  async #text(answer: IncomingMessage): Promise<string> {
    let text = "";
    await this.#receive(answer, async () => {
      answer.setEncoding("utf8");
      for await (const chunk of answer) if (text.length < 65_536) text += chunk;
    });
    return text.trim();
  }

  #refused(operation: string, detail: string): Error {
    return failure("DAEMON_ANSWER", { socket: this.#host.name, operation, detail: detail.slice(0, 1000) });
  }

  #unreachable(cause: Error): Error {
    const reason = "code" in cause ? String(cause.code) : cause.message;
    return failure("DAEMON_UNREACHABLE", { socket: this.#host.name, reason }, { cause, retryable: true });
  }

  /** Names the connection's errors, and leaves those of the receiver as they are. */
  async #receive(answer: IncomingMessage, work: () => Promise<void>): Promise<void> {
    let lost: Error | undefined;
    answer.on("error", (error) => {
      lost = error;
    });
    try {
      await work();
    } catch (thrown) {
      throw thrown === lost && lost !== undefined ? this.#unreachable(lost) : thrown;
    }
  }

  #ask(method: string, path: string, signal?: AbortSignal, body?: Body): Promise<IncomingMessage> {
    const { isTls, options } = this.#host;
    return new Promise((resolve, reject) => {
      const headers = { host: "docker", ...(body !== undefined && { "content-type": "application/x-tar" }) };
      const request = (isTls ? requestTls : requestPlain)({ ...options, method, path, headers, signal });
      const fail = (thrown: Error) => reject(thrown instanceof SlipwayError ? thrown : this.#unreachable(thrown));
      request.on("response", resolve);
      request.on("error", fail);
      if (body === undefined) request.end();
      else pipeline(readableOf(body), request).catch(fail);
    });
  }
}
