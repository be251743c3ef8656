import type { Descriptor } from "../oci/descriptor.ts";
import { type Digest, isDigest } from "../oci/digest.ts";
import type { RawManifest } from "../oci/manifest.ts";
import type { Body, PrunableTarget, PushBlobOptions, Pushed, TagOrDigest } from "../target/target.ts";
import { failure } from "../words/error.ts";
import { blobBody, blobExists } from "./blobs.ts";
import { type Capabilities, capabilitiesOf } from "./capabilities.ts";
import { deleteManifest } from "./delete.ts";
import type { Host } from "./host.ts";
import { ruleOf } from "./hosts/index.ts";
import { getManifest, headManifest, putManifest } from "./manifests.ts";
import { type PushProbe, probePush } from "./probe.ts";
import { addReferrer, listReferrers, referrerDescriptor } from "./referrers.ts";
import { listTags } from "./tags.ts";
import { pushBlob } from "./upload/push-blob.ts";

export interface RepositoryOptions {
  /**
   * Called right before a manifest is sent, whatever it had to wait for until then. What it throws is what the push fails
   * with: for whoever may write only until a certain moment.
   */
  readonly beforeWrite?: () => void;
}

/** One repository of a registry. The host is reached when something is first asked of it. */
export class Repository implements PrunableTarget {
  readonly name: string;
  readonly store: string;
  readonly repository: string;
  readonly #host: () => Promise<Host>;
  readonly #options: RepositoryOptions;

  constructor(registry: string, repository: string, host: () => Promise<Host>, options: RepositoryOptions = {}) {
    this.name = `${registry}/${repository}`;
    this.store = registry;
    this.repository = repository;
    this.#host = host;
    this.#options = options;
  }

  async resolve(reference: TagOrDigest): Promise<Descriptor | undefined> {
    return headManifest(await this.#host(), this.repository, reference);
  }

  async manifest(reference: TagOrDigest): Promise<RawManifest> {
    const manifest = await getManifest(await this.#host(), this.repository, reference);
    if (manifest === undefined) throw failure("MANIFEST_UNKNOWN", { target: this.name, reference });
    return manifest;
  }

  async exists(blob: Descriptor): Promise<boolean> {
    return blobExists(await this.#host(), this.repository, blob);
  }

  blob(blob: Descriptor): Body {
    return async (sink, options) => blobBody(await this.#host(), this.repository, this.name, blob)(sink, options);
  }

  async *tags(): AsyncGenerator<readonly string[]> {
    yield* listTags(await this.#host(), this.repository);
  }

  async *digests(): AsyncGenerator<ReadonlyMap<string, Digest>> {
    yield* (await this.#host()).listings.digests(this.repository);
  }

  async referrers(digest: Digest, tags?: ReadonlySet<string>): Promise<readonly Descriptor[]> {
    return listReferrers(await this.#host(), this.repository, digest, tags);
  }

  async pushBlob(blob: Descriptor, body: Body, options: PushBlobOptions = {}): Promise<Pushed> {
    return pushBlob(await this.#host(), this.repository, blob, body, options);
  }

  async pushManifest(manifest: RawManifest, tag?: string): Promise<void> {
    const host = await this.#host();
    const { beforeWrite } = this.#options;
    const reference = tag ?? manifest.descriptor.digest;
    const { listed } = await putManifest(host, this.repository, manifest, reference, beforeWrite);
    const referrer =
      listed || (tag !== undefined && isDigest(tag.replace("-", ":"))) ? undefined : referrerDescriptor(manifest);
    if (referrer !== undefined && !(await this.#listsByItself(host, referrer.subject, referrer.descriptor))) {
      await addReferrer(host, this.repository, referrer.subject, referrer.descriptor, beforeWrite);
    }
  }

  /** @throws DELETE_REFUSED; DELETE_ELSEWHERE where only another API deletes */
  async remove(reference: TagOrDigest): Promise<void> {
    if (ruleOf(this.store)?.deletesTags === false) throw failure("DELETE_ELSEWHERE", { host: this.store });
    await deleteManifest(await this.#host(), this.repository, reference);
  }

  /** Whether the credential may push here, see {@link probePush}. @throws UNAUTHORIZED, DENIED, REPOSITORY_UNKNOWN, QUOTA_EXCEEDED */
  async probePush(): Promise<PushProbe> {
    return probePush(await this.#host(), this.repository);
  }

  /** What its registry can do, as far as that can be known without writing, see {@link capabilitiesOf}. */
  async capabilities(): Promise<Capabilities> {
    return capabilitiesOf(await this.#host(), this.repository);
  }

  /** A registry with the API that does not say OCI-Subject still lists; only its own answer tells. */
  async #listsByItself(host: Host, subject: Digest, referrer: Descriptor): Promise<boolean> {
    if (host.hasReferrersApi === false) return false;
    const listed = await listReferrers(host, this.repository, subject);
    return host.hasReferrersApi === true && listed.some((one) => one.digest === referrer.digest);
  }
}
