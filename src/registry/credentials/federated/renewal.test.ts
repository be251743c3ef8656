import assert from "node:assert/strict";
import { test } from "node:test";
import { AZURE, AZURE_USER, startClouds, startRegistry } from "../../../testing/index.ts";
import { createRegistry } from "../../registry.ts";
import { configuredCredentials } from "./store.ts";

for (const auth of [{ kind: "basic" }, { kind: "token", expiresInSeconds: 1 }] as const) {
  test(`a long run gets another login where the first has ended (${auth.kind})`, async () => {
    await using clouds = await startClouds();
    const { state, endpoints, environment } = clouds;
    await using server = await startRegistry({ auth: { ...auth, users: state.users } });
    const login = { kind: "azure-oidc", client: AZURE.client, tenant: AZURE.tenant } as const;
    const entry = { prefix: server.host, login, origin: "slipway.yaml:4" };
    const credentials = configuredCredentials("x", [], [entry], { environment, endpoints, now: () => state.now });
    const client = createRegistry({ credentials });
    const repository = client.repository({ registry: server.host, repository: "team/app" });
    const resolveAll = async () => {
      await Promise.all(Array.from({ length: 10 }, () => repository.resolve("v1")));
      return clouds.count("azure-registry");
    };
    assert.equal(await resolveAll(), 1);

    // by the clock
    state.now += 2.9 * 3600_000;
    if (auth.kind === "token") await expired();
    assert.equal(await resolveAll(), 2);

    // before its time: only the registry knows
    state.users[AZURE_USER] = "revoked";
    if (auth.kind === "token") await expired();
    assert.equal(await resolveAll(), 3);
    await client.close();
  });
}

/** The registry's own tokens are by the machine's clock. */
function expired(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 1100));
}
