import assert from "node:assert/strict";
import { test } from "node:test";
import { startRegistry } from "../../testing/index.ts";
import { firstOf } from "../credentials/chain.ts";
import type { Credential, CredentialStore } from "../credentials/credential.ts";
import { createRegistry } from "../registry.ts";

/** A helper's answer that is remembered until it is to be forgotten. */
function helper(passwords: readonly string[]) {
  const asked = { forgotten: 0 };
  const store: CredentialStore = {
    credential: async (): Promise<Credential> => {
      const password = passwords[Math.min(asked.forgotten, passwords.length - 1)] ?? "";
      return { kind: "basic", username: "u", password, origin: "the helper" };
    },
    forget: () => {
      asked.forgotten += 1;
    },
  };
  return { asked, store: firstOf([store]) };
}

for (const auth of [
  { kind: "basic", users: { u: "new" } },
  { kind: "token", users: { u: "new" }, expiresInSeconds: 300 },
] as const) {
  const ask = async (passwords: readonly string[], code: string | undefined) => {
    await using server = await startRegistry({ auth });
    const { asked, store } = helper(passwords);
    const client = createRegistry({ credentials: store });
    const repository = client.repository({ registry: server.host, repository: "team/app" });
    const resolve = async () => {
      if (code === undefined) assert.equal(await repository.resolve("v1"), undefined);
      else await assert.rejects(repository.resolve("v1"), { code });
    };
    await Promise.all(Array.from({ length: 20 }, resolve));
    await client.close();
    return asked.forgotten;
  };

  test(`a secret of a helper that has ended is asked for anew, once (${auth.kind})`, async () => {
    assert.equal(await ask(["old", "new"], undefined), 1);
  });

  test(`a secret that is the same as before is refused, and the helper asked once more (${auth.kind})`, async () => {
    assert.equal(await ask(["wrong"], "UNAUTHORIZED"), 1);
  });

  test(`a secret that is right is never asked for anew (${auth.kind})`, async () => {
    assert.equal(await ask(["new"], undefined), 0);
  });
}
