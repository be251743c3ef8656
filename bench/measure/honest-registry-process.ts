/** `node honest-registry-process.ts TAGS`, a child process: tells its parent where it listens, and ends with it. */
import { startRegistry } from "../../src/testing/index.ts";
import { surveyedTags } from "../work/shipment.ts";

const tags = Number(process.argv[2]);
const registry = await startRegistry({ storage: "disk" });
const { entries } = await surveyedTags(tags);
for (const { repository, tag, image } of entries) await registry.put(repository, image, tag);
process.once("disconnect", () => void registry.close().then(() => process.exit()));
process.send?.(registry.host);
