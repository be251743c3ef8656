import { startDockerRegistry } from "../servers/docker-registry.ts";
import { registryContract } from "./contract.ts";

/** The real thing: what it cannot do is what our own registry must be able to do without. */
registryContract("Debian's docker-registry", () => startDockerRegistry(), {
  referrers: false,
  sortedTags: false,
  tagPages: false,
  emptyTagLists: false,
  wholeRangeErrors: false,
  singlePost: false,
  chunkOffsets: false,
  tagDeletes: false,
  sha512: true,
});
