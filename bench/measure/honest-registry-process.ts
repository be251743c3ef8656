/** `node honest-registry-process.ts TAGS MILLISECONDS`, a child process: tells its parent where it listens, and ends with it. */
import { startRegistry } from "../../src/testing/index.ts";
import { surveyedTags } from "../work/shipment.ts";

const [tags = 0, milliseconds = 0] = process.argv.slice(2).map(Number);
// as Debian's: to look through 100,000 manifests for what refers to each would be the registry's work, not the client's
const registry = await startRegistry({ storage: "disk", referrers: false });
const { entries } = await surveyedTags(tags);
for (const { repository, tag, image } of entries) await registry.put(repository, image, tag);
if (milliseconds > 0) registry.faults.add({ effect: { kind: "latency", milliseconds } });
process.once("disconnect", () => void registry.close().then(() => process.exit()));
process.send?.(registry.host);
