import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate } from "node:timers/promises";
import { TRANSPORTS } from "../testing/client.ts";
import { randomImage, startRegistry } from "../testing/index.ts";
import { failure } from "../words/error.ts";
import { staticCredentials } from "./credentials/static.ts";
import { createRegistry } from "./registry.ts";

const image = await randomImage({ seed: "before" });
const [manifest] = image.manifests;

for (const { transport, largeBodyBytes } of TRANSPORTS) {
  test(`whoever may write no more puts no manifest, however far the request had come (${transport})`, async () => {
    assert.ok(manifest !== undefined);
    await using server = await startRegistry();
    await server.put("team/app", image);
    const client = createRegistry({ credentials: staticCredentials("the test", []), largeBodyBytes });
    let mayWrite = true;
    let asked = 0;
    const beforeWrite = () => {
      asked += 1;
      if (!mayWrite) throw failure("INTERRUPTED", {});
    };
    const repository = client.repository({ registry: server.host, repository: "team/app" }, { beforeWrite });
    await repository.pushManifest(manifest, "one");
    assert.equal(asked, 1);

    // a connection that is open, and one that has to be opened
    mayWrite = false;
    await assert.rejects(repository.pushManifest(manifest, "two"), { code: "INTERRUPTED" });
    await assert.rejects(repository.pushManifest(manifest, "two"), { code: "INTERRUPTED" });
    // it is asked for each try, also when the first was sent
    mayWrite = true;
    server.faults.add({
      method: "PUT",
      kind: "manifest",
      effect: { kind: "status", status: 502 },
      when: { first: 1 },
    });
    const push = repository.pushManifest(manifest, "three").finally(() => client.close());
    while (server.requests.count("PUT") < 2) await setImmediate();
    mayWrite = false;
    await assert.rejects(push, { code: "INTERRUPTED" });

    assert.deepEqual(Object.keys(server.tags("team/app")), ["one"]);
    assert.equal(server.requests.count("PUT"), 2);
    assert.equal(asked, 5);
  });
}
