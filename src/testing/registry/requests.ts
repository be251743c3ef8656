import type { IncomingHttpHeaders } from "node:http";
import type { EndpointKind } from "./endpoint.ts";

/** One request that the registry saw, from its first byte on; filled in while it is answered. */
export interface RecordedRequest {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly kind: EndpointKind;
  readonly repository: string | undefined;
  readonly authorization: "none" | "basic" | "bearer";
  /** As they arrived. */
  readonly headers: IncomingHttpHeaders;
  /** Which connection carried it: 1 is the first. */
  readonly connection: number;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly endedAt: number | undefined;
  /** 0 until, or unless, it was answered. An answer that was lost on purpose keeps its status. */
  readonly status: number;
  /** Bytes of bodies, without headers. */
  readonly bytesIn: number;
  readonly bytesOut: number;
}

export type OpenRecord = { -readonly [Key in keyof RecordedRequest]: RecordedRequest[Key] };

/** All that was asked of a registry, in order. */
export class Requests implements Iterable<RecordedRequest> {
  #list: OpenRecord[] = [];
  #open = 0;
  #mostAtOnce = 0;

  [Symbol.iterator](): Iterator<RecordedRequest> {
    return this.#list[Symbol.iterator]();
  }

  get length(): number {
    return this.#list.length;
  }

  /** The most requests that were being answered at the same time. */
  get mostAtOnce(): number {
    return this.#mostAtOnce;
  }

  /** Requests of a method, of a kind of endpoint, or of both; all where neither is said. */
  of(method?: string, kind?: EndpointKind): readonly RecordedRequest[] {
    return this.#list.filter(
      (request) => (method === undefined || request.method === method) && (kind === undefined || request.kind === kind),
    );
  }

  count(method?: string, kind?: EndpointKind): number {
    return this.of(method, kind).length;
  }

  /** Bytes of the bodies sent to us. */
  bytesIn(method?: string, kind?: EndpointKind): number {
    return this.of(method, kind).reduce((sum, request) => sum + request.bytesIn, 0);
  }

  /** Bytes of the bodies that we sent. */
  bytesOut(method?: string, kind?: EndpointKind): number {
    return this.of(method, kind).reduce((sum, request) => sum + request.bytesOut, 0);
  }

  clear(): void {
    this.#list = [];
    this.#mostAtOnce = this.#open;
  }

  open(record: OpenRecord): void {
    this.#list.push(record);
    this.#open += 1;
    this.#mostAtOnce = Math.max(this.#mostAtOnce, this.#open);
  }

  end(record: OpenRecord): void {
    if (record.endedAt !== undefined) return;
    record.endedAt = Date.now();
    this.#open -= 1;
  }
}
