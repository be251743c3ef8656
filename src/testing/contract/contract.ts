import { after, before, describe } from "node:test";
import { blobContract } from "./blobs.ts";
import { listContract } from "./lists.ts";
import { manifestContract } from "./manifests.ts";
import { RawClient } from "./raw-client.ts";
import { uploadContract } from "./uploads.ts";

/** Where registries that follow the specification still differ. Each is tested both ways: as it is, and as it is not. */
export interface Capabilities {
  /** `GET /referrers/<digest>` and OCI-Subject. Without: 404. */
  readonly referrers: boolean;
  /** Tag lists are in the order of their bytes. Without: in any order. */
  readonly sortedTags: boolean;
  /** `n` and `last` on tag lists. Without: always the whole list. */
  readonly tagPages: boolean;
  /** A repository without a tag has an empty list. Without: it is NAME_UNKNOWN. */
  readonly emptyTagLists: boolean;
  /** The error body of a 416 is whole. Without: it ends before its Content-Length, and the connection with it. */
  readonly wholeRangeErrors: boolean;
  /** `POST ?digest=` takes the blob at once. Without: 202 and a session. */
  readonly singlePost: boolean;
  /** A chunk at the wrong offset is refused with 416. Without: the Content-Range of chunks is not looked at. */
  readonly chunkOffsets: boolean;
  /** A tag can be deleted, its manifest stays. Without: an error. */
  readonly tagDeletes: boolean;
  /** Blobs under sha512 digests. Without: DIGEST_INVALID. */
  readonly sha512: boolean;
}

export interface RegistryUnderTest extends AsyncDisposable {
  /** `http://127.0.0.1:5000` */
  readonly origin: string;
}

/** What each part of the contract works with. */
export interface Bench {
  client(): RawClient;
  /** A repository name that no other test uses. */
  repository(): string;
  readonly capabilities: Capabilities;
}

/**
 * Tests that hold a registry, a fake or a real one, to the specification, by HTTP alone.
 * https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md
 */
export function registryContract(
  name: string,
  start: () => Promise<RegistryUnderTest>,
  capabilities: Capabilities,
): void {
  describe(`${name} is a registry`, () => {
    let registry: RegistryUnderTest | undefined;
    before(async () => {
      registry = await start();
    });
    after(() => registry?.[Symbol.asyncDispose]());

    let repositories = 0;
    const bench: Bench = {
      capabilities,
      repository: () => `contract/repository-${++repositories}`,
      client: () => {
        if (registry === undefined) throw new Error("the registry did not start");
        return new RawClient(registry.origin);
      },
    };
    uploadContract(bench);
    blobContract(bench);
    manifestContract(bench);
    listContract(bench);
  });
}
