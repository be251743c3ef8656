import assert from "node:assert/strict";
import { collect } from "../../target/bytes.ts";
import type { TestBlob, TestImage } from "../images/image.ts";

export interface RawAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Buffer;
}

export interface RawOptions {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | string;
}

const SMALL_BLOB_BYTES = 1024 * 1024;

/** HTTP as it is, without any help: what a contract is checked with. */
export class RawClient {
  readonly #origin: string;

  constructor(origin: string) {
    this.#origin = origin;
  }

  /** The answer, its body still unread. `target` is a path, or a Location, which may be absolute. */
  open(method: string, target: string, { headers = {}, body }: RawOptions = {}): Promise<Response> {
    return fetch(new URL(target, this.#origin), {
      method,
      headers,
      redirect: "manual",
      ...(body !== undefined && { body: Buffer.from(body) }),
    });
  }

  async send(method: string, target: string, options: RawOptions = {}): Promise<RawAnswer> {
    const response = await this.open(method, target, options);
    const body = Buffer.from(await response.arrayBuffer());
    return { status: response.status, headers: response.headers, body };
  }

  /** Begins an upload; the Location to go on at. */
  async begin(repository: string): Promise<string> {
    return locationOf(await this.send("POST", `/v2/${repository}/blobs/uploads/`), 202);
  }

  async pushBlob(repository: string, blob: TestBlob): Promise<void> {
    const body = await collect(blob.body, SMALL_BLOB_BYTES);
    const location = withDigest(await this.begin(repository), blob.descriptor.digest);
    const answer = await this.send("PUT", location, { headers: OCTETS, body });
    assert.equal(answer.status, 201, answer.body.toString());
  }

  async pushBlobs(repository: string, image: TestImage): Promise<void> {
    for (const blob of image.blobs) await this.pushBlob(repository, blob);
  }

  /** Blobs, then manifests by digest, then the root by its tag. */
  async pushImage(repository: string, image: TestImage, tag: string): Promise<void> {
    await this.pushBlobs(repository, image);
    for (const { descriptor, bytes } of image.manifests) {
      const reference = descriptor.digest === image.root.digest ? tag : descriptor.digest;
      const answer = await this.pushManifest(repository, reference, descriptor.mediaType, bytes);
      assert.equal(answer.status, 201, answer.body.toString());
    }
  }

  pushManifest(repository: string, reference: string, mediaType: string, body: Uint8Array | string) {
    const headers = { "content-type": mediaType };
    return this.send("PUT", `/v2/${repository}/manifests/${reference}`, { headers, body });
  }
}

export const OCTETS = { "content-type": "application/octet-stream" };

export function withDigest(location: string, digest: string): string {
  return `${location}${location.includes("?") ? "&" : "?"}digest=${encodeURIComponent(digest)}`;
}

/** The Location of an answer, whose status is checked. */
export function locationOf(answer: RawAnswer, status: number): string {
  assert.equal(answer.status, status, answer.body.toString());
  const location = answer.headers.get("location");
  assert.ok(location !== null, "there is no Location");
  return location;
}

/** The status, and the first code of an error body. */
export function problemOf(answer: RawAnswer): readonly [number, string] {
  const { errors } = JSON.parse(answer.body.toString());
  return [answer.status, errors[0].code];
}
