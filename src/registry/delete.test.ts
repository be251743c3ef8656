import assert from "node:assert/strict";
import { test } from "node:test";
import { RawClient } from "../testing/contract/raw-client.ts";
import { type Action, randomImage, startDockerRegistry, startRegistry } from "../testing/index.ts";
import { staticCredentials } from "./credentials/static.ts";
import { createRegistry } from "./registry.ts";
import type { Repository } from "./repository.ts";

const REPOSITORY = "team/app";
const image = await randomImage({ seed: "delete" });
const DIGEST = image.root.digest;

interface Server extends AsyncDisposable {
  readonly host: string;
  readonly origin: string;
}

/** A registry with one image under two tags. */
async function withImage(server: Server, work: (repository: Repository) => Promise<void>): Promise<void> {
  await using there = server;
  const raw = new RawClient(there.origin);
  for (const tag of ["one", "two"]) await raw.pushImage(REPOSITORY, image, tag);
  await withRepository(there.host, work);
}

async function withRepository(host: string, work: (repository: Repository) => Promise<void>): Promise<void> {
  const login = { prefix: host, username: "me", password: "secret", origin: "the test" };
  const client = createRegistry({ credentials: staticCredentials("the test", [login]) });
  try {
    await work(client.repository({ registry: host, repository: REPOSITORY }));
  } finally {
    await client.close();
  }
}

async function held(repository: Repository): Promise<readonly string[]> {
  const asked = ["one", "two", DIGEST].map(async (name) => ((await repository.resolve(name)) ? [name] : []));
  return (await Promise.all(asked)).flat();
}

test("a tag goes alone, and going twice is fine", async () =>
  withImage(await startRegistry(), async (repository) => {
    await repository.remove("one");
    assert.deepEqual(await held(repository), ["two", DIGEST]);
    await repository.remove("one");
    assert.deepEqual(await held(repository), ["two", DIGEST]);
  }));

for (const [name, start] of [
  ["the test's registry without deletion of tags", () => startRegistry({ deletes: "digests" })],
  ["Debian's docker-registry", () => startDockerRegistry()],
] as const) {
  test(`${name} refuses a tag, and by digest takes every tag along`, async () =>
    withImage(await start(), async (repository) => {
      await assert.rejects(repository.remove("one"), { code: "DELETE_REFUSED", message: /400|DIGEST_INVALID/ });
      assert.deepEqual(await held(repository), ["one", "two", DIGEST]);
      await repository.remove(DIGEST);
      assert.deepEqual(await held(repository), []);
      await repository.remove(DIGEST);
    }));
}

for (const [name, start] of [
  ["the test's registry", () => startRegistry({ deletes: false })],
  ["Debian's docker-registry", () => startDockerRegistry({ deletes: false })],
] as const) {
  test(`${name} with deletes off refuses both`, async () =>
    withImage(await start(), async (repository) => {
      for (const reference of ["one", DIGEST]) {
        await assert.rejects(repository.remove(reference), { code: "DELETE_REFUSED" });
      }
      assert.deepEqual(await held(repository), ["one", "two", DIGEST]);
    }));
}

test("a 404 for a tag that is there is a refusal", async () => {
  const server = await startRegistry();
  server.faults.add({ method: "DELETE", kind: "manifest", effect: { kind: "status", status: 404 } });
  await withImage(server, async (repository) => {
    await assert.rejects(repository.remove("one"), { code: "DELETE_REFUSED" });
    await repository.remove("never-there");
  });
});

/** Who may do what, beside pull. */
const ALLOWED: readonly (readonly [allowed: readonly Action[], code: string | undefined])[] = [
  [["pull", "push", "delete"], undefined],
  [["pull", "delete"], undefined],
  [["pull", "push"], "UNAUTHORIZED"],
];

for (const [allowed, code] of ALLOWED) {
  test(`with a token for ${allowed.join(", ")}: ${code ?? "it goes"}`, async () => {
    await using server = await startRegistry({
      auth: {
        kind: "token",
        expiresInSeconds: 60,
        users: { me: "secret" },
        allow: (_user, _repository, action) => allowed.includes(action),
      },
    });
    await server.put(REPOSITORY, image, "one");
    await withRepository(server.host, async (repository) => {
      const removed = repository.remove("one");
      if (code === undefined) await removed;
      else await assert.rejects(removed, { code });
      assert.equal(server.tags(REPOSITORY).one, code === undefined ? undefined : DIGEST);
    });
  });
}

test("Docker Hub is not asked: its tags are deleted by another API", () =>
  withRepository("docker.io", async (repository) => {
    await assert.rejects(repository.remove("one"), { code: "DELETE_ELSEWHERE", facts: { host: "docker.io" } });
  }));
