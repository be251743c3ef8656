import { startRegistry } from "../registry/start.ts";
import { type Capabilities, registryContract } from "./contract.ts";

const EVERYTHING: Capabilities = {
  referrers: true,
  sortedTags: true,
  tagPages: true,
  emptyTagLists: true,
  wholeRangeErrors: true,
  singlePost: true,
  chunkOffsets: true,
  tagDeletes: true,
  sha512: true,
};

registryContract("the test registry", () => startRegistry(), EVERYTHING);
registryContract("the test registry on disk", () => startRegistry({ storage: "disk" }), EVERYTHING);
registryContract("the test registry without referrers", () => startRegistry({ referrers: false }), {
  ...EVERYTHING,
  referrers: false,
});
