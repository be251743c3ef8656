import assert from "node:assert/strict";
import { test } from "node:test";
import { randomIndex, skopeoCopy, startDockerRegistry } from "../src/testing/index.ts";
import { assertHolds, PLATFORMS, publish, skopeoEnd } from "./support/images.ts";
import { Serving, until } from "./support/serving.ts";
import { Workplace } from "./support/workplace.ts";

const OPERATOR = "a-token-that-nobody-is-going-to-guess";
const SECRET = "what-the-registry-proves-itself-by";
/** From the end of a push to its arrival everywhere, milliseconds. */
const BY_WEBHOOK = 5_000;

const [first, second] = await Promise.all(
  ["hooks 1", "hooks 2"].map((seed) => randomIndex({ seed, platforms: PLATFORMS })),
);

test("a push to a docker-registry is at three others within 5 s of its notification, and nothing else is looked at", async (context) => {
  assert.ok(first !== undefined && second !== undefined);
  await using workplace = await Workplace.with({ "slipway.yaml": configuration([]) });
  await using serving = new Serving(workplace, "serve", { env: { SLIPWAY_TOKEN: OPERATOR } });
  const url = `${await serving.url()}/hooks/source`;
  await using source = await startDockerRegistry({ tells: { url, token: SECRET } });
  await using one = await startDockerRegistry();
  await using two = await startDockerRegistry();
  await using three = await startDockerRegistry();
  const places = [one, two, three].map(({ host }) => ({ host, repository: "team/app" }));
  const to = places.map(({ host, repository }) => `${host}/${repository}`).join(", ");
  await publish(source, "team/app", { v1: first });
  await workplace.write(
    "slipway.yaml",
    configuration([`{ name: app, from: ${source.host}/team/app, to: [${to}], every: 24h }`]),
  );
  await ended(1);

  // Docker's own way to push, which no schedule will look at before tomorrow
  await publish(one, "staging", { v2: second });
  await skopeoCopy(
    skopeoEnd({ host: one.host, repository: "staging" }, "v2"),
    skopeoEnd({ host: source.host, repository: "team/app" }, "v2"),
  );
  const pushed = performance.now();
  const runs = await ended(2);
  const took = performance.now() - pushed;
  context.diagnostic(`${Math.round(took)} ms from the end of the push to the end of the run`);
  for (const place of places) await assertHolds(place, { v1: first, v2: second });
  assert.ok(took < BY_WEBHOOK, `${took} ms\n${serving.told}`);
  const [hooked] = runs;
  assert.deepEqual([hooked?.trigger, hooked?.by, hooked?.tags], ["webhook", "source", ["v2"]]);
  assert.deepEqual([hooked?.counts.copied, hooked?.counts.skipped], [places.length, 0]);

  /** The runs of the mirror, once so many have ended well. */
  function ended(count: number) {
    return until(
      async () => {
        const found = await serving.runs("app", OPERATOR).catch(() => []);
        return found.length >= count && found.every(({ state }) => state === "done") ? found : undefined;
      },
      () => serving.told,
    );
  }
});

function configuration(mirrors: readonly string[]): string {
  const webhooks = `{ source: { kind: distribution, secret: ${SECRET} } }`;
  return `version: 1\nserve: { webhooks: ${webhooks} }\nmirrors: [${mirrors.join(", ")}]\n`;
}
