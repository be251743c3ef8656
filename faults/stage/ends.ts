import type { Descriptor } from "../../src/oci/descriptor.ts";
import {
  type Fault,
  type FaultRule,
  type RecordedRequest,
  type RegistryOptions,
  randomImage,
  startRegistry,
  type TestImage,
  type TestRegistry,
} from "../../src/testing/index.ts";
import { count, MiB } from "../figures.ts";
import type { Checks } from "../row.ts";
import type { Player } from "../tools/player.ts";
import type { Run } from "../tools/workplace.ts";

export const REPOSITORY = "team/app";
export const TAG = "v1";

export interface EndsOptions {
  /** Default: one layer of 4 MiB. */
  readonly image?: TestImage;
  readonly source?: RegistryOptions;
  readonly destination?: RegistryOptions;
}

/** Two honest registries, and an image at the first. */
export class Ends implements AsyncDisposable {
  readonly source: TestRegistry;
  readonly destination: TestRegistry;
  readonly image: TestImage;

  private constructor(source: TestRegistry, destination: TestRegistry, image: TestImage) {
    this.source = source;
    this.destination = destination;
    this.image = image;
  }

  static async open(options: EndsOptions = {}): Promise<Ends> {
    const [source, destination] = [await startRegistry(options.source), await startRegistry(options.destination)];
    const image = options.image ?? (await imageOf(4 * MiB));
    await source.put(REPOSITORY, image, TAG);
    return new Ends(source, destination, image);
  }

  get from(): string {
    return reference(this.source);
  }

  get to(): string {
    return reference(this.destination);
  }

  /** The largest blob. */
  get layer(): Descriptor {
    const [first, ...rest] = this.image.blobs.map(({ descriptor }) => descriptor);
    if (first === undefined) throw new TypeError("the image has no blob");
    return rest.reduce((largest, blob) => (blob.size > largest.size ? blob : largest), first);
  }

  /** A fault of requests at the source that name the layer. */
  addToLayer(rule: Omit<FaultRule, "where">): Fault {
    const { digest } = this.layer;
    return this.source.faults.add({ ...rule, method: "GET", where: ({ path }) => path.includes(digest) });
  }

  /** Reads of the layer. */
  get layerReads(): readonly RecordedRequest[] {
    const { digest } = this.layer;
    return this.source.requests.of("GET").filter(({ path }) => path.includes(digest));
  }

  /** Bytes of the layer that the source gave more than once. */
  get readTwice(): number {
    const given = this.layerReads.reduce((sum, { bytesOut }) => sum + bytesOut, 0);
    return Math.max(0, given - this.layer.size);
  }

  /** Tags at the destination. */
  get tags(): string {
    return count(Object.keys(this.destination.tags(REPOSITORY)).length, "tag");
  }

  /** Uploads whose bytes were not those of their digest: what was joined wrongly, or broken before. */
  get wrongUploads(): string {
    const wrong = this.destination.requests.of("PUT", "upload").filter(({ status }) => status === 400);
    return count(wrong.length, "wrong upload");
  }

  /** What holds when the image has been copied. */
  copied(run: Run): Checks {
    return { "it ends well": run.code === 0, "the tag has the source's digest": holds(this.destination, this.image) };
  }

  /** What holds when it is refused. @param words what Slipway says; peers have words of their own */
  refused(player: Player, run: Run, words: RegExp): Checks {
    return {
      "it fails": run.code !== 0,
      "nothing is tagged": Object.keys(this.destination.tags(REPOSITORY)).length === 0,
      [`it says ${words.source}`]: player.kind === "peer" || words.test(run.output),
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([this.source.close(), this.destination.close()]);
  }
}

export function imageOf(bytes: number, seed = "faults"): Promise<TestImage> {
  return randomImage({ seed, layers: [{ seed, bytes }] });
}

export function reference(registry: { readonly host: string }): string {
  return `${registry.host}/${REPOSITORY}:${TAG}`;
}

export function holds(registry: TestRegistry, image: TestImage): boolean {
  return registry.tags(REPOSITORY)[TAG] === image.root.digest;
}

/** Does something when a request comes, before the registry acts on it. */
export function before(
  registry: TestRegistry,
  rule: Pick<FaultRule, "method" | "kind">,
  deed: (request: RecordedRequest) => void,
): void {
  registry.faults.add({
    ...rule,
    where: (request) => {
      deed(request);
      return false;
    },
    effect: { kind: "latency", milliseconds: 0 },
  });
}
