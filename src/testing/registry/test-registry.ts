import type { Digest } from "../../oci/digest.ts";
import type { RawManifest } from "../../oci/manifest.ts";
import type { TestImage } from "../images/image.ts";
import type { Content } from "./content.ts";
import type { Faults } from "./faults.ts";
import type { Requests } from "./requests.ts";
import type { State } from "./state.ts";
import type { Upload } from "./uploads.ts";

/** A registry that runs in this process, and the test's hands inside it. */
export class TestRegistry implements AsyncDisposable {
  /** `127.0.0.1:5000` */
  readonly host: string;
  /** `http://127.0.0.1:5000` */
  readonly origin: string;
  readonly requests: Requests;
  readonly faults: Faults;
  readonly #content: Content;
  readonly #uploads: ReadonlyMap<string, Upload>;
  readonly #close: () => Promise<void>;

  constructor(
    address: { readonly host: string; readonly origin: string },
    { content, uploads }: Pick<State, "content" | "uploads">,
    requests: Requests,
    faults: Faults,
    close: () => Promise<void>,
  ) {
    this.host = address.host;
    this.origin = address.origin;
    this.#content = content;
    this.#uploads = uploads;
    this.requests = requests;
    this.faults = faults;
    this.#close = close;
  }

  /** Puts an image there without a request. */
  async put(repository: string, image: TestImage, tag?: string): Promise<void> {
    const shown = this.#content.create(repository);
    for (const { descriptor, body } of image.blobs) {
      if (this.#content.stored(descriptor.digest) === undefined) {
        const incoming = await this.#content.incoming();
        await body(incoming.write);
        await this.#content.keep(repository, incoming, descriptor.digest);
      }
      shown.blobs.add(descriptor.digest);
    }
    for (const manifest of image.manifests) shown.manifests.set(manifest.descriptor.digest, manifest);
    if (tag !== undefined) shown.tags.set(tag, image.root.digest);
  }

  /** Digests by tag; empty where there is no such repository. */
  tags(repository: string): Readonly<Record<string, Digest>> {
    return Object.fromEntries(this.#content.repositories.get(repository)?.tags ?? []);
  }

  repositories(): readonly string[] {
    return [...this.#content.repositories.keys()].sort();
  }

  /** What is there under a tag or digest. */
  manifest(repository: string, reference: string): RawManifest | undefined {
    const shown = this.#content.repositories.get(repository);
    const digest = [...(shown?.manifests.keys() ?? [])].find((known) => known === reference);
    const wanted = digest ?? shown?.tags.get(reference);
    return wanted === undefined ? undefined : shown?.manifests.get(wanted);
  }

  /** The blobs that a repository shows. */
  blobs(repository: string): ReadonlySet<Digest> {
    return this.#content.repositories.get(repository)?.blobs ?? new Set();
  }

  /** Uploads that were begun, and neither finished nor given up. */
  get openUploads(): number {
    return this.#uploads.size;
  }

  /** Takes a blob or a manifest away, as a garbage collector at a bad moment would. */
  collect(repository: string, digest: Digest): void {
    const shown = this.#content.repositories.get(repository);
    shown?.blobs.delete(digest);
    shown?.manifests.delete(digest);
  }

  /** Ends every connection and removes every file. */
  close(): Promise<void> {
    return this.#close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#close();
  }
}
