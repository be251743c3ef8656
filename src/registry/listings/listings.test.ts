import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type Digest, digestOf, isDigest } from "../../oci/digest.ts";
import {
  type FaultEffect,
  type ListedTag,
  type ListingOptions,
  type RegistryOptions,
  randomImage,
  startRegistry,
  type TestRegistry,
} from "../../testing/index.ts";
import { asFailure } from "../../words/error.ts";
import { staticCredentials } from "../credentials/index.ts";
import type { HostOptions } from "../options.ts";
import { createRegistry, type Registry } from "../registry.ts";
import { azureListing } from "./azure.ts";
import { dockerHubListing } from "./docker-hub.ts";
import { harborListing } from "./harbor.ts";
import { quayListing } from "./quay.ts";

type Kind = ListingOptions["kind"];

const KINDS: readonly Kind[] = ["acr", "docker-hub", "harbor", "quay"];
const TAGS = Array.from({ length: 250 }, (_, at) => `1.${at}`);
const USER = { username: "robot", password: "s3cret" };
const RIGHTS = { users: { [USER.username]: USER.password } };
const images = await Promise.all(
  Array.from({ length: 250 }, (_, at) => randomImage({ seed: `listed ${at}`, layers: [] })),
);

interface Asked extends AsyncDisposable {
  readonly server: TestRegistry;
  readonly client: Registry;
}

/** A registry that holds {@link TAGS} in `team/app`, and a client that has been told what it is. */
async function running(
  kind: Kind,
  options: Partial<RegistryOptions> = {},
  host: HostOptions = { kind },
): Promise<Asked> {
  const server = await startRegistry({ listing: { kind }, ...options });
  for (const [at, image] of images.entries()) await server.put("team/app", image, TAGS[at]);
  await server.put("team/other", images[0] ?? assert.fail(), "one");
  const client = createRegistry({
    credentials: staticCredentials("the test", [{ prefix: server.host, ...USER, origin: "the test" }]),
    environment: {},
    ...(kind === "docker-hub"
      ? { rules: [{ matches: () => true, listing: dockerHubListing(new URL(server.origin)) }] }
      : { hosts: { [server.host]: host } }),
  });
  return {
    server,
    client,
    async [Symbol.asyncDispose]() {
      await client.close();
      await server.close();
    },
  };
}

interface Listed {
  readonly digests: Readonly<Record<string, Digest>>;
  readonly error: string | undefined;
}

async function listed({ client, server }: Asked, repository = "team/app"): Promise<Listed> {
  const digests: Record<string, Digest> = {};
  try {
    for await (const page of client.repository({ registry: server.host, repository }).digests()) {
      Object.assign(digests, Object.fromEntries(page));
    }
    return { digests, error: undefined };
  } catch (error) {
    return { digests, error: asFailure(error).code };
  }
}

function lists({ server }: Asked): number {
  return server.requests.count("GET", "listing");
}

for (const kind of KINDS) {
  test(`${kind}: every tag's digest in pages of a hundred`, async () => {
    await using asked = await running(kind);
    assert.deepEqual(await listed(asked), { digests: asked.server.tags("team/app"), error: undefined });
    // Harbor's project is looked at first
    assert.equal(lists(asked), kind === "harbor" ? 4 : 3);
    assert.equal(asked.server.requests.length, lists(asked));
    assert.equal(asked.client.statistics()[0]?.requests, lists(asked));
  });

  test(`${kind}: a repository that is not there costs a question`, async () => {
    await using asked = await running(kind);
    for (const repository of ["team/none", "team/none"]) {
      assert.deepEqual(await listed(asked, repository), { digests: {}, error: undefined });
    }
    assert.ok(lists(asked) <= 2);
  });

  test(`${kind}: a digest that is not told or not one is left out, of two the last one counts`, async () => {
    const [one, two] = [digestOf("one"), digestOf("two")];
    const says: readonly ListedTag[] = [
      ["a", one],
      ["b", undefined],
      ["c", "sha256:short"],
      ["d", one],
      ["d", two],
    ];
    await using asked = await running(kind, { listing: { kind, says: () => says } });
    const { digests } = await listed(asked);
    assert.equal(digests.a, one);
    assert.deepEqual([digests.b, digests.c], [undefined, undefined]);
    assert.ok(digests.d === one || digests.d === two);
  });

  for (const status of [401, 403, 404]) {
    test(`${kind}: ${status} is about one repository`, async () => {
      await using asked = await running(kind);
      asked.server.faults.add({ path: /app/, kind: "listing", effect: { kind: "status", status } });
      for (const _ of ["asked", "known"]) assert.deepEqual(await listed(asked), { digests: {}, error: undefined });
      assert.equal(lists(asked), kind === "harbor" ? 2 : 1);
      assert.deepEqual((await listed(asked, "team/other")).digests, asked.server.tags("team/other"));
    });
  }

  const failures: readonly (readonly [name: string, effect: FaultEffect, code: string])[] = [
    ["429", { kind: "status", status: 429, headers: { "retry-after": "30" } }, "RATE_LIMITED"],
    ["503", { kind: "status", status: 503 }, "REGISTRY_ANSWER"],
    ["garbage", { kind: "status", status: 200, body: "<html>" }, "ANSWER_INVALID"],
    ["other JSON", { kind: "status", status: 200, body: '{"tags":7}' }, "ANSWER_INVALID"],
    ["a cut", { kind: "cut", of: "response", afterBytes: 10 }, "ANSWER_INVALID"],
    ["a body without end", { kind: "endless" }, "ANSWER_INVALID"],
  ];
  for (const [name, effect, code] of failures) {
    test(`${kind}: after ${name} the pages before it are good, and nothing is listed any more`, async () => {
      await using asked = await running(kind);
      const third = kind === "harbor" ? 4 : 3;
      asked.server.faults.add({ kind: "listing", when: { nth: [third] }, effect });
      const { digests, error } = await listed(asked);
      assert.equal(Object.keys(digests).length, 200);
      assert.equal(error, code);
      assert.deepEqual(await listed(asked, "team/other"), { digests: {}, error: undefined });
      assert.equal(lists(asked), third);
    });
  }
}

test("a pause that Docker Hub's list asks for does not hold back the registry", async () => {
  await using asked = await running("docker-hub");
  const effect = { kind: "status", status: 429, headers: { "retry-after": "30" } } as const;
  asked.server.faults.add({ kind: "listing", effect });
  await listed(asked);
  const { client, server } = asked;
  const started = Date.now();
  await client.repository({ registry: server.host, repository: "team/app" }).resolve("1.1");
  assert.ok(Date.now() - started < 5000);
});

for (const [next, name] of [
  ["https://elsewhere.example/v2/namespaces/team/repositories/app/tags?page=2", "at another host"],
  ["?page=1&page_size=100", "the same again"],
] as const) {
  test(`a next page ${name} is not asked for`, async () => {
    await using asked = await running("docker-hub");
    const results = [{ name: "1.1", digest: digestOf("1.1") }];
    const body = JSON.stringify({ count: 1, next, results });
    asked.server.faults.add({ kind: "listing", effect: { kind: "status", status: 200, body } });
    assert.deepEqual(await listed(asked), { digests: { "1.1": digestOf("1.1") }, error: "ANSWER_INVALID" });
    assert.equal(lists(asked), 1);
  });
}

const LOGINS = { acr: "bearer", "docker-hub": "none", harbor: "basic", quay: "none" } as const;

for (const kind of KINDS) {
  test(`${kind}: a list is asked for with ${LOGINS[kind]} credential, and never with another`, async () => {
    const allow = (user: string | undefined) => user !== undefined || LOGINS[kind] === "none";
    await using asked = await running(kind, { auth: { kind: "token", expiresInSeconds: 60, ...RIGHTS, allow } });
    await asked.client.repository({ registry: asked.server.host, repository: "team/app" }).resolve("1.1");
    assert.deepEqual((await listed(asked)).digests, asked.server.tags("team/app"));
    const shown = new Set(asked.server.requests.of("GET", "listing").map(({ authorization }) => authorization));
    assert.deepEqual([...shown], [LOGINS[kind]]);
  });
}

test("Azure: the first question learns how to log in, and a token that may only pull costs no more than the list", async () => {
  const auth = { kind: "token", expiresInSeconds: 60, ...RIGHTS } as const;
  await using full = await running("acr", { auth });
  assert.deepEqual((await listed(full)).digests, full.server.tags("team/app"));
  await using pulling = await running("acr", {
    auth: { ...auth, allow: (_, __, action) => action !== "metadata_read" },
  });
  assert.deepEqual(await listed(pulling), { digests: {}, error: undefined });
  const repository = pulling.client.repository({ registry: pulling.server.host, repository: "team/app" });
  assert.equal((await repository.resolve("1.1"))?.digest, pulling.server.tags("team/app")["1.1"]);
});

test("a user name that is refused a list is not held to be wrong", async () => {
  await using asked = await running("harbor", { auth: { kind: "basic", ...RIGHTS } });
  asked.server.faults.add({ kind: "listing", effect: { kind: "status", status: 401 } });
  assert.deepEqual(await listed(asked), { digests: {}, error: undefined });
  const repository = asked.client.repository({ registry: asked.server.host, repository: "team/app" });
  assert.equal((await repository.resolve("1.1"))?.digest, asked.server.tags("team/app")["1.1"]);
});

test("Harbor is known by its challenge, once there was one; `plain` says not to look", async () => {
  const auth = { kind: "token", expiresInSeconds: 60, service: "harbor-registry", ...RIGHTS } as const;
  for (const [host, isListed] of [
    [{}, true],
    [{ kind: "plain" }, false],
  ] as const) {
    await using asked = await running("harbor", { auth }, host);
    assert.deepEqual(await listed(asked), { digests: {}, error: undefined });
    assert.equal(asked.server.requests.length, 0);
    await asked.client.repository({ registry: asked.server.host, repository: "team/app" }).resolve("1.1");
    assert.equal(Object.keys((await listed(asked)).digests).length, isListed ? TAGS.length : 0);
  }
});

test("Harbor: names with slashes, and no list of a proxy cache, whose tags may have moved long ago", async () => {
  await using asked = await running("harbor");
  await asked.server.put("team/a/b/c", images[0] ?? assert.fail(), "deep");
  assert.deepEqual((await listed(asked, "team/a/b/c")).digests, asked.server.tags("team/a/b/c"));
  await using proxy = await running("harbor", { listing: { kind: "harbor", isProxy: true } });
  assert.deepEqual(await listed(proxy), { digests: {}, error: undefined });
  assert.equal(lists(proxy), 1);
});

test("of a source with alternates, the source's own list is read and theirs is not", async () => {
  await using source = await startRegistry({ listing: { kind: "quay" } });
  await using alternate = await startRegistry({ listing: { kind: "quay" } });
  await source.put("team/app", images[0] ?? assert.fail(), "one");
  await alternate.put("team/app", images[1] ?? assert.fail(), "one");
  const client = createRegistry({
    credentials: staticCredentials("the test", []),
    hosts: { [source.host]: { kind: "quay", alternates: [alternate.host] }, [alternate.host]: { kind: "quay" } },
  });
  try {
    const target = client.source({ registry: source.host, repository: "team/app" });
    const pages = await Array.fromAsync(target.digests?.() ?? assert.fail());
    assert.deepEqual(
      pages.map((page) => Object.fromEntries(page)),
      [source.tags("team/app")],
    );
    assert.equal(alternate.requests.length, 0);
  } finally {
    await client.close();
  }
});

test("whatever an answer holds, a page has digests or there is a reason", () => {
  const readers = [azureListing, dockerHubListing(), harborListing, quayListing];
  const entry = fc.record({
    name: fc.anything(),
    digest: fc.anything(),
    manifest_digest: fc.anything(),
    tags: fc.anything(),
  });
  const list = fc.oneof(fc.array(entry), fc.anything());
  const json = fc.oneof(
    list,
    fc.record({ tags: list, results: list, next: fc.anything(), has_additional: fc.anything() }),
  );
  const url = new URL("https://registry.example/api/v2.0/projects/team/repositories/app/artifacts?page=1");
  fc.assert(
    fc.property(json, (value) => {
      for (const listing of readers) {
        try {
          const { digests } = listing.read({ repository: "team/app", url, json: value, header: () => undefined });
          for (const digest of digests.values()) assert.ok(isDigest(digest));
        } catch (error) {
          assert.ok(error instanceof Error && /list/.test(error.message), String(error));
        }
      }
    }),
    { seed: 11, numRuns: 300 },
  );
});
