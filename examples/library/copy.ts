/** Copies an image to several places, reading it once: `node copy.ts SOURCE DESTINATION…` */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { copyImages, survey } from "slipway/copy";
import { wordsOf } from "slipway/errors";
import { parseReference } from "slipway/oci";
import { createRegistry, staticCredentials } from "slipway/registry";
import { openCache } from "slipway/target";

const [source, ...destinations] = process.argv.slice(2).map(parseReference);
if (source === undefined) throw new Error("usage: node copy.ts SOURCE DESTINATION…");

const registry = createRegistry({ credentials: staticCredentials("this program", []) });
const folder = await mkdtemp(join(tmpdir(), "copy-"));
const cache = await openCache(folder);
try {
  const request = {
    source: registry.repository(source),
    reference: source.tag ?? "latest",
    destinations: destinations.map((place) => ({
      target: registry.repository(place),
      tag: place.tag ?? source.tag ?? "latest",
    })),
    referrers: true,
  };

  const { plan } = await survey([request]);
  console.log(`${plan.transfers.length} to copy`);

  const outcomes = await copyImages([request], {
    spool: cache.spool,
    tell: (event) => {
      if (event.kind === "ended") console.log(event.outcome.destination, event.outcome.status);
    },
  });
  const failed = outcomes.filter((outcome) => outcome.status === "failed");
  for (const { error } of failed) {
    const { message, hint } = wordsOf("en").error(error);
    console.error(`${error.code}: ${message}\n  ${hint}`);
  }
  process.exitCode = failed.length === 0 ? 0 : 1;
} finally {
  await cache.close();
  await registry.close();
  await rm(folder, { recursive: true });
}
